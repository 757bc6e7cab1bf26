/**
 * The common parts of `npm run worker` and `npm run api`: database server, Temporal cluster, logs to standard output.
 */
import { freePort } from '../lib/free-port.js';
import { StartError } from '../lib/start-error.js';
import { type Config, readConfig } from '../platform/config.js';
import { openLog } from '../platform/log.js';
import { connectEngine } from '../platform/temporal/engine.js';
import { installRuntime } from '../platform/temporal/runtime.js';
import type { TracedPart } from '../platform/traces.js';
import type { Lifecycle } from './lifecycle.js';
import { type Foundation, openFoundation, traceTo } from './parts.js';

/**
 * Throws `StartError` unless database and engine are servers. Embedded ones have one owner
 * (docs/decisions/0013-one-owner.md).
 */
export const openSharedFoundation = async (
  life: Lifecycle,
  part: TracedPart,
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
  traceTo(life, config, part);
  const engineFigures = installRuntime(log, await freePort());
  return openFoundation(life, {
    config,
    log,
    engineFigures,
    location: { url: databaseUrl },
    openEngine: () => connectEngine(temporal),
  });
};

/** The key of one-time codes. A process that made its own would have one that the others do not know. */
export const sharedCodeKey = ({
  oneTimeCodes: { areRequired, key },
}: Pick<Config, 'oneTimeCodes'>): Buffer | undefined => {
  if (areRequired && !key)
    throw new StartError(
      '配置有误：ONE_TIME_CODES 是 required，而没有 ONE_TIME_CODE_KEY。请用 openssl rand -base64 32 生成一个，各台机器用同一个，再重新启动。',
    );
  return key;
};
