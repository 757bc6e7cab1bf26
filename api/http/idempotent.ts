import { setTimeout as pause } from 'node:timers/promises';
import { refuse } from '../../episode/decide/refusals.js';
import { abandonKey, claimKey, finishKey, releaseKey } from '../../ledger/idempotency.js';
import { commandIdOf, contentHashOf } from './idempotency.js';
import { outcomeUnknown, Problem, problemOf } from './problems.js';
import type { Call } from './route.js';

/** How long a repeat waits for the first; then it answers 503. */
const LONGEST_WAIT = 10_000;
const BETWEEN = 50;

/**
 * Idempotency for requests that create no ledger entry. The key is claimed before the work. Another body is refused
 * with 422; the same body waits until the first is done, and does nothing. Work that was cut off may be done again by
 * the same body, so it must be repeatable.
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
    if (claim.bodyHash !== bodyHash) throw problemOf(refuse('keyReused'));
    if (claim.done) return;
    if (waited >= LONGEST_WAIT) throw outcomeUnknown();
    await pause(BETWEEN);
  }
  try {
    await work();
  } catch (error) {
    const isRefusal = error instanceof Problem && error.status < 500;
    await (isRefusal ? releaseKey : abandonKey)(database, commandId);
    throw error;
  }
  await finishKey(database, commandId, bodyHash);
}
