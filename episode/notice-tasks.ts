/** The tasks that a notice gives a unit: for messages and pages, not for deciding. */
import { responseLevelOf } from '../plan/rules/levels.js';
import { endedAltogether } from '../plan/rules/transition.js';
import type { WarningLevel } from '../plan/types.js';
import type { AssignedTask } from './entries.js';
import { tasksAt } from './level-tasks.js';
import { itemsFor } from './state.js';
import type { EpisodeState, UnitState } from './state-types.js';

/** The tasks that a notice gives a unit, and the ones that end with it without a successor. */
export function tasksUnder(
  state: EpisodeState,
  unit: UnitState,
  { noticeId, level }: { noticeId: string; level: WarningLevel },
): { tasks: AssignedTask[]; ended: string[] } {
  const items = itemsFor(state, unit);
  const isAssigned = unit.implementation.some((deadline) => deadline.noticeId === noticeId);
  // Not in effect yet: compute the tasks it will bring. Added tasks (§4.3) continue at every level.
  const { tasks, ended } = isAssigned
    ? { tasks: heldTasks(unit), ended: endedWith(unit, noticeId) }
    : tasksAt(state, unit, responseLevelOf(level));
  const added = isAssigned ? [] : heldTasks(unit).filter(({ id }) => unit.tasks[id]?.addedSeq !== undefined);
  const kept = tasks.map(({ id }) => id);
  return { tasks: [...tasks, ...added], ended: endedAltogether(items, ended, kept) };
}

const endedWith = ({ tasks }: UnitState, noticeId: string): string[] =>
  Object.entries(tasks).flatMap(([id, { status, endedBy }]) =>
    status === 'ended' && endedBy === noticeId ? [id] : [],
  );

const heldTasks = ({ tasks }: UnitState): AssignedTask[] =>
  Object.entries(tasks).flatMap(([id, { status, change }]) => (status === 'ended' ? [] : [{ id, status, change }]));
