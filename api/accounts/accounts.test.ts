/** Accounts of others, as the administrator keeps them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answered, ONE_HOUR, type TestApp, testApp } from '../testing/app.js';

const ACCOUNTS = '/api/v1/accounts';
const PLAN = '/api/v1/plan';

let app: TestApp;
const lines: string[] = [];
beforeAll(async () => {
  app = await testApp(undefined, { logs: { write: (line) => void lines.push(line) } });
});
afterAll(() => app.close());

let keys = 0;
const byAdministrator = (method: string, path: string, body?: object, headers = {}) =>
  app.ask(method, path, { as: 'administrator', body, headers });
const newAccount = (changes: object = {}) => {
  keys += 1;
  return byAdministrator('POST', ACCOUNTS, { username: `person-${keys}`, name: '王伟', role: 'office', ...changes });
};
const signIn = (username: unknown, password: unknown) =>
  app.ask('POST', '/api/v1/sessions', { body: { username, password } });
const withToken = ({ body }: Answered) => ({ Authorization: `Bearer ${body.token}` });
const pathOf = ({ body }: Answered) => `${ACCOUNTS}/${body.accountId}`;
const chosen = 'Chosen-by-me-7';

/** With a password of its own, signed in. */
async function colleague(changes: object = {}) {
  const made = await newAccount(changes);
  const { username, oneTimePassword } = made.body;
  const headers = withToken(await signIn(username, oneTimePassword));
  const body = { current: oneTimePassword, next: chosen };
  expect((await app.ask('PUT', `${ACCOUNTS}/me/password`, { headers, body })).status).toBe(200);
  return { made, username, headers, path: pathOf(made) };
}

const details = ({ body: { name, role, unitId, disabled } }: Answered, changes: object = {}) => ({
  name,
  role,
  ...(unitId === undefined ? {} : { unitId }),
  disabled,
  ...changes,
});

test('accounts are found by role, by part of a name, and by a password that nobody has chosen', async () => {
  const own = await colleague({ name: '值班室 Qx7' });
  const given = await newAccount({ name: '新人 QX7' });
  const found = async (query: string) => {
    const { body } = await byAdministrator('GET', `${ACCOUNTS}?limit=200&${query}`);
    return (body.items as Array<{ username: string }>).map(({ username }) => username);
  };
  expect(await found('text=qx7')).toEqual([own.username, given.body.username]);
  expect(await found('text=qx7&password=handed-out')).toEqual([given.body.username]);
  expect(await found('text=qx7&role=unit')).toEqual([]);
  expect(await found('text=%25')).toEqual([]);
  expect(own.made.body).toMatchObject({ passwordChosen: false });
  expect((await byAdministrator('GET', own.path)).body).toMatchObject({ passwordChosen: true });
  await byAdministrator('POST', `${own.path}/password-reset`, {});
  expect((await byAdministrator('GET', own.path)).body).toMatchObject({ passwordChosen: false });
});

describe('a new account', () => {
  test('has a one-time password, which is shown once, changed first and ends after 72 hours', async () => {
    const made = await newAccount({ username: 'ｗａｎｇ.wei', role: 'unit', unitId: 'education' });
    expect(made).toMatchObject({
      status: 201,
      body: { username: 'wang.wei', role: 'unit', unitId: 'education', hasPassword: true, mustChangePassword: true },
    });
    expect(Date.parse(String(made.body.passwordUntil))).toBe(app.now() + 72 * ONE_HOUR);
    const { oneTimePassword } = made.body;
    expect((await byAdministrator('GET', pathOf(made))).body).not.toHaveProperty('oneTimePassword');
    const headers = withToken(await signIn('wang.wei', oneTimePassword));
    expect((await app.ask('GET', PLAN, { headers })).body.type).toBe('/problems/password-change-required');
    expect((await app.ask('GET', `${ACCOUNTS}/me`, { headers })).body).toMatchObject({ due: ['password'] });
    await app.pass(72 * ONE_HOUR);
    expect(await signIn('wang.wei', oneTimePassword)).toMatchObject({
      status: 401,
      body: { type: '/problems/password-expired', detail: expect.stringContaining('重新发放') },
    });
  });

  test('the password is in no table and no log, and a repeat of the key shows none', async () => {
    const headers = { 'Idempotency-Key': 'shown-once' };
    const body = { username: 'once', name: '一次', role: 'supervisor' };
    const first = await byAdministrator('POST', ACCOUNTS, body, headers);
    const again = await byAdministrator('POST', ACCOUNTS, body, headers);
    expect(again).toMatchObject({ status: 201, body: { accountId: first.body.accountId } });
    expect(again.body).not.toHaveProperty('oneTimePassword');
    expect((await signIn('once', first.body.oneTimePassword)).status).toBe(201);
    const secret = String(first.body.oneTimePassword);
    expect(lines.join('')).not.toContain(secret);
    const { db } = app.database;
    for (const table of [
      'accounts',
      'account_changes',
      'sign_ins',
      'sessions',
      'idempotency_keys',
      'settings',
    ] as const)
      expect(JSON.stringify(await db.selectFrom(table).selectAll().execute())).not.toContain(secret);
  });

  test.each([
    [{ username: 'office' }, 409, '/problems/username-taken'],
    [{ username: 'a b' }, 400, 'username'],
    [{ role: 'unit' }, 400, 'unitId'],
    [{ role: 'unit', unitId: 'nowhere' }, 400, 'unitId'],
    [{ role: 'office', unitId: 'education' }, 400, 'unitId'],
    [{ name: ' ' }, 400, 'name'],
  ])('%j: %i %s', async (changes, status, fault) => {
    const refused = await newAccount(changes);
    expect(refused.status).toBe(status);
    expect(JSON.stringify(refused.body)).toContain(fault);
  });
});

