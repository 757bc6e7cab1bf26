/** `npm run api`: HTTP, up to eight processes on several machines. */
import { live } from './lifecycle.js';
import { serve, takePort, writeFirstAccounts } from './parts.js';
import { openSharedGround } from './several-machines.js';

live(async (life) => {
  const ground = await openSharedGround(life);
  const { listener, publicUrl } = await takePort(ground.config);
  await writeFirstAccounts(ground);
  await serve(life, ground, listener, publicUrl);
  ground.log.info({ publicUrl }, 'api ready');
});
