/** Suspends measures or the whole response, and resumes (episode/suspensions.ts). */
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import { movedByQuiet } from '../../plan/rules/quiet.js';
import { timeInWords } from '../../plan/wording/words.js';
import type { Actor, Instant, Refusal, ResumeCommand, SuspendCommand } from '../commands.js';
import { namedInEntries } from '../deadline-names.js';
import type { Draft, EntryData } from '../entries.js';
import { policyOf } from '../policy.js';
import { beginning, findUnit, isLiftNoticed, unitsOf } from '../state.js';
import type { EpisodeState, SuspensionState, UnitState } from '../state-types.js';
import {
  type DeadlineToReopen,
  type HeldDeadline,
  heldTasks,
  MOST_SUSPENSIONS,
  type SuspensionChange,
  type SuspensionToTell,
  spanOf,
} from '../suspensions.js';
import { type Decision, draft, MAX_BACK, SYSTEM } from './decision.js';
import { refuse, refuseNow } from './refusals.js';

export function suspend(state: EpisodeState, command: SuspendCommand, actor: Actor, now: Instant): Decision {
  const { kind: _, from = beijingIso(now), ...facts } = command;
  const { rules } = state.binding;
  const suspensionId = `s${state.suspensions.length + 1}`;
  const planned = { ...facts, suspensionId, from };
  const refused =
    notSuspendable(state) ?? tooMany(state) ?? unknownIn(state, command) ?? timeRefusal(state, planned, now);
  if (refused) return refused;
  const known = overlapping(state, planned);
  if (known) return refuse('suspensionOverlaps', rules, { suspensionId: known.suspensionId });
  return [draft('suspension.ordered', actor, planned, { clause: rules.suspends })];
}

/** One that has not begun is taken back. */
export function resume(
  state: EpisodeState,
  { kind: _, ...order }: ResumeCommand,
  actor: Actor,
  now: Instant,
): Decision {
  const { rules } = state.binding;
  if (state.liftedAt !== undefined) return refuseNow(state, 'lifted');
  const suspension = state.suspensions.find(({ suspensionId }) => suspensionId === order.suspensionId);
  if (!suspension) return refuse('suspensionUnknown', rules, { suspensionId: order.suspensionId });
  if (suspension.ended) return refuse('suspensionEnded', rules, { suspensionId: order.suspensionId });
  const cancelled = suspension.status === 'to-come' ? { cancelled: true as const } : {};
  const data = { ...order, at: beijingIso(now), by: 'order' as const, ...cancelled };
  return [draft('response.resumed', actor, data, { clause: rules.suspends })];
}

function notSuspendable(state: EpisodeState): Refusal | undefined {
  if (state.liftedAt !== undefined) return refuseNow(state, 'lifted');
  if (isLiftNoticed(state)) return refuseNow(state, 'liftNoticed');
  return state.responseLevel === undefined ? refuseNow(state, 'responseNotStarted') : undefined;
}

const tooMany = ({ suspensions, binding: { rules } }: EpisodeState): Refusal | undefined =>
  suspensions.length < MOST_SUSPENSIONS ? undefined : refuse('suspensionsTooMany', rules, { most: MOST_SUSPENSIONS });

/** Each measure has to be in force for one of the units. */
function unknownIn(state: EpisodeState, { items, unitIds }: SuspendCommand): Refusal | undefined {
  const { rules } = state.binding;
  const stranger = unitIds?.find((unitId) => !findUnit(state, unitId));
  if (stranger !== undefined) return refuse('unitUnknown', rules, { unitId: stranger });
  if (items === 'all') return undefined;
  const known = new Set([...state.binding.items.map(({ id }) => id), ...unitsOf(state).flatMap(tasksAdded)]);
  const unknown = items.find((id) => !known.has(id));
  if (unknown !== undefined) return refuse('measureUnknown', rules, { item: unknown });
  const units = unitsOf(state).filter(({ unitId }) => unitIds?.includes(unitId) ?? true);
  const idle = items.find((id) => !units.some((unit) => heldTasks({ items: [id] }, unit).length > 0));
  return idle === undefined ? undefined : refuse('measureNotInForce', rules, { item: idle });
}

const tasksAdded = ({ tasks }: UnitState): string[] =>
  Object.entries(tasks).flatMap(([id, { addedSeq }]) => (addedSeq === undefined ? [] : [id]));

