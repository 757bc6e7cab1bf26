/** `npm run worker`: workflows and activities, any number of processes on several machines. */
import { StartError } from '../platform/start-error.js';
import { live } from './lifecycle.js';
import { runWorker } from './parts.js';
import { openSharedGround } from './several-machines.js';

live(async (life) => {
  const ground = await openSharedGround(life);
  const { publicUrl } = ground.config;
  if (publicUrl === undefined) throw new StartError('请设置 PUBLIC_URL：邮件中的链接要用它。');
  await runWorker(life, ground, publicUrl);
  ground.log.info('worker ready');
});
