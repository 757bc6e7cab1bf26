/** What somebody does to an account, each with its record. */
import { type Kysely, sql } from 'kysely';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';
import type { AccountChangeKind, AccountDetails, ChangedFields } from './account-types.js';
import { accountVersion, createAccounts, type NewAccount, type StoredAccount, storedAccountOf } from './accounts.js';
import { endSession } from './sessions.js';

export interface AccountChange {
  at: number;
  /** The account that did it, and its present name if it is one of this installation's. */
  by: string;
  byName?: string;
  kind: AccountChangeKind;
  fields: ChangedFields;
}

/** Who acts, and when. */
export interface Act {
  by: string;
  at: number;
}

/** False when the id is known: a repeat of work that was cut off, whose password nobody has seen. Throws `UsernameTaken`. */
export const addAccount = (database: Database, account: NewAccount, act: Act): Promise<boolean> =>
  database.db.transaction().execute(async (db) => {
    const [made] = await createAccounts({ ...database, db }, [account]);
    if (made) await record(db, made.accountId, act, 'created');
    return made !== undefined;
  });

export type UpdateOutcome = 'updated' | 'changed-meanwhile' | 'last-administrator';

/**
 * Replaces what an administrator says of an account. Another role or unit, and disabling, end its sessions at once. The
 * last administrator who has a password keeps role and access. `basis`: the version that the caller has read.
 */
export const updateAccount = (
  database: Database,
  accountId: string,
  next: AccountDetails,
  act: Act & { basis?: string | undefined },
): Promise<UpdateOutcome> =>
  database.db.transaction().execute(async (db) => {
    // One change at a time, so that two administrators cannot disable each other at once.
    await sql`select pg_advisory_xact_lock(hashtext('qingkong accounts'))`.execute(db);
    const before = await theAccount(db, accountId);
    if (act.basis !== undefined && act.basis !== accountVersion(before)) return 'changed-meanwhile';
    if (isWayIn(before) && !administers(next) && !(await hasOtherAdministrator(db, accountId)))
      return 'last-administrator';
    const fields = differences(before, next);
    if (Object.keys(fields).length === 0) return 'updated';
    const endsSessions = 'role' in fields || 'unitId' in fields || next.disabled;
    await db
      .updateTable('accounts')
      .set({ name: next.name, role: next.role, unit_id: next.unitId ?? null, disabled: next.disabled })
      .where('account_id', '=', accountId)
      .execute();
    if (endsSessions) await endAll(db, accountId);
    await record(db, accountId, act, 'changed', fields);
    return 'updated';
  });

/** With the identity provider away, whoever has a password is the only one to get in. */
const isWayIn = (account: StoredAccount): boolean => administers(account) && account.passwordHash !== undefined;

const administers = ({ role, disabled }: AccountDetails): boolean => role === 'administrator' && !disabled;

async function hasOtherAdministrator(db: Kysely<Schema>, accountId: string): Promise<boolean> {
  const others = await db
    .selectFrom('accounts')
    .select('account_id')
    .where('role', '=', 'administrator')
    .where('disabled', '=', false)
    .where('password_hash', 'is not', null)
    .where('account_id', '<>', accountId)
    .limit(1)
    .execute();
  return others.length > 0;
}

function differences(before: AccountDetails, next: AccountDetails): ChangedFields {
  const names = ['name', 'role', 'unitId', 'disabled'] as const;
  const changed = names.filter((name) => before[name] !== next[name]);
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: next[name] }]));
}

/** Gives an account a password that must be changed at the first sign-in, until `until`. Ends its sessions. */
export const issuePassword = (
  database: Database,
  accountId: string,
  { passwordHash, until }: { passwordHash: string; until: number },
  act: Act,
): Promise<void> =>
  database.db.transaction().execute(async (db) => {
    await db
      .updateTable('accounts')
      .set({ password_hash: passwordHash, password_until: until, must_change_password: true, password_chosen: false })
      .where('account_id', '=', accountId)
      .execute();
    await endAll(db, accountId);
    await record(db, accountId, act, 'password-issued');
  });

export const revokeSessions = (database: Database, accountId: string, act: Act): Promise<void> =>
  database.db.transaction().execute(async (db) => {
    await endAll(db, accountId);
    await record(db, accountId, act, 'sessions-ended');
  });

/** Ends one session of an account by somebody else. False when it has none with this id. */
export const endSessionOf = (database: Database, accountId: string, sessionId: string, act: Act): Promise<boolean> =>
  database.db.transaction().execute(async (db) => {
    const isEnded = await endSession({ ...database, db }, accountId, sessionId);
    if (isEnded) await record(db, accountId, act, 'session-ended');
    return isEnded;
  });

/** The newest first. */
export async function changesOf(
  { db }: Database,
  accountId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<AccountChange>> {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(keyIn(cursor, 'number')[0]);
  const rows = await db
    .selectFrom('account_changes as c')
    .leftJoin('accounts as a', 'a.account_id', 'c.by')
    .select(['c.seq', 'c.at', 'c.by', 'a.name as byName', 'c.kind', 'c.fields'])
    .where('c.account_id', '=', accountId)
    .where(sql<boolean>`c.seq < ${before}::bigint`)
    .orderBy('c.seq', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, ...rest } = pageOf(rows, limit, ({ seq }) => [seq]);
  return {
    ...rest,
    items: items.map(({ at, by, byName, kind, fields }) => ({
      at,
      by,
      ...(byName === null ? {} : { byName }),
      kind,
      fields,
    })),
  };
}

/** A session that is being opened at this moment is of the generation before, and void. */
export async function endAll(db: Kysely<Schema>, accountId: string): Promise<void> {
  await db
    .updateTable('accounts')
    .set(({ eb }) => ({ generation: eb('generation', '+', 1) }))
    .where('account_id', '=', accountId)
    .execute();
  await db.deleteFrom('sessions').where('account_id', '=', accountId).execute();
}

export async function record(
  db: Kysely<Schema>,
  accountId: string,
  { by, at }: Act,
  kind: AccountChangeKind,
  fields: ChangedFields = {},
): Promise<void> {
  const row = { account_id: accountId, at, by, kind, fields: JSON.stringify(fields) };
  await db.insertInto('account_changes').values(row).execute();
}

async function theAccount(db: Kysely<Schema>, accountId: string): Promise<StoredAccount> {
  const row = await db.selectFrom('accounts').selectAll().where('account_id', '=', accountId).executeTakeFirstOrThrow();
  return storedAccountOf(row);
}
