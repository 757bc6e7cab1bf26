import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';

const LOCKED_SECONDS = 15 * 60;
const MOST_KNOWN = 10_000;

/**
 * Counts failures in the memory of this process. After too many, a stranger waits until the first is a quarter of an
 * hour old. A caller who succeeded before only pauses after each further failure: otherwise anybody at the same address
 * could lock the duty officer out by guessing.
 */
export interface Failures {
  /** Whole seconds to wait; 0 for those who may try. */
  lockedFor(who: string): Promise<number>;
  count(who: string): Promise<void>;
  forget(who: string): Promise<void>;
  /** From now on `who` is no stranger. */
  know(who: string): void;
  knows(who: string): boolean;
}

export interface FailureLimit {
  most: number;
  pauseSeconds: number;
}

export function createFailures({ most, pauseSeconds }: FailureLimit): Failures {
  const counts = new RateLimiterMemory({ points: most, duration: LOCKED_SECONDS });
  const pauses = new RateLimiterMemory({ points: 1, duration: pauseSeconds });
  const known = new LRUCache<string, true>({ max: MOST_KNOWN });
  return {
    async lockedFor(who) {
      const counted = await counts.get(who);
      if (!counted || counted.consumedPoints < most) return 0;
      const lock = known.has(who) ? await pauses.get(who) : counted;
      return Math.ceil((lock?.msBeforeNext ?? 0) / 1000);
    },
    async count(who) {
      await counts.penalty(who);
      await pauses.set(who, 1, pauseSeconds);
    },
    async forget(who) {
      await counts.delete(who);
    },
    know: (who) => {
      known.set(who, true);
    },
    knows: (who) => known.has(who),
  };
}
