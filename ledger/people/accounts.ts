import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { hashOf } from '../../episode/hash-chain.js';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';
import type { AccountDetails } from './account-types.js';

export interface StoredAccount extends AccountDetails {
  accountId: string;
  username: string;
  mustChangePassword: boolean;
  /** By the person who has the account; otherwise the password is one that somebody handed out. */
  passwordChosen: boolean;
  /** Absent: nobody signs in by password. */
  passwordHash?: string;
  /** The end of a password that somebody else issued, in real milliseconds. */
  passwordUntil?: number;
  /** Sessions begun in an earlier one are void. */
  generation: number;
  /** Of one-time codes, sealed. Asked for at sign-in only from `codesSince` on. */
  codeSecret?: string;
  codesSince?: number;
  /** The last step of half a minute whose code was accepted: no code is taken twice. */
  codeStep?: number;
  /** By place; empty where the code was used. */
  recoveryHashes: string[];
  /** Of somebody whom an identity provider signs in: the provider, and its id of the person. */
  identity?: string;
  lastSignInAt?: number;
  createdAt: number;
}

export type NewAccount = Pick<StoredAccount, 'username' | 'name' | 'role' | 'mustChangePassword'> &
  Partial<Pick<StoredAccount, 'accountId' | 'unitId' | 'passwordHash' | 'passwordUntil' | 'identity'>>;

/** The user name is taken. */
export class UsernameTaken extends Error {
  override name = 'UsernameTaken';
}

/** Creates accounts, all or none but those whose id is known, and answers them. Throws `UsernameTaken`. */
export async function createAccounts({ db }: Database, accounts: NewAccount[]): Promise<StoredAccount[]> {
  if (accounts.length === 0) return [];
  const rows = accounts.map((account) => ({
    account_id: account.accountId ?? randomUUID(),
    username: account.username,
    name: account.name,
    password_hash: account.passwordHash ?? null,
    password_until: account.passwordUntil ?? null,
    must_change_password: account.mustChangePassword,
    role: account.role,
    unit_id: account.unitId ?? null,
    identity: account.identity ?? null,
  }));
  try {
    const made = await db
      .insertInto('accounts')
      .values(rows)
      .onConflict((conflict) => conflict.column('account_id').doNothing())
      .returningAll()
      .execute();
    return made.map(storedAccountOf);
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'accounts_username_key') throw error;
    throw new UsernameTaken('用户名已被使用，请另选一个。', { cause: error });
  }
}

/** Gives a unit an account without a password, unless it has one. Its user name is the unit's id. */
export async function giveAccount({ db }: Database, { unitId, name }: { unitId: string; name: string }): Promise<void> {
  await sql`
    insert into accounts (account_id, username, name, role, unit_id, must_change_password)
    select ${randomUUID()}, ${unitId}, ${name}, 'unit', ${unitId}, true
    where not exists (select from accounts where unit_id = ${unitId})
    on conflict do nothing`.execute(db);
}

export const findAccountByUsername = (database: Database, username: string): Promise<StoredAccount | undefined> =>
  findBy(database, 'username', username);

export const findAccount = (database: Database, accountId: string): Promise<StoredAccount | undefined> =>
  findBy(database, 'account_id', accountId);

/** The eldest first: that of the first start, or of the joining. */
export async function accountsOfUnit({ db }: Database, unitId: string): Promise<StoredAccount[]> {
  const query = db.selectFrom('accounts').selectAll().where('unit_id', '=', unitId);
  return (await query.orderBy('created_at').orderBy('account_id').execute()).map(storedAccountOf);
}

/** The accounts that are looked for; without a filter all of them. */
export interface AccountFilter {
  role?: AccountDetails['role'] | undefined;
  /** Part of user name, name or unit, in whatever case. */
  text?: string | undefined;
  /** Of enabled accounts: nobody has chosen the password yet. */
  password?: 'handed-out' | undefined;
}

/** By user name. */
export async function listAccounts(
  { db }: Database,
  { limit, cursor, role, text, password }: AccountFilter & { limit: number; cursor?: string | undefined },
): Promise<Page<StoredAccount>> {
  const after = cursor === undefined ? '' : String(keyIn(cursor, 'string')[0]);
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('username', '>', after)
    .$if(role !== undefined, (query) => query.where('role', '=', role!))
    .$if(text !== undefined, (query) => query.where(namedLike(text!)))
    .$if(password !== undefined, (query) => query.where('disabled', '=', false).where(handedOut))
    .orderBy('username')
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(storedAccountOf), limit, ({ username }) => [username]);
}

