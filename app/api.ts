/** `npm run api`: HTTP. Up to eight of these processes may run, on several machines. */
import { readConfig } from '../platform/config.js';
import { runUntilStopped } from './lifecycle.js';
import { oidcIn, serveHttp, takePort, writeFirstAccounts } from './parts.js';
import { openSharedFoundation, sharedCodeKey } from './several-machines.js';

runUntilStopped(async (life) => {
  const config = readConfig(process.env);
  const codeKey = sharedCodeKey(config);
  const oidc = oidcIn(config);
  const foundation = await openSharedFoundation(life, 'qingkong-api', config);
  const { listener, publicUrl } = await takePort(config);
  await writeFirstAccounts(foundation);
  await serveHttp(life, foundation, { listener, publicUrl, codeKey, oidc });
  foundation.log.info({ publicUrl }, 'api ready');
});
