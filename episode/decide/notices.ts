/** The city's notices: start, adjust, lift (§3.1.2, §3.1.3, §3.1.5), and units that join (§2.2). */
import { beijingIso, HOUR, MINUTE } from '../../plan/rules/calendar.js';
import { compareWarnings, coversPollutant } from '../../plan/rules/levels.js';
import type { Policy, PolicyChanges, WarningLevel } from '../../plan/types.js';
import type { Actor, AdjustCommand, Clock, CommandBody, Instant, Notice, Refusal, StartCommand } from '../commands.js';
import type { Draft, EntryData } from '../entries.js';
import { isLiftNoticed, lastNotice, newUnit, noticeInForce, unitsOf } from '../state.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { assign } from './deadlines.js';
import { type Decision, draft } from './decision.js';
import { refusals } from './refusals.js';

const MAX_AHEAD = 24 * HOUR;
const MAX_BACK = 31 * 24 * HOUR;

/** A start is decided against the new episode, whose clock begins with it. */
export function start(state: EpisodeState, command: StartCommand, actor: Actor, now: Instant, clock: Clock): Decision {
  if (state.phase !== 'new') return refusals.started();
  if (!coversPollutant(command.primaryPollutant)) return refusals.pollutantNotCovered();
  const refused = levelRefusal(command) ?? timeRefusal(command.notice, now);
  if (refused) return refused;

  const { kind: _, drill, ...facts } = command;
  const policy = changed(state.binding.policy, drill?.policy);
  const issued = draft(
    'warning.issued',
    actor,
    {
      ...facts,
      rulesVersion: state.rulesVersion,
      edition: { id: state.binding.editionId, hash: state.binding.editionHash },
      policy,
      drill: drill !== undefined,
      clock,
    },
    { clause: command.notice.basis === 'region' ? '§4.3.4.5' : '§3.1.2' },
  );
  const notification = notificationOf(command, now, policy.acknowledgementMinutes);
  return [
    issued,
    ...state.binding.units.map(({ unitId }) => notify(unitId, actor, { occasion: 'start', ...notification })),
  ];
}

/** A drill's chain takes the place of the whole chain of that deadline. */
const changed = (policy: Policy, { chains, ...changes }: PolicyChanges = {}): Policy => ({
  ...policy,
  ...changes,
  ...(chains === undefined ? {} : { chains: { ...policy.chains, ...chains } }),
});

/** An adjustment may keep the level and change the expected end alone. */
export function adjust(state: EpisodeState, command: AdjustCommand, actor: Actor, now: Instant): Decision {
  const known = standing(state, command.notice);
  if (known) return known;
  const before = lastNotice(state);
  if (isLiftNoticed(state)) return lifted(state);
  const expectedEndAt = command.expectedEndAt ?? before.expectedEndAt;
  const same =
    before.level === command.level &&
    before.cityLevel === command.cityLevel &&
    instantOf(before.expectedEndAt) === instantOf(expectedEndAt);
  if (same) return refusals.nothingChanged();
  const refused = levelRefusal(command) ?? timeRefusal(command.notice, now, before.effectiveAt);
  if (refused) return refused;

  const { kind: _, ...facts } = command;
  const notification = notificationOf(command, now, state.policy.acknowledgementMinutes);
  return [
    draft(
      'level.adjusted',
      actor,
      { ...facts, ...(expectedEndAt === undefined ? {} : { expectedEndAt }), previousLevel: before.level },
      { clause: '§3.1.5' },
    ),
    ...unitsOf(state).map(({ unitId }) => notify(unitId, actor, { occasion: 'adjustment', ...notification })),
  ];
}

/** An episode is lifted on the city's notice alone (§3.1.5); lifting is not acknowledged. */
export function lift(state: EpisodeState, { notice }: { notice: Notice }, actor: Actor, now: Instant): Decision {
  const known = standing(state, notice);
  if (known) return known;
  if (isLiftNoticed(state)) return lifted(state);
  const before = lastNotice(state);
  const refused = timeRefusal(notice, now, before.effectiveAt);
  if (refused) return refused;
  return [
    draft('warning.lifted', actor, { notice }, { clause: '§3.1.5' }),
    ...unitsOf(state).map(({ unitId }) =>
      notify(unitId, actor, {
        occasion: 'lifting',
        noticeNumber: notice.number,
        level: before.level,
        effectiveAt: notice.effectiveAt,
      }),
    ),
  ];
}

/** A unit that joins is notified of what stands, and owes from its joining (§2.2). */
export function addUnit(
  state: EpisodeState,
  { unitId, name, unitKind }: Extract<CommandBody, { kind: 'addUnit' }>,
  actor: Actor,
  now: Instant,
): Decision {
  if (isLiftNoticed(state)) return lifted(state);
  if (state.units[unitId]) return refusals.unitAlreadyAdded();
  const notice = lastNotice(state);
  const unit: UnitState = { ...newUnit(unitId, now), added: { name, kind: unitKind } };
  return [
    draft('unit.added', actor, { name, unitKind }, { unitId, clause: '§2.2' }),
    notify(unitId, actor, {
      occasion: 'joining',
      noticeNumber: notice.number,
      level: notice.level,
      effectiveAt: beijingIso(Math.max(notice.effectiveAt, now)),
      acknowledgementDueAt: beijingIso(now + state.policy.acknowledgementMinutes * MINUTE),
    }),
    ...(state.responseLevel === undefined ? [] : [assign(state, unit, noticeInForce(state), now)]),
  ];
}

const lifted = (state: EpisodeState): Refusal =>
  state.liftedAt === undefined ? refusals.liftNoticed() : refusals.lifted();

const notify = (unitId: string, actor: Actor, data: EntryData['unit.notified']): Draft =>
  draft('unit.notified', actor, data, { unitId, clause: '§3.1.3' });

/** Each start and each adjustment is acknowledged anew, from the moment of notification. */
const notificationOf = ({ notice, level }: StartCommand | AdjustCommand, now: Instant, minutes: number) => ({
  noticeNumber: notice.number,
  level,
  effectiveAt: notice.effectiveAt,
  acknowledgementDueAt: beijingIso(now + minutes * MINUTE),
});

function standing(state: EpisodeState, notice: Notice): { standsBy: number } | undefined {
  const known = state.notices.find(({ number }) => number === notice.number);
  return known && { standsBy: known.seq };
}

function levelRefusal(command: { level: WarningLevel; cityLevel: WarningLevel; reason?: string }): Refusal | undefined {
  const order = compareWarnings(command.level, command.cityLevel);
  if (order < 0) return refusals.levelBelowCity();
  if (order > 0 && !command.reason?.trim()) return refusals.reasonRequired();
  return undefined;
}

function timeRefusal(notice: Notice, now: Instant, notBefore = Number.NEGATIVE_INFINITY): Refusal | undefined {
  const effectiveAt = Date.parse(notice.effectiveAt);
  if (effectiveAt > now + MAX_AHEAD) return refusals.tooFarAhead();
  if (effectiveAt < now - MAX_BACK) return refusals.tooFarBack();
  if (effectiveAt < notBefore) return refusals.beforePrevious();
  return undefined;
}

const instantOf = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time));
