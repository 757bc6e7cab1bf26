/** `npm run worker`: workflows and activities. Any number of these processes may run, on several machines. */
import { StartError } from '../lib/start-error.js';
import { readConfig } from '../platform/config.js';
import { runUntilStopped } from './lifecycle.js';
import { openChannels, runWorker } from './parts.js';
import { openSharedFoundation } from './several-machines.js';
import { openWorkerPort } from './worker-port.js';

runUntilStopped(async (life) => {
  const config = readConfig(process.env);
  const channels = openChannels(life, config);
  const foundation = await openSharedFoundation(life, 'qingkong-worker', config);
  const { publicUrl, workerPort } = config;
  if (publicUrl === undefined) throw new StartError('请设置 PUBLIC_URL：邮件中的链接要用它。');
  await runWorker(life, foundation, { publicUrl, channels });
  if (workerPort !== undefined) await openWorkerPort(life, foundation, workerPort);
  foundation.log.info('worker ready');
});
