import type { z } from 'zod';
import { refuseKey } from '../../episode/decide/refusals.js';
import { findKey, finishKey } from '../../ledger/idempotency.js';
import { record } from '../../ledger/people/account-changes.js';
import { findAccount, replacePassword, type StoredAccount } from '../../ledger/people/accounts.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { Problem, problemOf } from '../http/problems.js';
import type { Answer, Call } from '../http/route.js';
import { publicPart } from './account.js';
import { hashPassword, isPassword, requireStrong } from './passwords.js';
import type { passwordRequest } from './schemas.js';

type PasswordCall = Call<unknown, unknown, z.output<typeof passwordRequest>, unknown>;

/** Changes the caller's password. The account's other sessions are void from the same moment. */
export async function changePassword(call: PasswordCall): Promise<Answer> {
  const { context, account, action, key, body, session } = call;
  const changed = publicPart({ ...account, mustChangePassword: false }, context.codes);
  const commandId = commandIdOf(account.accountId, action, key);
  const content = JSON.stringify([body.current, body.next]);
  const earlier = await findKey(context.database, commandId);
  if (earlier) {
    if (!(await isPassword(earlier.bodyHash, content))) throw problemOf(refuseKey());
    return { status: 200, body: changed };
  }

  const stored = await requirePassword(call, body.current, 'current');
  requireStrong(body.next, [stored.username, ...stored.username.split('-'), ...(stored.unitId?.split('-') ?? [])]);
  if (body.next === body.current)
    throw invalidFields([{ field: 'next', detail: '新密码不能与当前密码相同，请另设一个' }]);
  const passwordHash = await hashPassword(body.next);
  // Hashed like a password: a plain hash of the content would let the password be guessed quickly.
  const bodyHash = await hashPassword(content);
  // In one transaction, so that a repeat after a crash finds both or neither.
  await context.database.db.transaction().execute(async (db) => {
    const database = { ...context.database, db };
    if (!(await replacePassword(database, stored, passwordHash, session.sessionId))) throw passwordWrong('current');
    await record(db, account.accountId, { by: account.accountId, at: context.clock() }, 'password-changed');
    await finishKey(database, commandId, bodyHash);
  });
  return { status: 200, body: changed };
}

/** Answers the caller's account. Wrong guesses count as failed sign-ins do. */
export async function requirePassword(
  { context, account, session }: Pick<Call<unknown, unknown, unknown, unknown>, 'context' | 'account' | 'session'>,
  typed: string,
  field: string,
): Promise<StoredAccount> {
  const stored = await findAccount(context.database, account.accountId);
  if (!stored) throw passwordWrong(field);
  try {
    await context.signIn.check(stored.username, typed, session);
    return stored;
  } catch (error) {
    throw error instanceof Problem && error.type === 'credentials-wrong' ? passwordWrong(field) : error;
  }
}

const passwordWrong = (field: string): Problem =>
  invalidFields([{ field, detail: '当前密码不正确，请核对后重新输入' }]);
