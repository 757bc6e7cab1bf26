/**
 * Suspensions: measures, or the whole response, held for a time. What they concern, and what follows for units, deadlines
 * and days. A task whose id ends ends with it; `all` holds at every level, until it is resumed.
 */
import { beijingInstant, endOfDay, type Interval, owesDay } from '../plan/rules/calendar.js';
import type { Instant } from './commands.js';
import { responseOf, unitsOf } from './state.js';
import type {
  DeadlineReference,
  EpisodeState,
  HoldableStatus,
  SuspensionState,
  TaskState,
  UnitState,
} from './state-types.js';

/** What the state can carry: each stands in it, and in that of every unit that it concerns. */
export const MOST_SUSPENSIONS = 100;

type Span = Pick<SuspensionState, 'from' | 'until' | 'ended'>;

/** From the beginning to the end, or to the end that is ordered. One that was taken back before it began is empty. */
export const spanOf = ({ from, until, ended }: Span): Interval => ({ from, until: ended?.at ?? until });

const isOf = ({ unitIds }: SuspensionState, unitId: string): boolean => unitIds?.includes(unitId) ?? true;

const isInForce = ({ status }: SuspensionState): boolean => status === 'in-force';

const holdsTask = (one: SuspensionState, unitId: string, taskId: string): boolean =>
  isOf(one, unitId) && (one.items === 'all' || one.items.includes(taskId));

/** The suspension in force that holds a task of a unit. */
export const suspensionOf = (
  { suspensions }: EpisodeState,
  unitId: string,
  taskId: string,
): SuspensionState | undefined => suspensions.find((one) => isInForce(one) && holdsTask(one, unitId, taskId));

/** The suspension in force of the whole response for a unit. */
export const pauseOf = ({ suspensions }: EpisodeState, unitId: string): SuspensionState | undefined =>
  suspensions.find((one) => isInForce(one) && one.items === 'all' && isOf(one, unitId));

/** A task that a suspension can hold: in force, and of the unit's business. */
export const isHoldable = ({ status }: TaskState): boolean => status === 'open' || status === 'done';

/** The tasks of a unit that a suspension holds; none for one that holds all. */
export const heldTasks = ({ items }: Pick<SuspensionState, 'items'>, { tasks }: UnitState): string[] =>
  items === 'all' ? [] : items.filter((id) => tasks[id] && isHoldable(tasks[id]));

const concerns = (one: SuspensionState, unit: UnitState): boolean =>
  isOf(one, unit.unitId) && (one.items === 'all' || heldTasks(one, unit).length > 0);

const isRunning = ({ responseLevel, liftedAt, abandoned }: EpisodeState): boolean =>
  responseLevel !== undefined && liftedAt === undefined && !abandoned;

export interface SuspensionToTell {
  unit: UnitState;
  suspension: SuspensionState;
  kind: 'unit.suspended' | 'unit.resumed';
}

/** Units that a suspension concerns and that do not know of it, or of its end. With lifting all know. */
export function suspensionsToTell(state: EpisodeState): SuspensionToTell[] {
  if (state.suspensions.length === 0 || !isRunning(state)) return [];
  return unitsOf(state).flatMap((unit) =>
    state.suspensions.flatMap((suspension): SuspensionToTell[] => {
      const known = unit.suspensions?.[suspension.suspensionId];
      if (suspension.ended)
        return known === 'suspended' && suspension.ended.by !== 'measures-ended'
          ? [{ unit, suspension, kind: 'unit.resumed' }]
          : [];
      return known === undefined && concerns(suspension, unit) ? [{ unit, suspension, kind: 'unit.suspended' }] : [];
    }),
  );
}

/** The suspension that holds a deadline off: of a task its own, of the implementation report one of the whole response. */
export function holding(
  state: EpisodeState,
  { deadline, unitId = '', subject = '' }: Omit<DeadlineReference, 'stepsTaken'>,
): SuspensionState | undefined {
  if (deadline === 'task') return suspensionOf(state, unitId, subject);
  return deadline === 'implementation' ? pauseOf(state, unitId) : undefined;
}

/**
 * A missed deadline that has been suspended since is chased no more: nobody can tell any longer how late it is. It stays
 * missed.
 */
export const wasHeldSince = (
  { suspensions }: EpisodeState,
  { deadline, unitId = '', subject = '' }: Omit<DeadlineReference, 'stepsTaken'>,
  dueAt: Instant,
): boolean =>
  suspensions.some((one) => {
    const { from, until = Number.POSITIVE_INFINITY } = spanOf(one);
    if (one.status === 'to-come' || until <= Math.max(from, dueAt)) return false;
    if (deadline === 'task') return holdsTask(one, unitId, subject);
    return deadline === 'implementation' && one.items === 'all' && isOf(one, unitId);
  });

export interface HeldDeadline {
  deadline: 'task' | 'implementation' | 'report';
  unitId: string;
  subject: string;
  suspensionId?: string;
}

