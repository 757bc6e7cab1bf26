/** Waits in tests for a condition without a promise of its own. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * No machine is this slow. It is below a test's time limit (jest.config.mjs), so that the error says what was last
 * seen.
 */
const LIMIT = 5 * 60_000;
const LOOK_AGAIN_AFTER = 20;

/** Looks until the condition holds. After five minutes it throws, with the last thing it saw. */
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
