import type { z } from 'zod';
import { refuse } from '../../episode/decide/refusals.js';
import { findKey, finishKey } from '../../ledger/idempotency.js';
import { findAccount, replacePassword, type StoredAccount } from '../../ledger/people/accounts.js';
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
  const earlier = await findKey(context.database, commandId);
  if (earlier) {
    if (!(await isPassword(earlier.bodyHash, content))) throw problemOf(refuse('keyReused'));
    // The first request may have been cut off before it ended the other sessions.
    await session.renew(changed);
    return { status: 200, body: changed };
  }

  const stored = await requireCurrent(call);
  requireStrong(body.next, [stored.username, ...stored.username.split('-'), ...(stored.unitId?.split('-') ?? [])]);
  if (body.next === body.current)
    throw invalidFields([{ field: 'next', detail: '新密码不能与当前密码相同，请另设一个' }]);
  const passwordHash = await hashPassword(body.next);
  // Hashed like a password: a plain hash of the content would let the password be guessed quickly.
  const bodyHash = await hashPassword(content);
  // In one transaction, so that a repeat after a crash finds both or neither.
  await context.database.db.transaction().execute(async (db) => {
    const database = { ...context.database, db };
    if (!(await replacePassword(database, stored, passwordHash))) throw currentWrong();
    await finishKey(database, commandId, bodyHash);
  });
  await session.renew(changed);
  return { status: 200, body: changed };
}

/** Answers the account. Wrong guesses count as failed sign-ins do. */
async function requireCurrent({ context, account, body, session }: PasswordCall): Promise<StoredAccount> {
  const stored = await findAccount(context.database, account.accountId);
  if (!stored) throw currentWrong();
  try {
    await context.signIn.check(stored.username, body.current, session.address);
    return stored;
  } catch (error) {
    throw error instanceof Problem && error.type === 'credentials-wrong' ? currentWrong() : error;
  }
}

const currentWrong = (): Problem => invalidFields([{ field: 'current', detail: '当前密码不正确，请核对后重新输入' }]);
