/** `npm start`: the whole program in one process, with engine and database in its data folder unless others are set. */
import { freePort } from '../lib/free-port.js';
import { readConfig } from '../platform/config.js';
import { ownDataFolder } from '../platform/data-folder.js';
import { keyOfFile } from '../platform/key-file.js';
import { openLog } from '../platform/log.js';
import { toLogFile } from '../platform/log-file.js';
import { installRuntime } from '../platform/temporal/runtime.js';
import { openAlone } from './alone.js';
import { packed } from './backup/archive.js';
import { backupMembers } from './backup/members.js';
import { giveBackups } from './backup/socket.js';
import { runUntilStopped } from './lifecycle.js';
import { untilReady } from './listener.js';
import { oidcIn, openChannels, runWorker, serveHttp, takePort, traceTo, writeFirstAccounts } from './parts.js';
import { codeKeyFile } from './places.js';

process.umask(0o077);

runUntilStopped(async (life) => {
  const config = readConfig(process.env);
  const channels = openChannels(life, config);
  const oidc = oidcIn(config);
  const folder = ownDataFolder(config.dataFolder);
  const codeKey = config.oneTimeCodes.key ?? keyOfFile(codeKeyFile(config));
  const log = openLog(config.logLevel, toLogFile(folder.at('logs', 'qingkong.log'), config.retentionDays));
  life.logTo(log);
  traceTo(life, config, 'qingkong');
  const engineFigures = installRuntime(log, await freePort());
  const { listener, publicUrl } = await takePort(config);
  const foundation = await openAlone(life, { config, log, engineFigures });
  await writeFirstAccounts(foundation);
  await runWorker(life, foundation, { publicUrl, channels });
  await serveHttp(life, foundation, { listener, publicUrl, codeKey, oidc });
  const { close } = await giveBackups(config.dataFolder, () => packed(backupMembers(foundation.database, config)), log);
  life.onClose('备份', close);
  await untilReady(listener.port);
  log.info({ publicUrl }, 'ready');
  process.stdout.write(`晴空已就绪：${publicUrl}\n`);
});
