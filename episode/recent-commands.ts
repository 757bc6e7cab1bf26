/**
 * The last 10,000 commands with the entry each made, in generations, so that one more copies a small part. Older ones
 * the API finds in the ledger.
 */
import type { EpisodeState, RememberedCommand } from './state-types.js';

type Generations = EpisodeState['commands'];

const GENERATION = 50;
const GENERATIONS = 201;
/** The newest generation may be full or just begun. */
export const MOST_REMEMBERED = GENERATION * GENERATIONS;

export const recall = (generations: Generations, commandId: string): RememberedCommand | undefined =>
  generations.findLast((generation) => generation[commandId] !== undefined)?.[commandId];

export function remember(generations: Generations, commandId: string, command: RememberedCommand): Generations {
  const newest = generations[generations.length - 1];
  if (newest && Object.keys(newest).length < GENERATION) {
    return [...generations.slice(0, -1), { ...newest, [commandId]: command }];
  }
  return [...generations, { [commandId]: command }].slice(-GENERATIONS);
}