type Planned = Pick<EntryData['suspension.ordered'], 'items' | 'unitIds' | 'from' | 'until'>;

function timeRefusal(
  state: EpisodeState,
  { from: fromText, until: untilText }: Planned,
  now: Instant,
): Refusal | undefined {
  const { rules } = state.binding;
  const hours = state.policy.noticeAheadHours;
  const from = Date.parse(fromText);
  if (from > now + hours * HOUR) return refuse('suspendedFarAhead', rules, { from: fromText, hours });
  if (from < now - MAX_BACK) return refuse('suspendedFarBack', rules, { from: fromText });
  const { effectiveAt } = beginning(state);
  if (from < effectiveAt)
    return refuse('suspendedBeforeResponse', rules, { from: fromText, beganAt: timeInWords(beijingIso(effectiveAt)) });
  if (untilText === undefined) return undefined;
  const until = Date.parse(untilText);
  if (until <= from) return refuse('resumedBeforeSuspended', rules, { from: fromText, until: untilText });
  return until <= now ? refuse('resumedInThePast', rules, { until: untilText }) : undefined;
}

/** Another suspension of the same for the same unit at the same time. The whole response may be held over single measures. */
function overlapping({ suspensions }: EpisodeState, planned: Planned): SuspensionState | undefined {
  const from = Date.parse(planned.from);
  const until = planned.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(planned.until);
  return suspensions.find((one) => {
    const span = spanOf(one);
    const isApart = (span.until ?? Number.POSITIVE_INFINITY) <= from || span.from >= until;
    return !isApart && isSame(one.items, planned.items) && isShared(one.unitIds, planned.unitIds);
  });
}

const isSame = (one: Planned['items'], other: Planned['items']): boolean =>
  one === 'all' || other === 'all' ? one === other : one.some((id) => other.includes(id));

const isShared = (one?: string[], other?: string[]): boolean =>
  one === undefined || other === undefined || one.some((unitId) => other.includes(unitId));

/** A suspension begins or ends by itself. */
export function changeSuspension(
  { binding }: EpisodeState,
  { suspension: { suspensionId, from }, at, becomes }: SuspensionChange,
): Draft {
  const cited = { clause: binding.rules.suspends };
  return becomes === 'in-force'
    ? draft('response.suspended', SYSTEM, { suspensionId, from: beijingIso(from) }, cited)
    : draft('response.resumed', SYSTEM, { suspensionId, at: beijingIso(at), by: 'time' }, cited);
}

export function endWithMeasures(
  { binding }: EpisodeState,
  { suspensionId, status }: SuspensionState,
  now: Instant,
): Draft {
  const data = { suspensionId, at: beijingIso(now), by: 'measures-ended' as const };
  const cancelled = status === 'to-come' ? { cancelled: true as const } : {};
  return draft('response.resumed', SYSTEM, { ...data, ...cancelled }, { clause: binding.rules.suspends });
}

export function tellOfSuspension({ binding }: EpisodeState, { unit, suspension, kind }: SuspensionToTell): Draft {
  const { suspensionId, items } = suspension;
  const data = { suspensionId, ...(items === 'all' ? {} : { taskIds: heldTasks(suspension, unit) }) };
  return draft(kind, SYSTEM, data, { unitId: unit.unitId, clause: binding.rules.suspends });
}

export function holdOff(state: EpisodeState, held: HeldDeadline): Draft {
  const { unitId, suspensionId } = held;
  const reason = { reason: 'suspended', ...(suspensionId === undefined ? {} : { suspensionId }) };
  const data = { ...namedInEntries(state, held), ...reason } as EntryData['deadline.withdrawn'];
  return draft('deadline.withdrawn', SYSTEM, data, { unitId, clause: state.binding.rules.suspends });
}

/**
 * The time that was left at the suspension counts from the resumption. Example: due at 18:00, suspended at 16:00, resumed
 * the next day at 09:00: due at 11:00.
 */
export function reopen(state: EpisodeState, one: DeadlineToReopen, now: Instant): Draft {
  const { deadline, unitId, left } = one;
  const dueAt =
    deadline === 'implementation' ? movedByQuiet(deadline, now + left, policyOf(state, one).quiet) : now + left;
  const data = { ...namedInEntries(state, one), dueAt: beijingIso(dueAt) } as EntryData['deadline.reopened'];
  return draft('deadline.reopened', SYSTEM, data, { unitId, clause: state.binding.rules.suspends });
}
