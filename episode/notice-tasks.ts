/** What a notice gives a unit to do: for messages and pages, not for deciding. */
import { responseLevelOf } from '../plan/levels.js';
import { changeOfLevel } from '../plan/transition.js';
import type { WarningLevel } from '../plan/types.js';
import { itemsFor } from './state.js';
import type { AssignedTask, EpisodeState, UnitState } from './types.js';

/** The unit's tasks as assigned, or, for a notice not yet in effect, as they will be. */
export function tasksUnder(
  state: EpisodeState,
  unit: UnitState,
  { noticeNumber, level }: { noticeNumber: string; level: WarningLevel },
): AssignedTask[] {
  const assigned = unit.implementation.some((deadline) => deadline.noticeNumber === noticeNumber);
  return assigned
    ? heldTasks(unit)
    : changeOfLevel(itemsFor(state, unit), unit.unitId, unit.tasks, responseLevelOf(level)).tasks;
}

const heldTasks = ({ tasks }: UnitState): AssignedTask[] =>
  Object.entries(tasks).flatMap(([id, { status, change }]) => (status === 'ended' ? [] : [{ id, status, change }]));
