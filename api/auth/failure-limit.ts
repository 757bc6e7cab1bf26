import { RateLimiterMemory } from 'rate-limiter-flexible';

const MOST_FAILURES = 10;
const LOCKED_SECONDS = 15 * 60;

/** Counts failures alone, in the memory of this process; after the tenth, a quarter of an hour of waiting. */
export interface Failures {
  /** Whole seconds still to wait; none for who may try. */
  lockedFor(who: string): Promise<number>;
  count(who: string): Promise<void>;
  forget(who: string): Promise<void>;
}

export function createFailures(): Failures {
  const limiter = new RateLimiterMemory({ points: MOST_FAILURES, duration: LOCKED_SECONDS });
  return {
    async lockedFor(who) {
      const counted = await limiter.get(who);
      return counted && counted.consumedPoints >= MOST_FAILURES ? Math.ceil(counted.msBeforeNext / 1000) : 0;
    },
    async count(who) {
      await limiter.penalty(who);
    },
    async forget(who) {
      await limiter.delete(who);
    },
  };
}
