import { randomUUID } from 'node:crypto';
import { createAccount, hasAccounts } from '../ledger/accounts.js';
import type { Database } from '../ledger/database.js';
import type { Edition } from '../plan/edition.js';
import type { AccountRole } from './account.js';
import { hashPassword, randomPassword } from './passwords.js';

/** A line of `first-accounts.csv`; no field needs quotes. */
export interface FirstAccount {
  username: string;
  password: string;
  role: AccountRole;
  unitId: string;
}

/**
 * Makes one account for each role and one for each unit where there is none yet, and returns what is to be handed out;
 * the passwords are nowhere else. `undefined` when there were accounts.
 */
export async function createFirstAccounts(database: Database, edition: Edition): Promise<FirstAccount[] | undefined> {
  if (await hasAccounts(database)) return undefined;
  const rows = [
    ...(['office', 'supervisor', 'administrator'] as const).map((role) => newAccount(role, role, '')),
    ...edition.units.map(({ unitId }) => newAccount(unitId, 'unit', unitId)),
  ];
  for (const { username, password, role, unitId } of rows) {
    await createAccount(database, {
      accountId: randomUUID(),
      username,
      passwordHash: await hashPassword(password),
      role,
      ...(unitId === '' ? {} : { unitId }),
      mustChangePassword: false,
    });
  }
  return rows;
}

const newAccount = (username: string, role: AccountRole, unitId: string): FirstAccount => ({
  username,
  password: randomPassword(),
  role,
  unitId,
});
