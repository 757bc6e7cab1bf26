/** The SDK's native runtime, one for a process. It logs to our log, and leaves signals to us. */
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

const ANSWERS_WITHIN_MS = 2_000;

/**
 * Must be called before any other use of the SDK. Answers how to read the figures that the SDK keeps of workers, pollers and
 * caches. It tells them only at an address, `port` of this machine; without a port it keeps none.
 */
export const installRuntime = (log: Logger, port?: number): (() => Promise<string>) => {
  const bindAddress = `127.0.0.1:${port}`;
  const prometheus = { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => log[LEVELS[level]](meta ?? {}, message)),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} },
      ...(port !== undefined && { metrics: { prometheus } }),
    },
  });
  return async () => {
    if (port === undefined) return '';
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    return (await fetch(`http://${bindAddress}/metrics`, { signal })).text();
  };
};
