/** The tasks of a unit at a level, with the reason of those that are not applicable to it. */
import { changeOfLevel } from '../plan/rules/transition.js';
import type { NotApplicableTask, ResponseLevel } from '../plan/types.js';
import type { AssignedTask } from './entries.js';
import { itemsFor } from './state.js';
import type { EpisodeState, UnitState } from './state-types.js';

/** What the unit said in earlier episodes that it need not do. */
export const profileOf = ({ binding }: EpisodeState, unitId: string): NotApplicableTask[] =>
  binding.notApplicable.filter((one) => one.unitId === unitId);

export function tasksAt(
  state: EpisodeState,
  unit: UnitState,
  level: ResponseLevel,
): { tasks: AssignedTask[]; ended: string[] } {
  const profile = profileOf(state, unit.unitId);
  const { tasks, ended } = changeOfLevel(
    itemsFor(state, unit),
    unit.unitId,
    unit.tasks,
    level,
    profile.map(({ taskId }) => taskId),
  );
  return {
    tasks: tasks.map((task) => {
      if (task.status !== 'not-applicable') return task;
      const { like, ...assigned } = task;
      return { ...assigned, notApplicable: reasonOf(like, unit, profile) };
    }),
    ended,
  };
}

function reasonOf(
  like: string,
  { tasks }: UnitState,
  profile: readonly NotApplicableTask[],
): NonNullable<AssignedTask['notApplicable']> {
  const said = tasks[like]?.notApplicable;
  if (said && 'seq' in said) return { saidIn: said.seq };
  const { unitId: _, ...earlier } = profile.find(({ taskId }) => taskId === (said?.profile ?? like))!;
  return earlier;
}
