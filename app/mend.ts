/**
 * `npm run mend`: brings ledger and engine together after a loss, as every start of a worker does; with `--dry-run` it only
 * says what it would do.
 */
import { freePort } from '../lib/free-port.js';
import { readConfig } from '../platform/config.js';
import { ownDataFolder } from '../platform/data-folder.js';
import { openLog } from '../platform/log.js';
import { toLogFile } from '../platform/log-file.js';
import { installRuntime } from '../platform/temporal/runtime.js';
import { mend } from '../worker/mend/mend.js';
import { openAlone } from './alone.js';
import { runUntilStopped } from './lifecycle.js';

process.umask(0o077);

runUntilStopped(async (life) => {
  const config = readConfig(process.env);
  const folder = ownDataFolder(config.dataFolder);
  const log = openLog(config.logLevel, toLogFile(folder.at('logs', 'qingkong.log'), config.retentionDays));
  life.logTo(log);
  const engineFigures = installRuntime(log, await freePort());
  const { database, client } = await openAlone(life, { config, log, engineFigures });
  const lines = await mend({ database, client, log }, { dryRun: process.argv.includes('--dry-run') });
  process.stdout.write(`${(lines.length > 0 ? lines : ['台账和流程引擎一致，无需修复。']).join('\n')}\n`);
  life.finish();
});
