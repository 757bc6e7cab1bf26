/** `npm run api`: HTTP. Up to eight of these processes may run, on several machines. */
import { runUntilStopped } from './lifecycle.js';
import { serveHttp, takePort, writeFirstAccounts } from './parts.js';
import { openSharedFoundation } from './several-machines.js';

runUntilStopped(async (life) => {
  const foundation = await openSharedFoundation(life);
  const { listener, publicUrl } = await takePort(foundation.config);
  await writeFirstAccounts(foundation);
  await serveHttp(life, foundation, listener, publicUrl);
  foundation.log.info({ publicUrl }, 'api ready');
});
