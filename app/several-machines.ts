/**
 * The common parts of `npm run worker` and `npm run api`: database server, Temporal cluster, logs to standard output.
 */
import { StartError } from '../lib/start-error.js';
import { type Config, readConfig } from '../platform/config.js';
import { openLog } from '../platform/log.js';
import { connectEngine } from '../platform/temporal/engine.js';
import { installRuntime } from '../platform/temporal/runtime.js';
import type { Lifecycle } from './lifecycle.js';
import { type Foundation, openFoundation } from './parts.js';

/**
 * Throws `StartError` unless database and engine are servers. Embedded ones have one owner
 * (docs/decisions/0013-one-owner.md).
 */
export const openSharedFoundation = (
  life: Lifecycle,
  config: Config = readConfig(process.env),
): Promise<Foundation> => {
  const { databaseUrl, temporal } = config;
  if (databaseUrl === undefined || temporal === undefined) {
    throw new StartError(
      '分开运行的进程需要 DATABASE_URL 和 TEMPORAL_ADDRESS。请设置后重新启动，或用 npm start 运行单机版。',
    );
  }
  const log = openLog(config.logLevel);
  life.logTo(log);
  installRuntime(log);
  return openFoundation(life, {
    config,
    log,
    location: { url: databaseUrl },
    openEngine: () => connectEngine(temporal),
  });
};
