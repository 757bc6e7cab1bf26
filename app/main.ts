/** `npm start`: the whole program in one process, with engine and database in its data folder unless others are set. */
import { readConfig } from '../platform/config.js';
import { ownDataFolder } from '../platform/data-folder.js';
import { openLog } from '../platform/log.js';
import { connectEngine, embedEngine } from '../platform/temporal/engine.js';
import { installRuntime } from '../platform/temporal/runtime.js';
import { runUntilStopped } from './lifecycle.js';
import { untilReady } from './listener.js';
import { openChannels, openFoundation, runWorker, serveHttp, takePort, writeFirstAccounts } from './parts.js';

process.umask(0o077);

runUntilStopped(async (life) => {
  const config = readConfig(process.env);
  const channels = openChannels(life, config);
  const folder = ownDataFolder(config.dataFolder);
  const log = openLog(config.logLevel, folder.at('logs', 'qingkong.log'));
  life.logTo(log);
  installRuntime(log);
  const { listener, publicUrl } = await takePort(config);
  const foundation = await openFoundation(life, {
    config,
    log,
    location: config.databaseUrl === undefined ? { folder: folder.at('database') } : { url: config.databaseUrl },
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
  await writeFirstAccounts(foundation);
  await runWorker(life, foundation, { publicUrl, channels });
  await serveHttp(life, foundation, listener, publicUrl);
  await untilReady(listener.port);
  log.info({ publicUrl }, 'ready');
  process.stdout.write(`晴空已就绪：${publicUrl}\n`);
});
