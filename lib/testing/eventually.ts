/** Waits in tests for something that has no promise of its own. */
import { setTimeout as pause } from 'node:timers/promises';

/** No machine is this slow: what has not come by then never comes. Below the limit of a test (jest.config.mjs). */
const LIMIT = 5 * 60_000;
const LOOK_AGAIN_AFTER = 20;

/** Looks again and again until what is seen is as wished; after five minutes it throws, with what was seen last. */
export async function eventually<T>(
  wished: string,
  look: () => T | Promise<T>,
  isAsWished: (seen: T) => boolean,
  lookAgainAfter = LOOK_AGAIN_AFTER,
): Promise<T> {
  for (const end = performance.now() + LIMIT; ; await pause(lookAgainAfter)) {
    const seen = await look();
    if (isAsWished(seen)) return seen;
    if (performance.now() > end)
      throw new Error(`still not: ${wished}; last seen: ${JSON.stringify(seen).slice(0, 2_000)}`);
  }
}