describe('an update', () => {
  test.each([
    [{ role: 'supervisor' }, 401],
    [{ role: 'unit', unitId: 'education' }, 401],
    [{ disabled: true }, 401],
    [{ name: '李芳' }, 200],
  ])('%j: the sessions answer %i', async (changes, status) => {
    const { made, headers, path } = await colleague();
    const updated = await byAdministrator('PUT', path, details(made, changes));
    expect(updated).toMatchObject({ status: 200, body: changes });
    expect((await app.ask('GET', PLAN, { headers })).status).toBe(status);
  });

  test('a disabled account cannot sign in and is told so, only with its password; enabled, it can', async () => {
    const { made, username, path } = await colleague();
    await byAdministrator('PUT', path, details(made, { disabled: true }));
    expect(await signIn(username, chosen)).toMatchObject({ status: 403, body: { type: '/problems/account-disabled' } });
    expect((await signIn(username, 'Wrong-guess-1')).body.type).toBe('/problems/credentials-wrong');
    await byAdministrator('PUT', path, details(made));
    expect((await signIn(username, chosen)).status).toBe(201);
  });

  test('on a version that somebody else has changed is refused with 412', async () => {
    const made = await newAccount();
    const read = await byAdministrator('GET', pathOf(made));
    const version = { 'If-Match': read.headers.get('ETag')! };
    const put = (name: string) => byAdministrator('PUT', pathOf(made), details(made, { name }), version);
    expect((await put('甲')).status).toBe(200);
    expect(await put('乙')).toMatchObject({ status: 412, body: { type: '/problems/account-changed' } });
  });

  test('nobody changes the own role, disables or resets the own account', async () => {
    const { body: me } = await byAdministrator('GET', `${ACCOUNTS}/me`);
    const path = `${ACCOUNTS}/${me.accountId}`;
    const mine = await byAdministrator('GET', path);
    for (const changes of [{ role: 'office' }, { disabled: true }])
      expect((await byAdministrator('PUT', path, details(mine, changes))).body.type).toBe('/problems/own-account');
    expect((await byAdministrator('POST', `${path}/password-reset`, {})).body.type).toBe('/problems/own-account');
    expect((await byAdministrator('PUT', path, details(mine, { name: '管理员' }))).status).toBe(200);
  });
});

test('a reset gives a one-time password, ends the old one and the sessions', async () => {
  const { username, headers, path } = await colleague();
  const reset = await byAdministrator('POST', `${path}/password-reset`, {});
  expect(reset).toMatchObject({ status: 200, body: { mustChangePassword: true } });
  expect((await app.ask('GET', PLAN, { headers })).status).toBe(401);
  expect((await signIn(username, chosen)).status).toBe(401);
  expect((await signIn(username, reset.body.oneTimePassword)).status).toBe(201);
});

test('sessions are ended at once, also for the other processes', async () => {
  const { headers, path } = await colleague();
  app.restart();
  expect((await app.ask('GET', PLAN, { headers })).status).toBe(200);
  expect((await byAdministrator('POST', `${path}/sessions/revocation`, {})).status).toBe(200);
  expect((await app.ask('GET', PLAN, { headers })).status).toBe(401);
});

test('sign-ins of all accounts: filters hold together, and pages go on', async () => {
  const LIST = '/api/v1/sign-ins';
  const began = app.now();
  const first = await colleague({ name: '登录甲 Qz9' });
  await app.pass(60_000);
  const second = await colleague({ name: '登录乙 qZ9' });
  await signIn(first.username, 'Wrong-guess-1');
  await signIn('nobody-of-this-name', 'Wrong-guess-1');
  const listed = async (query: string) => {
    const { body } = await byAdministrator('GET', `${LIST}?limit=200&${query}`);
    return body.items as Array<{ username: string; outcome: string }>;
  };
  const told = async (query: string) => (await listed(query)).map((one) => [one.username, one.outcome]);
  const [failed, later, earlier] = [
    [first.username, 'password-wrong'],
    [second.username, 'succeeded'],
    [first.username, 'succeeded'],
  ];
  expect(await told('text=QZ9')).toEqual([failed, later, earlier]);
  expect(await listed(`text=${second.username}`)).toMatchObject([
    { accountId: second.made.body.accountId, name: '登录乙 qZ9', way: 'password', address: '127.0.0.*' },
  ]);
  expect(await told('text=qz9&outcome=failed')).toEqual([failed]);
  expect(await told('text=qz9&outcome=succeeded')).toEqual([later, earlier]);
  const at = (moment: number) => encodeURIComponent(new Date(moment).toISOString());
  expect(await told(`text=qz9&from=${at(app.now())}`)).toEqual([failed, later]);
  expect(await told(`text=qz9&from=${at(began)}&to=${at(app.now() - 1)}`)).toEqual([earlier]);
  expect(await told('text=%25')).toEqual([]);
  expect(await told('text=nobody-of-this-name')).toEqual([]);
  const all = await listed('');
  const page = await byAdministrator('GET', `${LIST}?limit=1`);
  const rest = await byAdministrator('GET', `${LIST}?limit=200&cursor=${page.body.nextCursor}`);
  expect([...(page.body.items as object[]), ...(rest.body.items as object[])]).toEqual(all);
});

