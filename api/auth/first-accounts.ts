import type { Database } from '../../ledger/database.js';
import { createAccounts, hasAccounts, UsernameTaken } from '../../ledger/people/accounts.js';
import type { Edition } from '../../plan/edition/edition.js';
import type { AccountRole } from './account.js';
import { hashPassword, randomPassword } from './passwords.js';

/** A line of `first-accounts.csv`; no field needs quotes. Of roles other than `unit`, `unitId` is empty. */
export interface FirstAccount {
  username: string;
  password: string;
  role: AccountRole;
  unitId: string;
}

/**
 * Makes one account for each role and each unit, all or none, and returns them. The passwords are stored nowhere else.
 * `undefined` when accounts exist, also when another process has just made them. `handOut` runs before the commit: a
 * process that dies in between leaves a file without accounts, which the next start replaces, and never accounts whose
 * passwords nobody knows.
 */
export async function createFirstAccounts(
  database: Database,
  edition: Edition,
  handOut: (rows: FirstAccount[]) => void = () => {},
  hash = hashPassword,
): Promise<FirstAccount[] | undefined> {
  if (await hasAccounts(database)) return undefined;
  const { office, supervisor } = edition.plan.bodies;
  const names: Partial<Record<AccountRole, string>> = {
    office: office.name,
    supervisor: supervisor.name,
    administrator: '系统管理员',
  };
  const rows = [
    ...(['office', 'supervisor', 'administrator'] as const).map((role) => firstAccount(role, role, '')),
    ...edition.units.map(({ unitId }) => firstAccount(unitId, 'unit', unitId)),
  ];
  const accounts = await Promise.all(
    rows.map(async ({ username, password, role, unitId }) => ({
      username,
      name: names[role] ?? edition.units.find((unit) => unit.unitId === unitId)!.name,
      passwordHash: await hash(password),
      role,
      ...(unitId === '' ? {} : { unitId }),
      mustChangePassword: false,
    })),
  );
  try {
    await database.db.transaction().execute(async (trx) => {
      await createAccounts({ ...database, db: trx }, accounts);
      handOut(rows);
    });
  } catch (error) {
    if (error instanceof UsernameTaken) return undefined;
    throw error;
  }
  return rows;
}

const firstAccount = (username: string, role: AccountRole, unitId: string): FirstAccount => ({
  username,
  password: randomPassword(),
  role,
  unitId,
});
