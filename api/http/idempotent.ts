import { refusals } from '../../episode/decide/refusals.js';
import { findAnswer, rememberAnswer } from '../../ledger/idempotency.js';
import { commandIdOf, contentHashOf } from './idempotency.js';
import { problemOf } from './problems.js';
import type { Call } from './route.js';

/** Does what no episode records at most once for a key; asked again with the same content, nothing happens. */
export async function once(
  { context, account, action, key }: Call<unknown, unknown, unknown, unknown>,
  content: unknown,
  work: () => Promise<void>,
): Promise<void> {
  const commandId = commandIdOf(account.accountId, action, key);
  const bodyHash = contentHashOf(content);
  const earlier = await findAnswer(context.database, commandId);
  if (earlier && earlier.bodyHash !== bodyHash) throw problemOf(refusals.keyReused());
  if (earlier) return;
  await work();
  await rememberAnswer(context.database, commandId, { bodyHash, answer: null });
}
