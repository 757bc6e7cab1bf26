import { setTimeout as pause } from 'node:timers/promises';
import { refuseKey } from '../../episode/decide/refusals.js';
import { abandonKey, claimKey, finishKey, releaseKey } from '../../ledger/idempotency.js';
import { commandIdOf, contentHashOf } from './idempotency.js';
import { isRefusal, outcomeUnknown, problemOf } from './problems.js';
import type { Call } from './route.js';

/** The longest wait of a repeat for the first request. Then it answers 503. */
const LONGEST_WAIT = 10_000;
const BETWEEN = 50;

/**
 * Idempotency for requests that create no ledger entry. A request claims its key before its work. A repeat with another
 * body is refused with 422. A repeat with the same body waits for the first and does nothing. Work that was cut off may
 * be done again, so it must be repeatable.
 */
export async function once(
  { context: { database }, account, action, key }: Call<unknown, unknown, unknown, unknown>,
  content: unknown,
  work: () => Promise<void>,
): Promise<void> {
  const commandId = commandIdOf(account.accountId, action, key);
  const bodyHash = contentHashOf(content);
  for (let waited = 0; ; waited += BETWEEN) {
    const claim = await claimKey(database, commandId, bodyHash);
    if (claim === 'claimed') break;
    if (claim.bodyHash !== bodyHash) throw problemOf(refuseKey());
    if (claim.done) return;
    if (waited >= LONGEST_WAIT) throw outcomeUnknown();
    await pause(BETWEEN);
  }
  try {
    await work();
  } catch (error) {
    await (isRefusal(error) ? releaseKey : abandonKey)(database, commandId);
    throw error;
  }
  await finishKey(database, commandId, bodyHash);
}
