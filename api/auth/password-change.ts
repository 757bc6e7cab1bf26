import type { z } from 'zod';
import { refusals } from '../../episode/decide/refusals.js';
import { findAnswer, rememberAnswer } from '../../ledger/idempotency.js';
import { findAccount, setPassword } from '../../ledger/people/accounts.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { Problem, problemOf } from '../http/problems.js';
import type { Answer, Call } from '../http/route.js';
import type { Account } from './account.js';
import { hashPassword, isPassword, requireStrong } from './passwords.js';
import type { passwordRequest } from './schemas.js';

type PasswordCall = Call<unknown, unknown, z.output<typeof passwordRequest>, unknown>;

/** Changes the caller's password and ends the account's other sessions. */
export async function changePassword(call: PasswordCall): Promise<Answer> {
  const { context, account, action, key, body, session } = call;
  const changed: Account = { ...account, mustChangePassword: false };
  const commandId = commandIdOf(account.accountId, action, key);
  const content = JSON.stringify([body.current, body.next]);
  const earlier = await findAnswer(context.database, commandId);
  if (earlier) {
    if (!(await isPassword(earlier.bodyHash, content))) throw problemOf(refusals.keyReused());
    return { status: 200, body: changed };
  }

  requireStrong(body.next);
  if (body.next === body.current) throw invalidFields([{ field: 'next', detail: '新密码不能与当前密码相同' }]);
  await requireCurrent(call);
  await setPassword(context.database, account.accountId, await hashPassword(body.next), false);
  await session.renew(changed);
  // As slow to guess as the password itself: a plain hash of the content would give it away.
  await rememberAnswer(context.database, commandId, { bodyHash: await hashPassword(content), answer: null });
  return { status: 200, body: changed };
}

/** Wrong guesses count as failed sign-ins do. */
async function requireCurrent({ context, account, body, session }: PasswordCall): Promise<void> {
  const stored = await findAccount(context.database, account.accountId);
  try {
    await context.signIn.check(stored?.username ?? '', body.current, session.address);
  } catch (error) {
    if (error instanceof Problem && error.type === 'credentials-wrong')
      throw invalidFields([{ field: 'current', detail: '当前密码不正确' }]);
    throw error;
  }
}
