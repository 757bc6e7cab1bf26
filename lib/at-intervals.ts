import { setTimeout as pause } from 'node:timers/promises';

export interface Repeated {
  /** Waits for the work under way. */
  stop(): Promise<void>;
}

/** Does the work now, and again so many milliseconds after each end, also after a failure, until it is stopped. */
export function atIntervals(
  milliseconds: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Repeated {
  const stopping = new AbortController();
  const repeat = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch(failed);
      await pause(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
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
