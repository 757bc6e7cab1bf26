/** Database and engine of a process that owns a data folder: embedded unless others are set. */
import { connectEngine, embedEngine } from '../platform/temporal/engine.js';
import type { Lifecycle } from './lifecycle.js';
import { type Foundation, openFoundation } from './parts.js';
import { ownDatabase } from './places.js';

/** The caller holds the lock of the data folder until the process ends. */
export const openAlone = (
  life: Lifecycle,
  { config, log, engineFigures }: Pick<Foundation, 'config' | 'log' | 'engineFigures'>,
): Promise<Foundation> =>
  openFoundation(life, {
    config,
    log,
    engineFigures,
    location: ownDatabase(config),
    openEngine: () =>
      config.temporal
        ? connectEngine(config.temporal)
        : embedEngine({
            env: process.env,
            cacheFolder: config.cacheFolder,
            folder: config.dataFolder,
            say: (line) => process.stderr.write(`${line}\n`),
            log,
            onLost: life.fail,
          }),
  });
