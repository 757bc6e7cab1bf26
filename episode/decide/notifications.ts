/** Tells the units of a notice (§3.1.3). */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import { policyAt } from '../../plan/rules/policy.js';
import type { WarningLevel } from '../../plan/types.js';
import type { Actor, Instant } from '../commands.js';
import type { Draft, EntryData } from '../entries.js';
import { lastNotice, namesOf } from '../state.js';
import type { EpisodeState, NoticeState } from '../state-types.js';
import { draft, SYSTEM } from './decision.js';

const OCCASIONS = { start: 'start', adjust: 'adjustment', lift: 'lifting' } as const satisfies Record<
  NoticeState['kind'],
  string
>;

/**
 * Tells a unit of the last notice. Each start and each adjustment is acknowledged anew, from the moment of notification;
 * lifting is not.
 */
export function tell(state: EpisodeState, unitId: string, now: Instant): Draft {
  const notice = lastNotice(state);
  const { kind, level, effectiveAt } = notice;
  return notify(state, unitId, SYSTEM, {
    occasion: OCCASIONS[kind],
    ...namesOf(notice),
    level,
    effectiveAt: beijingIso(effectiveAt),
    ...(kind === 'lift' ? {} : acknowledgedFrom(state, level, now)),
  });
}

/**
 * An acknowledgement counts from the notice, by night too: it answers an alarm. Example at yellow: 60 minutes; told at
 * 20:00 of a start at midnight, it is due at 21:00.
 */
export const acknowledgedFrom = (
  { policy }: EpisodeState,
  level: WarningLevel,
  now: Instant,
): { acknowledgementDueAt: string } => ({
  acknowledgementDueAt: beijingIso(now + policyAt(policy, level).acknowledgementMinutes * MINUTE),
});

export const notify = (
  { binding }: EpisodeState,
  unitId: string,
  actor: Actor,
  data: EntryData['unit.notified'],
): Draft => draft('unit.notified', actor, data, { unitId, clause: binding.rules.acknowledgement });
