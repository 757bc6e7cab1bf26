import { setTimeout as pause } from 'node:timers/promises';

export interface Repeated {
  /** Waits for the work under way. */
  stop(): Promise<void>;
}

/**
 * Does the work, and again so many milliseconds after each end, also after a failure, until it is stopped. The first time is
 * now, or `first` milliseconds from now.
 */
export function atIntervals(
  milliseconds: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
  first = 0,
): Repeated {
  const stopping = new AbortController();
  const rest = (length: number) => pause(length, undefined, { signal: stopping.signal }).catch(() => undefined);
  const repeat = async (): Promise<void> => {
    if (first > 0) await rest(first);
    while (!stopping.signal.aborted) {
      await work().catch(failed);
      await rest(milliseconds);
    }
  };
  const repeated = repeat();
  return {
    async stop() {
      stopping.abort();
      await repeated;
    },
  };
}
