/** `npm run api`: HTTP. Up to eight of these processes may run, on several machines. */
import { runUntilStopped } from './lifecycle.js';
import { serveHttp, takePort, writeFirstAccounts } from './parts.js';
import { openSharedGround } from './several-machines.js';

runUntilStopped(async (life) => {
  const ground = await openSharedGround(life);
  const { listener, publicUrl } = await takePort(ground.config);
  await writeFirstAccounts(ground);
  await serveHttp(life, ground, listener, publicUrl);
  ground.log.info({ publicUrl }, 'api ready');
});
