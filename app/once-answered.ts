import { setTimeout as pause } from 'node:timers/promises';
import { ServiceError } from '@temporalio/client';

const WITHIN = 60_000;
const AGAIN_AFTER = 500;

/**
 * Asks until the engine answers. One that was killed takes connections before it can tell of its schedules: each is a
 * workflow of its own, which it replays first. After a minute throws the last `ServiceError`.
 */
export async function onceAnswered<T>(ask: () => Promise<T>, within = WITHIN): Promise<T> {
  for (const end = performance.now() + within; ; await pause(AGAIN_AFTER)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ServiceError) || performance.now() > end) throw error;
    }
  }
}
