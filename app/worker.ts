/** `npm run worker`: workflows and activities. Any number of these processes may run, on several machines. */
import { readConfig } from '../platform/config.js';
import { StartError } from '../platform/start-error.js';
import { runUntilStopped } from './lifecycle.js';
import { openChannels, runWorker } from './parts.js';
import { openSharedGround } from './several-machines.js';

runUntilStopped(async (life) => {
  const config = readConfig(process.env);
  const channels = openChannels(life, config);
  const ground = await openSharedGround(life, config);
  const { publicUrl } = config;
  if (publicUrl === undefined) throw new StartError('请设置 PUBLIC_URL：邮件中的链接要用它。');
  await runWorker(life, ground, { publicUrl, channels });
  ground.log.info('worker ready');
});
