/** Two levels side by side: what the higher one adds, makes stricter, goes on with and lets go of. */
import { isAtLevel, type Level, PLAN_LEVELS, type PlanTask } from './plan-query.js';

export type Comparison = 'new' | 'tightened' | 'continued' | 'same' | 'ended';

export interface Pair {
  change: Comparison;
  lower: PlanTask[];
  higher?: PlanTask;
}

export const inOrder = (one: Level, other: Level): [lower: Level, higher: Level] =>
  PLAN_LEVELS.indexOf(one) < PLAN_LEVELS.indexOf(other) ? [one, other] : [other, one];

export function comparedLevels(items: readonly PlanTask[], lower: Level, higher: Level): Pair[] {
  const known = new Map(items.map((item) => [item.id, item]));
  const taken = new Set<string>();
  const ofHigher = items
    .filter((item) => isAtLevel(item, higher))
    .map((item): Pair => {
      if (isAtLevel(item, lower)) {
        taken.add(item.id);
        return { change: 'same', lower: [item], higher: item };
      }
      const earlier = predecessors(item, known).filter(({ task }) => isAtLevel(task, lower));
      for (const { task } of earlier) taken.add(task.id);
      if (earlier.length === 0) return { change: 'new', lower: [], higher: item };
      const change = earlier.some(({ tightened }) => tightened) ? 'tightened' : 'continued';
      return { change, lower: earlier.map(({ task }) => task), higher: item };
    });
  const left = items
    .filter((item) => isAtLevel(item, lower) && !taken.has(item.id))
    .map((item): Pair => {
      const goesOn = item.onRaise?.as !== 'ends';
      return goesOn ? { change: 'continued', lower: [item], higher: item } : { change: 'ended', lower: [item] };
    });
  return [...ofHigher, ...left];
}

interface Predecessor {
  task: PlanTask;
  tightened: boolean;
}

/** What a task replaces, also by way of the level in between. */
function predecessors(task: PlanTask, known: ReadonlyMap<string, PlanTask>): Predecessor[] {
  const found = new Map<string, Predecessor>();
  const follow = (one: PlanTask, tightened: boolean) => {
    for (const { id, as } of one.replaces) {
      const earlier = known.get(id);
      if (!earlier) continue;
      const isTightened = tightened || as === 'tightened';
      found.set(id, { task: earlier, tightened: isTightened || found.get(id)?.tightened === true });
      follow(earlier, isTightened);
    }
  };
  follow(task, false);
  return [...found.values()];
}