const namedLike = (text: string) =>
  sql<boolean>`strpos(lower(concat_ws(' ', username, name, unit_id)), lower(${text})) > 0`;

/** Whoever signed in without a password has none to choose. */
const handedOut = sql<boolean>`not password_chosen and (password_hash is not null or last_sign_in_at is null)`;

/** How many accounts may sign in, and those of them whose password nobody has chosen, by role and user name. */
export async function accountsNotTakenOver({ db }: Database): Promise<{ accounts: number; items: StoredAccount[] }> {
  const enabled = db.selectFrom('accounts').where('disabled', '=', false);
  const [{ accounts }, rows] = await Promise.all([
    enabled.select(({ fn }) => fn.countAll<string>().as('accounts')).executeTakeFirstOrThrow(),
    enabled.selectAll().where(handedOut).orderBy('role').orderBy('username').execute(),
  ]);
  return { accounts: Number(accounts), items: rows.map(storedAccountOf) };
}

export const hasAccounts = async ({ db }: Database): Promise<boolean> =>
  (await db.selectFrom('accounts').select('account_id').limit(1).execute()).length > 0;

/** Whether a unit that is not in the directory has joined an episode at some time. */
export const hasJoined = async ({ db }: Database, unitId: string): Promise<boolean> =>
  (await db.selectFrom('episode_units').select('unit_id').where('unit_id', '=', unitId).limit(1).execute()).length > 0;

/** The version of what an administrator says of it, which changes with its content. */
export const accountVersion = ({ name, role, unitId, disabled }: AccountDetails): string =>
  hashOf({ name, role, disabled, ...(unitId === undefined ? {} : { unitId }) }).slice(0, 32);

/**
 * Sets a person's own new password. The session it was set in goes on, all others are void from the same moment. False
 * when the old password has been replaced meanwhile.
 */
export async function replacePassword(
  { db }: Database,
  { accountId, passwordHash: before }: StoredAccount,
  passwordHash: string,
  sidHash: string,
): Promise<boolean> {
  const row = await db
    .updateTable('accounts')
    .set(({ eb }) => ({
      password_hash: passwordHash,
      password_until: null,
      must_change_password: false,
      password_chosen: true,
      generation: eb('generation', '+', 1),
    }))
    .where('account_id', '=', accountId)
    .where('password_hash', '=', before ?? '')
    .returning('generation')
    .executeTakeFirst();
  if (!row) return false;
  await keepOnly(db, accountId, sidHash, row.generation);
  return true;
}

/** Of an account whose generation was just raised to `generation`: one session goes on, the others end. */
export async function keepOnly(
  db: Database['db'],
  accountId: string,
  sidHash: string,
  generation: number,
): Promise<void> {
  await db.updateTable('sessions').set({ generation }).where('sid_hash', '=', sidHash).execute();
  await db.deleteFrom('sessions').where('account_id', '=', accountId).where('sid_hash', '<>', sidHash).execute();
}

async function findBy(
  { db }: Database,
  column: 'username' | 'account_id',
  value: string,
): Promise<StoredAccount | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where(column, '=', value).executeTakeFirst();
  return row && storedAccountOf(row);
}

export const storedAccountOf = (row: Selectable<Schema['accounts']>): StoredAccount => ({
  accountId: row.account_id,
  username: row.username,
  name: row.name,
  role: row.role,
  ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
  disabled: row.disabled,
  mustChangePassword: row.must_change_password,
  passwordChosen: row.password_chosen,
  ...(row.password_hash === null ? {} : { passwordHash: row.password_hash }),
  ...(row.password_until === null ? {} : { passwordUntil: row.password_until }),
  generation: row.generation,
  ...(row.code_secret === null ? {} : { codeSecret: row.code_secret }),
  ...(row.code_since === null ? {} : { codesSince: row.code_since }),
  ...(row.code_step === null ? {} : { codeStep: row.code_step }),
  recoveryHashes: row.recovery_hashes,
  ...(row.identity === null ? {} : { identity: row.identity }),
  ...(row.last_sign_in_at === null ? {} : { lastSignInAt: row.last_sign_in_at }),
  createdAt: row.created_at.getTime(),
});
