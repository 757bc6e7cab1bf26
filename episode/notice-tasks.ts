/** The tasks that a notice gives a unit: for messages and pages, not for deciding. */
import { responseLevelOf } from '../plan/rules/levels.js';
import { changeOfLevel, endedAltogether, type HeldTask } from '../plan/rules/transition.js';
import type { TaskChange, TaskItem, WarningLevel } from '../plan/types.js';
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

/** The measures of the plan under a notice, and those that end with it. */
interface PlannedMeasures {
  measures: Array<{ id: string; change: TaskChange }>;
  ended: string[];
}

interface UnderLevels {
  planned: PlannedMeasures;
  held: Record<string, HeldTask>;
}

/** Of a state, by what units answer for and the levels that they went through: several notices of an episode ask for the same. */
const outcomes = new WeakMap<EpisodeState, Map<string, UnderLevels>>();

/**
 * The measures that the plan gives each unit under a notice: the same whenever it is asked for, whatever was done, added or said
 * to be not applicable meanwhile.
 */
export function plannedMeasures(state: EpisodeState, noticeId: string): (unit: UnitState) => PlannedMeasures {
  const levels = levelsUpTo(state, noticeId);
  const known = outcomes.get(state) ?? new Map<string, UnderLevels>();
  outcomes.set(state, known);
  return (unit) => {
    const items = itemsFor(state, unit);
    const own = items.filter(({ units }) => units.includes(unit.unitId)).map(({ id }) => id);
    return outcomeOf(levels, { items, unitId: unit.unitId, own: own.join() }, known).planned;
  };
}

/** The levels one after the other, up to that of the notice. A notice that was overtaken changed nothing. */
function levelsUpTo({ notices }: EpisodeState, noticeId: string): WarningLevel[] {
  const last = notices.findIndex((notice) => notice.noticeId === noticeId);
  return notices
    .slice(0, last + 1)
    .filter(({ kind, effect }, i) => kind !== 'lift' && (effect !== 'overtaken' || i === last))
    .map(({ level }) => level)
    .filter((level, i, levels) => level !== levels[i - 1]);
}

const NOTHING: UnderLevels = { planned: { measures: [], ended: [] }, held: {} };

function outcomeOf(
  levels: readonly WarningLevel[],
  unit: { items: readonly TaskItem[]; unitId: string; own: string },
  known: Map<string, UnderLevels>,
): UnderLevels {
  const level = levels.at(-1);
  if (level === undefined) return NOTHING;
  const key = `${levels.join()} ${unit.own}`;
  const found = known.get(key);
  if (found) return found;
  const { held } = outcomeOf(levels.slice(0, -1), unit, known);
  const { tasks, ended } = changeOfLevel(unit.items, unit.unitId, held, responseLevelOf(level));
  const kept = tasks.map(({ id }) => id);
  const outcome: UnderLevels = {
    planned: {
      measures: tasks.map(({ id, change }) => ({ id, change })),
      ended: endedAltogether(unit.items, ended, kept),
    },
    held: Object.fromEntries([
      ...[...Object.keys(held), ...ended].map((id) => [id, { status: 'ended' as const, change: 'new' as const }]),
      ...tasks.map(({ id, change }) => [id, { status: 'open' as const, change }]),
    ]),
  };
  known.set(key, outcome);
  return outcome;
}
