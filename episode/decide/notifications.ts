/** Tells the units of a notice (§3.1.3). */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import { policyAt } from '../../plan/rules/policy.js';
import { afterQuiet } from '../../plan/rules/quiet.js';
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

/** Tells a unit of the last notice. Each start and each adjustment is acknowledged anew, from the moment of notification. */
export function tell(state: EpisodeState, unitId: string, now: Instant): Draft {
  const notice = lastNotice(state);
  const { kind, level, effectiveAt } = notice;
  return notify(state, unitId, SYSTEM, {
    occasion: OCCASIONS[kind],
    ...namesOf(notice),
    level,
    effectiveAt: beijingIso(effectiveAt),
    ...(kind === 'lift' ? liftingAcknowledgedFrom(state, level, now) : acknowledgedFrom(state, level, now)),
  });
}

/**
 * Nobody is woken for the receipt of a lifting, at red neither. Example with 120 minutes: told at 21:00 that a response
 * ends at midnight, a unit has until 09:00.
 */
function liftingAcknowledgedFrom(
  { policy }: EpisodeState,
  level: WarningLevel,
  now: Instant,
): { acknowledgementDueAt?: string } {
  const { liftingAcknowledgement: minutes, quiet } = policyAt(policy, level);
  if (minutes === false) return {};
  return { acknowledgementDueAt: beijingIso(afterQuiet(now + minutes * MINUTE, quiet)) };
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
