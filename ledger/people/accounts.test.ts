/** Accounts, their sign-ins and sessions, on both databases. */
import { expect, test } from '@jest/globals';
import { Cookie, type SessionData } from 'express-session';
import { sql } from 'kysely';
import { onBothDatabases } from '../testing/databases.js';
import { addAccount, revokeSessions, updateAccount } from './account-changes.js';
import {
  createAccounts,
  findAccount,
  findAccountByUsername,
  giveAccount,
  listAccounts,
  replacePassword,
} from './accounts.js';
import { listExports, recordExport } from './exports.js';
import { SessionStore, sessionIdOf } from './sessions.js';
import { createSignInHistory } from './sign-ins.js';

const HOUR = 3_600_000;
const office = {
  username: 'office',
  name: '办公室',
  role: 'office' as const,
  mustChangePassword: false,
  passwordHash: 'x',
};

onBothDatabases('accounts', (database) => {
  const unit = { ...office, username: 'education', role: 'unit' as const, unitId: 'education' };
  const all = async () => (await listAccounts(database(), { limit: 50 })).items;

  test('are found by name and by id, and listed by name in pages', async () => {
    const [first, second] = await createAccounts(database(), [office, unit]);
    expect(first).toMatchObject({ ...office, disabled: false, accountId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await findAccountByUsername(database(), 'education')).toEqual(second);
    expect(await findAccount(database(), first!.accountId)).toEqual(first);
    expect(await findAccount(database(), 'unknown')).toBeUndefined();
    expect((await all()).map(({ username }) => username)).toEqual(['education', 'office']);
    const { items, nextCursor } = await listAccounts(database(), { limit: 1 });
    expect(items).toEqual([second]);
    expect(await listAccounts(database(), { limit: 1, cursor: nextCursor })).toEqual({ items: [first] });
  });

  test('a name is given once; where one of several is taken, none is made', async () => {
    await createAccounts(database(), [office]);
    await expect(createAccounts(database(), [unit, office])).rejects.toMatchObject({ name: 'UsernameTaken' });
    expect(await all()).toHaveLength(1);
  });

  test('only a unit’s account has a unit', async () => {
    await expect(createAccounts(database(), [{ ...office, unitId: 'education' }])).rejects.toThrow();
    await expect(createAccounts(database(), [{ ...office, role: 'unit' }])).rejects.toThrow();
  });

  test('a unit is given one once, without a password', async () => {
    const ecology = { unitId: 'ecology', name: '生态环境局' };
    await Promise.all([giveAccount(database(), ecology), giveAccount(database(), ecology)]);
    expect(await all()).toMatchObject([{ username: 'ecology', name: '生态环境局', role: 'unit', unitId: 'ecology' }]);
    expect((await all())[0]).not.toHaveProperty('passwordHash');
  });

  test('of two administrators that disable each other at once, one stays', async () => {
    const administrator = { ...office, role: 'administrator' as const };
    const [one, other] = await createAccounts(
      database(),
      ['one', 'other'].map((username) => ({ ...administrator, username })),
    );
    const disable = (whom: string, by: string) =>
      updateAccount(database(), whom, { ...administrator, disabled: true }, { by, at: 1 });
    const ids = [one!.accountId, other!.accountId] as const;
    const outcomes = await Promise.all([disable(ids[0], ids[1]), disable(ids[1], ids[0])]);
    expect(outcomes.sort()).toEqual(['last-administrator', 'updated']);
  });

  test('the record of changes is neither changed nor removed', async () => {
    await addAccount(database(), { ...office, accountId: 'a1' }, { by: 'a0', at: 1 });
    for (const statement of ['update account_changes set by = $$b$$', 'delete from account_changes'])
      await expect(sql.raw(statement).execute(database().db)).rejects.toThrow('never changed or removed');
  });
});

onBothDatabases('sign-ins', (database) => {
  const HALF_A_YEAR = 184 * 24 * HOUR;
  const one = { outcome: 'succeeded', way: 'password', address: '203.0.113.*', device: 'Edge（Windows）' } as const;

  test('are kept for half a year, a thousand of failed ones, and failures push out no success', async () => {
    await createAccounts(database(), [{ ...office, accountId: 'a1' }]);
    const history = createSignInHistory(database());
    await history.record('a1', { ...one, at: 1 });
    await sql`insert into sign_ins (account_id, at, outcome, way, address, device)
      select 'a1', 2, 'password-wrong', 'password', '', '' from generate_series(1, 1200)`.execute(database().db);
    const ofTheFirst = async () => {
      const rows = await database().db.selectFrom('sign_ins').select('at').execute();
      return rows.filter(({ at }) => at < 10).length;
    };
    await history.record('a1', { ...one, at: HALF_A_YEAR });
    expect(await ofTheFirst()).toBe(1001);
    const later = HALF_A_YEAR + HOUR + 10;
    await history.record('a1', { ...one, at: later });
    expect(await ofTheFirst()).toBe(0);
    const whose = { accountId: 'a1', username: office.username, name: office.name };
    const { items, nextCursor } = await history.page({ accountId: 'a1', limit: 1 });
    expect(items).toEqual([{ ...whose, ...one, at: later }]);
    const next = await history.page({ accountId: 'a1', limit: 1, cursor: nextCursor });
    expect(next.items).toEqual([{ ...whose, ...one, at: HALF_A_YEAR }]);
    expect(await findAccount(database(), 'a1')).toMatchObject({ lastSignInAt: later });
  });
});

onBothDatabases('exports', (database) => {
  const from = { address: '203.0.113.*', device: 'Edge（Windows）' };
  const taken = { at: 1, accountId: 'a1', role: 'office' as const, name: '台账.xlsx', path: '/ledger.xlsx', ...from };

  test('are neither changed nor removed', async () => {
    await recordExport(database(), taken);
    for (const statement of ['update exports set name = $$b$$', 'delete from exports', 'truncate exports'])
      await expect(sql.raw(statement).execute(database().db)).rejects.toThrow('never changed or removed');
    expect(await listExports(database(), { limit: 1 })).toEqual({ items: [{ ...taken, byProgram: false }] });
  });

  test('of a list once since a moment, of the same account alone', async () => {
    await recordExport(database(), taken, 1);
    await recordExport(database(), { ...taken, at: 5 }, 1);
    await recordExport(database(), { ...taken, at: 5, accountId: 'a2' }, 1);
    await recordExport(database(), { ...taken, at: 6 }, 2);
    const { items } = await listExports(database(), { limit: 9 });
    expect(items.map(({ at, accountId }) => [at, accountId])).toEqual([
      [6, 'a1'],
      [5, 'a2'],
      [1, 'a1'],
    ]);
  });
});

onBothDatabases('sessions', (database) => {
  const sessionUntil = (expires: number, accountId = 'a1', generation = 0): SessionData => {
    const cookie = new Cookie();
    cookie.expires = new Date(expires);
    return { cookie, account: { accountId }, generation } as unknown as SessionData;
  };
  const accounts = () =>
    createAccounts(
      database(),
      ['a1', 'a2'].map((accountId) => ({ ...office, accountId, username: accountId })),
    );
  const done = <T>(run: (callback: (error: unknown, value?: T) => void) => void): Promise<T | undefined> =>
    new Promise((resolve, reject) => run((error, value) => (error ? reject(error) : resolve(value))));
  const set = (store: SessionStore, sid: string, session: SessionData) =>
    done<void>((cb) => store.set(sid, session, cb));
  const get = (store: SessionStore, sid: string) => done<SessionData | null>((cb) => store.get(sid, cb));

  test('hold for every process, until they end or are ended', async () => {
    await accounts();
    const [one, other] = [new SessionStore(database()), new SessionStore(database())];
    await set(one, 's1', sessionUntil(Date.now() + HOUR));
    await set(one, 'ended', sessionUntil(Date.now() - 1));
    expect(await get(other, 's1')).toMatchObject({ account: { accountId: 'a1' } });
    expect(await get(other, 'ended')).toBeNull();
    expect(await get(other, 'unknown')).toBeNull();
    await done<void>((cb) => other.destroy('s1', cb));
    expect(await get(one, 's1')).toBeNull();
  });

  test('use moves the end', async () => {
    const store = new SessionStore(database());
    await set(store, 's1', sessionUntil(Date.now() + HOUR));
    const later = Date.now() + 2 * HOUR;
    await done<void>((cb) => store.touch('s1', sessionUntil(later), cb));
    const { expires_at } = await database().db.selectFrom('sessions').select('expires_at').executeTakeFirstOrThrow();
    expect(expires_at.getTime()).toBe(later);
  });

  test('the id itself is not in the database', async () => {
    await set(new SessionStore(database()), 'secret-id', sessionUntil(Date.now() + HOUR));
    const rows = await database().db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('secret-id');
  });

  test('a new password leaves an account the one session it was set in', async () => {
    const [account] = await accounts();
    const store = new SessionStore(database());
    for (const sid of ['s1', 's2']) await set(store, sid, sessionUntil(Date.now() + HOUR));
    await set(store, 's3', sessionUntil(Date.now() + HOUR, 'a2'));
    expect(await replacePassword(database(), account!, 'y', sessionIdOf('s2'))).toBe(true);
    const isOpen = async (sid: string) => (await get(store, sid)) !== null;
    expect(await Promise.all(['s1', 's2', 's3'].map(isOpen))).toEqual([false, true, true]);
    expect(await replacePassword(database(), account!, 'z', sessionIdOf('s2'))).toBe(false);
  });

  test('have the role that their account has by now, and are void when it is disabled', async () => {
    await accounts();
    const store = new SessionStore(database());
    await set(store, 's1', sessionUntil(Date.now() + HOUR));
    await database().db.updateTable('accounts').set({ role: 'supervisor' }).execute();
    expect(await get(store, 's1')).toMatchObject({ account: { role: 'supervisor' } });
    await database().db.updateTable('accounts').set({ disabled: true }).execute();
    expect(await get(store, 's1')).toBeNull();
  });

  test('one that is opened while those of its account are ended is void', async () => {
    await accounts();
    const store = new SessionStore(database());
    await revokeSessions(database(), 'a1', { by: 'a2', at: 1 });
    await set(store, 's1', sessionUntil(Date.now() + HOUR));
    expect(await get(store, 's1')).toBeNull();
    await set(store, 's1', sessionUntil(Date.now() + HOUR, 'a1', 1));
    expect(await get(store, 's1')).not.toBeNull();
  });
});
