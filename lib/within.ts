import { setMaxListeners } from 'node:events';

/**
 * Does the work with a signal that aborts after `ms` milliseconds, or when `cancelled` does. `AbortSignal.any` over an
 * `AbortSignal.timeout` will not do: Node 20 forgets the time-out at the next collection of memory, so the signal never
 * aborts and all that listens to it stays for ever.
 */
export async function within<T>(
  ms: number,
  cancelled: AbortSignal,
  work: (patience: AbortSignal) => Promise<T>,
): Promise<T> {
  const patience = new AbortController();
  // Each part of the work may listen.
  setMaxListeners(0, patience.signal);
  const giveUp = () => patience.abort();
  const timer = setTimeout(giveUp, ms);
  cancelled.addEventListener('abort', giveUp, { once: true });
  if (cancelled.aborted) giveUp();
  try {
    return await work(patience.signal);
  } finally {
    clearTimeout(timer);
    cancelled.removeEventListener('abort', giveUp);
  }
}
