import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createFirstAccounts } from '../api/auth/first-accounts.js';
import { isPassword } from '../api/auth/passwords.js';
import { type DatabaseLocation, openDatabase } from '../ledger/database.js';
import { changesOf } from '../ledger/people/account-changes.js';
import { findAccountByUsername } from '../ledger/people/accounts.js';
import { beginCodes, confirmCodes } from '../ledger/people/one-time-codes.js';
import { newDatabaseOnServer } from '../ledger/testing/databases.js';
import { loadEditionById } from '../plan/edition/edition.js';
import { ownDataFolder } from '../platform/data-folder.js';
import { issueByCommand } from './issue-by-command.js';

const data = mkdtempSync(path.join(tmpdir(), 'qingkong-reset-'));
const embedded = { folder: path.join(data, 'database') };
let server: { url: string };

const withDatabase = async <T>(
  location: DatabaseLocation,
  work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
) => {
  const database = await openDatabase(location);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};

beforeAll(async () => {
  server = await newDatabaseOnServer();
  for (const location of [embedded, server])
    await withDatabase(location, (database) => createFirstAccounts(database, loadEditionById('shuimogou-2025')));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

test.each([
  ['embedded', (): DatabaseLocation => embedded, () => ({ QINGKONG_DATA: data })],
  ['on a server', (): DatabaseLocation => server, () => ({ QINGKONG_DATA: data, DATABASE_URL: server.url })],
])('%s: the only administrator gets a password that must be changed', async (_where, location, env) => {
  const lines = await issueByCommand('administrator', env());
  const password = /一次性密码：(\S+)/.exec(lines.join('\n'))?.[1] ?? '';
  await withDatabase(location(), async (database) => {
    const account = (await findAccountByUsername(database, 'administrator'))!;
    expect(account.mustChangePassword).toBe(true);
    expect(await isPassword(account.passwordHash!, password)).toBe(true);
    const { items } = await changesOf(database, account.accountId, { limit: 5 });
    expect(items).toMatchObject([{ kind: 'password-issued', by: 'command' }]);
  });
});

test('one-time codes go with the password: nobody may be left to take them away', async () => {
  await withDatabase(embedded, async (database) => {
    const { accountId } = (await findAccountByUsername(database, 'office'))!;
    await beginCodes(database, accountId, 'sealed');
    const confirmed = { sealed: 'sealed', step: 1, recoveryHashes: ['h'], sidHash: '' };
    await confirmCodes(database, accountId, confirmed, { by: accountId, at: 1 });
  });
  expect(await issueByCommand('office', { QINGKONG_DATA: data })).toEqual([
    ...[expect.any(String), expect.any(String), expect.any(String)],
    expect.stringContaining('一次性验证码和恢复码也已停用'),
  ]);
  await withDatabase(embedded, async (database) => {
    const account = (await findAccountByUsername(database, 'office'))!;
    expect(account).toMatchObject({ recoveryHashes: [] });
    expect(account.codesSince).toBeUndefined();
  });
});

test('refuses in one line: no name, an unknown one, and while the program runs', async () => {
  const env = { QINGKONG_DATA: data };
  await expect(issueByCommand(undefined, env)).rejects.toThrow('请写明用户名');
  await expect(issueByCommand('nobody', env)).rejects.toThrow('“nobody”');
  const running = ownDataFolder(data);
  await expect(issueByCommand('administrator', env)).rejects.toThrow(`进程号 ${process.pid}`);
  running.release();
  await expect(issueByCommand('administrator', env)).resolves.toHaveLength(3);
});
