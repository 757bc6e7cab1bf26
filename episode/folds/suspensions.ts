/** Changes that entries make to suspensions. */
import type { Instant } from '../commands.js';
import type { Entry, EntryData } from '../entries.js';
import type { EpisodeState, ImplementationDeadline, SuspensionState, TaskDeadline, UnitState } from '../state-types.js';
import { addMessage } from './messages.js';
import { changeUnit } from './units.js';

type Fold<K extends keyof EntryData> = (state: EpisodeState, data: EntryData[K], seq: number) => EpisodeState;

export const suspensionOrdered: Fold<'suspension.ordered'> = (state, { from, until, ...data }, seq) => ({
  ...state,
  suspensions: [
    ...state.suspensions,
    {
      ...data,
      seq,
      from: Date.parse(from),
      ...(until === undefined ? {} : { until: Date.parse(until) }),
      status: 'to-come',
    },
  ],
});

export const suspensionBegun: Fold<'response.suspended'> = (state, { suspensionId }) =>
  changeSuspension(state, suspensionId, { status: 'in-force' });

export const suspensionEnded: Fold<'response.resumed'> = (state, { suspensionId, at, cancelled: _, ...how }) =>
  changeSuspension(state, suspensionId, { status: 'ended', ended: { ...how, at: Date.parse(at) } });

/** With the response every suspension ends. */
export const endSuspensions = (suspensions: SuspensionState[], at: Instant): SuspensionState[] =>
  suspensions.map((one) => (one.ended ? one : { ...one, status: 'ended', ended: { at, by: 'lifting' } }));

const changeSuspension = (
  state: EpisodeState,
  suspensionId: string,
  change: Partial<SuspensionState>,
): EpisodeState => ({
  ...state,
  suspensions: state.suspensions.map((one) => (one.suspensionId === suspensionId ? { ...one, ...change } : one)),
});

/**
 * The unit is told: of the suspension, or of its end. A unit whose measures have all ended meanwhile has nothing to resume, and
 * gets no message.
 */
export function toldOfSuspension(
  state: EpisodeState,
  { unitId, seq, data: { suspensionId, taskIds } }: Extract<Entry, { kind: 'unit.suspended' | 'unit.resumed' }>,
  known: 'suspended' | 'resumed',
  now: Instant,
): EpisodeState {
  const told = changeUnit(state, unitId, ({ suspensions }) => ({
    suspensions: { ...suspensions, [suspensionId]: known },
  }));
  if (taskIds?.length === 0) return told;
  return addMessage(told, `unit:${unitId}:${seq}`, { kind: 'unit', unitId }, seq, now, { suspensionId });
}

/** Stops the clock of a deadline. Example: due at 18:00, suspended from 16:00: two hours are left. */
export function held(
  { implementation, taskDeadlines }: UnitState,
  data: EntryData['deadline.withdrawn'],
  from: Instant,
): Partial<UnitState> {
  const stop = <T extends ImplementationDeadline | TaskDeadline>(one: T): T => ({
    ...one,
    status: 'suspended',
    left: Math.max(0, one.dueAt - Math.max(one.openedAt, from)),
  });
  return changed({ implementation, taskDeadlines }, data, stop);
}

/** Lets it run again. */
export function ranAgain(
  { implementation, taskDeadlines }: UnitState,
  data: EntryData['deadline.reopened'],
  openedAt: Instant,
): Partial<UnitState> {
  const run = <T extends ImplementationDeadline | TaskDeadline>({ left: _, ...one }: T): T =>
    ({ ...one, openedAt, dueAt: Date.parse(data.dueAt), status: 'pending' }) as T;
  return changed({ implementation, taskDeadlines }, data, run);
}

function changed(
  { implementation, taskDeadlines }: Pick<UnitState, 'implementation' | 'taskDeadlines'>,
  data: EntryData['deadline.withdrawn'] | EntryData['deadline.reopened'],
  change: <T extends ImplementationDeadline | TaskDeadline>(one: T) => T,
): Partial<UnitState> {
  if (data.deadline === 'task')
    return { taskDeadlines: taskDeadlines.map((one) => (one.taskId === data.taskId ? change(one) : one)) };
  if (data.deadline === 'implementation')
    return { implementation: implementation.map((one) => (one.noticeId === data.noticeId ? change(one) : one)) };
  return {};
}
