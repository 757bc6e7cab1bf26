import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Role } from '../../episode/commands.js';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';

export interface StoredAccount {
  accountId: string;
  username: string;
  role: Exclude<Role, 'system'>;
  /** Of role `unit` alone: the unit it acts for. */
  unitId?: string;
  mustChangePassword: boolean;
  passwordHash: string;
}

/** The user name is taken. */
export class UsernameTaken extends Error {
  override name = 'UsernameTaken';
}

/** Creates accounts, all or none, and answers them with their ids. Throws `UsernameTaken`. */
export async function createAccounts(
  { db }: Database,
  accounts: Array<Omit<StoredAccount, 'accountId'>>,
): Promise<StoredAccount[]> {
  if (accounts.length === 0) return [];
  const rows = accounts.map((account) => ({
    account_id: randomUUID(),
    username: account.username,
    password_hash: account.passwordHash,
    role: account.role,
    unit_id: account.unitId ?? null,
    must_change_password: account.mustChangePassword,
  }));
  try {
    return (await db.insertInto('accounts').values(rows).returningAll().execute()).map(accountOf);
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'accounts_username_key') throw error;
    throw new UsernameTaken('用户名已被使用，请另选一个。', { cause: error });
  }
}

export const findAccountByUsername = (database: Database, username: string): Promise<StoredAccount | undefined> =>
  findBy(database, 'username', username);

export const findAccount = (database: Database, accountId: string): Promise<StoredAccount | undefined> =>
  findBy(database, 'account_id', accountId);

export async function listAccounts({ db }: Database): Promise<StoredAccount[]> {
  return (await db.selectFrom('accounts').selectAll().orderBy('username').execute()).map(accountOf);
}

/** Sets the hash of a new password. One set by an administrator must be changed at the next sign-in. */
export async function setPassword(
  { db }: Database,
  accountId: string,
  passwordHash: string,
  mustChangePassword: boolean,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password_hash: passwordHash, must_change_password: mustChangePassword })
    .where('account_id', '=', accountId)
    .execute();
}

/** Sets a person's own new password. False when the old one has been replaced meanwhile. */
export async function replacePassword(
  { db }: Database,
  { accountId, passwordHash: before }: StoredAccount,
  passwordHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ password_hash: passwordHash, must_change_password: false })
    .where('account_id', '=', accountId)
    .where('password_hash', '=', before)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function findBy(
  { db }: Database,
  column: 'username' | 'account_id',
  value: string,
): Promise<StoredAccount | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where(column, '=', value).executeTakeFirst();
  return row && accountOf(row);
}

const accountOf = (row: Selectable<Schema['accounts']>): StoredAccount => ({
  accountId: row.account_id,
  username: row.username,
  role: row.role,
  ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
  mustChangePassword: row.must_change_password,
  passwordHash: row.password_hash,
});