test('one session is ended, the others go on, and the record says so', async () => {
  const { username, headers, path } = await colleague();
  const other = withToken(await signIn(username, chosen));
  const listed = async () => {
    const { body } = await byAdministrator('GET', `${path}/sessions`);
    return (body.items as Array<{ sessionId: string }>).map(({ sessionId }) => sessionId);
  };
  const { body: own } = await app.ask('GET', `${ACCOUNTS}/me/sessions`, { headers: other });
  const mine = (own.items as Array<{ sessionId: string; current: boolean }>).find(({ current }) => current)!;
  const { current: _, ...seen } = mine;
  expect(await listed()).toHaveLength(2);
  expect((await byAdministrator('GET', `${path}/sessions`)).body.items).toContainEqual(seen);
  const { path: stranger } = await colleague();
  const end = (account: string) => byAdministrator('DELETE', `${account}/sessions/${mine.sessionId}`);
  expect((await end(stranger)).status).toBe(404);
  expect((await end(path)).status).toBe(204);
  expect((await app.ask('GET', PLAN, { headers: other })).status).toBe(401);
  expect((await app.ask('GET', PLAN, { headers })).status).toBe(200);
  expect(await listed()).toHaveLength(1);
  expect((await end(path)).status).toBe(404);
  const kindsOf = async (account: string) => {
    const { body } = await byAdministrator('GET', `${account}/changes`);
    return (body.items as Array<{ kind: string }>).map(({ kind }) => kind);
  };
  expect(await kindsOf(path)).toEqual(['session-ended', 'password-changed', 'created']);
  expect(await kindsOf(stranger)).not.toContain('session-ended');
});

test('of the own account the session that asks is marked', async () => {
  const { body: me } = await byAdministrator('GET', `${ACCOUNTS}/me`);
  const { body } = await byAdministrator('GET', `${ACCOUNTS}/${me.accountId}/sessions`);
  expect((body.items as Array<{ current?: boolean }>).filter(({ current }) => current)).toHaveLength(1);
});

test('who did what to an account, the newest first, and how it signed in', async () => {
  const { made, username, path } = await colleague();
  await signIn(username, 'Wrong-guess-1');
  await byAdministrator('PUT', path, details(made, { name: '李芳', role: 'supervisor' }));
  await byAdministrator('POST', `${path}/sessions/revocation`, {});
  await byAdministrator('POST', `${path}/password-reset`, {});
  const { body } = await byAdministrator('GET', `${path}/changes`);
  const items = body.items as Array<{ kind: string; by: { accountId: string; name: string }; fields: object[] }>;
  expect(items.map(({ kind }) => kind)).toEqual([
    'password-issued',
    'sessions-ended',
    'changed',
    'password-changed',
    'created',
  ]);
  expect(items[0]!.by).toMatchObject({ name: expect.stringMatching(/管理员/) });
  expect(items[2]!.fields).toEqual([
    { field: 'name', from: '王伟', to: '李芳' },
    { field: 'role', from: 'office', to: 'supervisor' },
  ]);
  expect(items[3]!.by.accountId).toBe(made.body.accountId);
  const signIns = await byAdministrator('GET', `${path}/sign-ins?limit=1`);
  expect(signIns.body.items).toMatchObject([{ outcome: 'password-wrong', way: 'password', address: '127.0.0.*' }]);
  const next = await byAdministrator('GET', `${path}/sign-ins?cursor=${signIns.body.nextCursor}`);
  expect(next.body.items).toMatchObject([{ outcome: 'succeeded' }]);
  expect((await byAdministrator('GET', path)).body).toHaveProperty('lastSignInAt');
});

test('the list has every account in pages', async () => {
  const names: unknown[] = [];
  let cursor = '';
  do {
    const { body } = await byAdministrator('GET', `${ACCOUNTS}?limit=10${cursor}`);
    names.push(...(body.items as Array<{ username: string }>).map(({ username }) => username));
    cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor !== '');
  expect(names).toEqual(expect.arrayContaining(app.accounts.map(({ username }) => username)));
  expect(new Set(names).size).toBe(names.length);
});