/**
 * Deadlines that a suspension holds off: those that are open, those missed since it began, where it was entered late, and
 * missed days that it, or a lifting that leaves of a day no more than the pause, has made paused ones.
 */
export function deadlinesToHold(state: EpisodeState): HeldDeadline[] {
  if (state.suspensions.length === 0 || state.responseLevel === undefined || state.abandoned) return [];
  return unitsOf(state).flatMap((unit) => {
    const { unitId } = unit;
    const unmet = isRunning(state) ? deadlinesOf(unit).filter(({ status }) => isUnmet(status)) : [];
    const held = unmet.flatMap(({ deadline, subject, status, dueAt }): HeldDeadline[] => {
      const one = holding(state, { deadline, unitId, subject });
      if (!one || (status === 'missed' && dueAt < one.from)) return [];
      return [{ deadline, unitId, subject, suspensionId: one.suspensionId }];
    });
    const days = Object.entries(unit.reports).flatMap(([subject, { status }]): HeldDeadline[] =>
      status === 'missed' && isPaused(state, unit, subject) ? [{ deadline: 'report', unitId, subject }] : [],
    );
    return [...held, ...days];
  });
}

const isUnmet = (status: HoldableStatus): boolean => status === 'pending' || status === 'missed';

export interface DeadlineToReopen {
  deadline: 'task' | 'implementation';
  unitId: string;
  subject: string;
  left: number;
}

/** Deadlines that nothing holds off any more. */
export function deadlinesToReopen(state: EpisodeState): DeadlineToReopen[] {
  if (state.suspensions.length === 0 || !isRunning(state)) return [];
  return unitsOf(state).flatMap((unit) =>
    deadlinesOf(unit).flatMap(({ deadline, subject, status, left = 0 }): DeadlineToReopen[] => {
      const { unitId } = unit;
      const isFree = status === 'suspended' && !holding(state, { deadline, unitId, subject });
      return isFree ? [{ deadline, unitId, subject, left }] : [];
    }),
  );
}

const deadlinesOf = ({ implementation, taskDeadlines }: UnitState) => [
  ...implementation.map((one) => ({ ...one, deadline: 'implementation' as const, subject: one.noticeId })),
  ...taskDeadlines.map((one) => ({ ...one, deadline: 'task' as const, subject: one.taskId })),
];

export interface SuspensionChange {
  suspension: SuspensionState;
  at: Instant;
  becomes: 'in-force' | 'ended';
}

/** The next beginning or end of a suspension that comes by itself. */
export function nextSuspensionChange(state: EpisodeState): SuspensionChange | undefined {
  if (!isRunning(state)) return undefined;
  let next: SuspensionChange | undefined;
  for (const suspension of state.suspensions) {
    const { status, from, until } = suspension;
    const at = status === 'to-come' ? from : status === 'in-force' ? until : undefined;
    if (at !== undefined && (!next || at < next.at))
      next = { suspension, at, becomes: status === 'to-come' ? 'in-force' : 'ended' };
  }
  return next;
}

/** A suspension of measures that no unit has any more, because the level changed and every unit has its new tasks. */
export function suspensionWithoutMeasures(state: EpisodeState): SuspensionState | undefined {
  if (!state.suspensions.some(({ items, ended }) => items !== 'all' && !ended)) return undefined;
  if (!isRunning(state)) return undefined;
  const units = unitsOf(state);
  return state.suspensions.find(
    (one) =>
      !one.ended &&
      one.items !== 'all' &&
      !units.some((unit) => isOf(one, unit.unitId) && hasAny(unit, one.items as string[])),
  );
}

const hasAny = ({ tasks }: UnitState, ids: string[]): boolean =>
  ids.some((id) => tasks[id] && tasks[id].status !== 'ended');

/** Whether a unit owes the report of a day: the response meets it (§5.1), and not only by a pause. */
export const owesReport = (state: EpisodeState, unit: UnitState, date: string): boolean =>
  owesDay(responseOf(state, unit), date) && !isPaused(state, unit, date);

/**
 * Whether the response was suspended for a unit through all of its part of a day. Example: from the 10th at 18:00 to the
 * 12th at 09:00 only the 11th is.
 */
export function isPaused(state: EpisodeState, unit: UnitState, date: string): boolean {
  const pauses = state.suspensions.filter((one) => one.items === 'all' && isOf(one, unit.unitId));
  if (pauses.length === 0) return false;
  const { from, until = Number.POSITIVE_INFINITY } = responseOf(state, unit);
  const end = Math.min(until, endOfDay(date));
  let covered = Math.max(from, beijingInstant(date));
  if (covered >= end) return false;
  for (const pause of pauses.map(spanOf).sort((one, other) => one.from - other.from))
    if (pause.from <= covered) covered = Math.max(covered, pause.until ?? Number.POSITIVE_INFINITY);
  return covered >= end;
}
