import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../ledger/database.js';
import { findAccountByUsername } from '../../ledger/people/accounts.js';
import { newDatabaseOnServer } from '../../ledger/testing/databases.js';
import { openInMemory } from '../../ledger/testing/in-memory.js';
import { loadEditionById } from '../../plan/edition/edition.js';
import { createFirstAccounts, type FirstAccount } from './first-accounts.js';
import { isPassword } from './passwords.js';

const edition = loadEditionById('shuimogou-2025');
let database: Database;
let rows: FirstAccount[] = [];
beforeAll(async () => {
  database = await openInMemory();
  rows = (await createFirstAccounts(database, edition)) ?? [];
});
afterAll(() => database.close());

test('one account for each role and one for each unit, able to act at once', async () => {
  expect(rows.map(({ username, role, unitId }) => [username, role, unitId])).toEqual([
    ['office', 'office', ''],
    ['supervisor', 'supervisor', ''],
    ['administrator', 'administrator', ''],
    ...edition.units.map(({ unitId }) => [unitId, 'unit', unitId]),
  ]);
  const account = await findAccountByUsername(database, 'education');
  expect(account).toMatchObject({ role: 'unit', unitId: 'education', mustChangePassword: false });
  const password = rows.find(({ username }) => username === 'education')?.password ?? '';
  expect(await isPassword(account?.passwordHash ?? '', password)).toBe(true);
});

test('are not added where accounts exist', async () => {
  expect(await createFirstAccounts(database, edition)).toBeUndefined();
});

test('no field needs quotes', () => {
  for (const row of rows) expect(Object.values(row).join()).not.toMatch(/["\n\r]|,.*,.*,.*,/);
});

test('the passwords are handed out before the accounts are made', async () => {
  const empty = await openInMemory();
  const dies = () => {
    throw new Error('killed while writing the file');
  };
  await expect(createFirstAccounts(empty, edition, dies)).rejects.toThrow('killed');
  expect(await createFirstAccounts(empty, edition)).toHaveLength(edition.units.length + 3);
  await empty.close();
});

test('one of several processes that make them at once hands them out, with the right passwords', async () => {
  const location = await newDatabaseOnServer();
  const databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase(location)));
  const handedOut: FirstAccount[][] = [];
  const made = await Promise.all(
    databases.map((one) => createFirstAccounts(one, edition, (accounts) => handedOut.push(accounts))),
  );
  expect(handedOut).toEqual(made.filter((accounts) => accounts !== undefined));
  expect(handedOut).toHaveLength(1);
  const stored = await findAccountByUsername(databases[0]!, 'office');
  const { password } = handedOut[0]!.find(({ username }) => username === 'office')!;
  expect(await isPassword(stored!.passwordHash ?? '', password)).toBe(true);
  await Promise.all(databases.map((one) => one.close()));
});
