import { Context } from '@temporalio/activity';

const BEAT_MS = 3_000;

/**
 * Sends heartbeats during the work, so that another worker takes over a killed worker's within seconds. The work gets
 * the signal of the activity's cancellation.
 */
export async function alive<T>(work: (cancelled: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await work(context.cancellationSignal);
  } finally {
    clearInterval(beat);
  }
}
