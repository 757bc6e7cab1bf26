/** Accounts of people whom an identity provider knows: made at their first sign-in, and brought up to date at each. */
import { createHash } from 'node:crypto';
import type { Database } from '../database.js';
import { record, revokeSessions, updateAccount } from './account-changes.js';
import type { AccountDetails } from './account-types.js';
import { createAccounts, type StoredAccount, storedAccountOf, UsernameTaken } from './accounts.js';
import { sessionsOf } from './sessions.js';

/** By whom the record of changes says it was. */
const BY = 'oidc';

/** What the provider says of a person. */
export interface Identity extends Omit<AccountDetails, 'disabled'> {
  /** The provider and its own id of the person, which it gives to nobody else. */
  identity: string;
  username: string;
}

/** `last-administrator`: the provider takes the role from the only administrator who has a way in. */
export async function accountOfIdentity(
  database: Database,
  { identity, username, ...details }: Identity,
  at: number,
): Promise<StoredAccount | 'last-administrator'> {
  const found =
    (await findIdentity(database, identity)) ?? (await make(database, { identity, username, ...details }, at));
  if (found.disabled) return found;
  const outcome = await updateAccount(database, found.accountId, { ...details, disabled: false }, { by: BY, at });
  if (outcome === 'last-administrator') return outcome;
  return (await findIdentity(database, identity))!;
}

/** Whoever has no role at the provider any more has no session here. */
export async function endIdentity(database: Database, identity: string, at: number): Promise<void> {
  const found = await findIdentity(database, identity);
  if (!found || (await sessionsOf(database, found.accountId)).length === 0) return;
  await revokeSessions(database, found.accountId, { by: BY, at });
}

async function findIdentity({ db }: Database, identity: string): Promise<StoredAccount | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('identity', '=', identity).executeTakeFirst();
  return row && storedAccountOf(row);
}

/** Never an account that is there: whoever names himself `office` at the provider must not become the office. */
async function make(database: Database, given: Identity, at: number): Promise<StoredAccount> {
  const id = createHash('sha256').update(given.identity).digest('hex');
  const make = (username: string): Promise<StoredAccount | undefined> =>
    database.db.transaction().execute(async (db) => {
      // The same id for the same person: of two first sign-ins at once one makes the account.
      const account = { ...given, accountId: id, username, mustChangePassword: false };
      const [made] = await createAccounts({ ...database, db }, [account]);
      if (made) await record(db, id, { by: BY, at }, 'created');
      return made;
    });
  const made = await make(given.username).catch((error: unknown) => {
    if (!(error instanceof UsernameTaken)) throw error;
    return make(`${given.username}-${id.slice(0, 6)}`);
  });
  return made ?? (await findIdentity(database, given.identity))!;
}
