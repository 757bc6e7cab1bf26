/** Tokens by which programs act. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const TOKENS = '/api/v1/tokens';
let app: TestApp;
let episode = '';
beforeAll(async () => {
  ({ app, path: episode } = await appInEpisode());
});
afterAll(() => app.close());

const inHours = (hours: number) => new Date(app.now() + hours * ONE_HOUR).toISOString();
const issue = (changes: object = {}, headers = {}) =>
  app.ask('POST', TOKENS, {
    as: 'administrator',
    body: { name: '数据平台', role: 'office', scope: 'act', expiresAt: inHours(24), ...changes },
    headers,
  });
const by = (token: unknown) => ({ Authorization: `Bearer ${token}` });
const board = (token: unknown) => app.ask('GET', `${episode}/board`, { headers: by(token) });

test('is shown once, kept as its hash, and looks like one', async () => {
  const key = { 'Idempotency-Key': 'one-token' };
  const expiresAt = inHours(1);
  const first = await issue({ expiresAt }, key);
  expect(first).toMatchObject({ status: 201, body: { token: expect.stringMatching(/^qk_[0-9a-f]{48}$/) } });
  const again = await issue({ expiresAt }, key);
  expect(again).toMatchObject({ status: 201, body: { tokenId: first.body.tokenId } });
  expect(again.body).not.toHaveProperty('token');
  for (const table of ['tokens', 'idempotency_keys'] as const)
    expect(JSON.stringify(await app.database.db.selectFrom(table).selectAll().execute())).not.toContain(
      String(first.body.token),
    );
});

test('acts as its role, and what it enters names it', async () => {
  const { body } = await issue({ role: 'unit', unitId: 'education' });
  const report = (unit: string) =>
    app.ask('POST', `${episode}/units/${unit}/implementation-reports`, {
      headers: by(body.token),
      body: { text: '好' },
    });
  expect((await report('health')).status).toBe(403);
  expect((await report('education')).status).toBe(200);
  const history = await app.ask('GET', `${episode}/history?unitId=education&limit=200`, { as: 'office' });
  const entry = (history.body.items as Array<{ kind: string }>).find(({ kind }) => kind === 'implementation.reported');
  expect(entry).toMatchObject({ actor: { accountId: body.tokenId, role: 'unit' } });
  const listed = await app.ask('GET', TOKENS, { as: 'administrator' });
  const mine = (listed.body.items as Array<{ tokenId: string }>).find(({ tokenId }) => tokenId === body.tokenId);
  expect(mine).toHaveProperty('lastUsedAt');
});

test('one that only reads writes nothing', async () => {
  const { body } = await issue({ scope: 'read' });
  expect((await board(body.token)).status).toBe(200);
  const evaluation = { headers: by(body.token), body: { text: '评估' } };
  expect(await app.ask('POST', `${episode}/evaluations`, evaluation)).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('只能读取') },
  });
});

test('is void at once when it is revoked, also for the other processes, and when it ends', async () => {
  const { body } = await issue({ expiresAt: inHours(2) });
  const short = await issue({ expiresAt: inHours(1) });
  app.restart();
  expect((await board(body.token)).status).toBe(200);
  const revoke = () => app.ask('DELETE', `${TOKENS}/${body.tokenId}`, { as: 'administrator' });
  expect((await revoke()).status).toBe(204);
  expect((await board(body.token)).status).toBe(401);
  expect((await revoke()).status).toBe(204);
  expect((await board(short.body.token)).status).toBe(200);
  await app.pass(ONE_HOUR);
  expect((await board(short.body.token)).status).toBe(401);
});

test('is no way to accounts, tokens or sessions', async () => {
  const { body } = await issue({ role: 'administrator' });
  const ask = (method: string, path: string, content?: object) =>
    app.ask(method, `/api/v1${path}`, { headers: by(body.token), body: content });
  expect((await ask('GET', '/units/education/contacts')).status).toBe(200);
  expect((await ask('GET', '/sessions/current')).body).toMatchObject({ accountId: body.tokenId });
  for (const [method, path, content] of [
    ['GET', '/accounts'],
    ['GET', '/accounts/me'],
    ['POST', '/tokens', {}],
    ['DELETE', '/sessions/current'],
    ['PUT', '/accounts/me/password', {}],
  ] as const)
    expect((await ask(method, path, content)).status).toBe(403);
});

test('is no session: a cookie beside it counts for nothing, and a person may sign in beside it', async () => {
  const { username, password } = app.accounts.find((account) => account.username === 'office')!;
  const signedIn = await app.ask('POST', '/api/v1/sessions', { headers: by('qk_none'), body: { username, password } });
  expect(signedIn.status).toBe(201);
  expect(signedIn.headers.get('Set-Cookie')).toBeNull();
  const Cookie = `qingkong=${encodeURIComponent(String(signedIn.body.token))}`;
  expect((await app.ask('GET', `${episode}/board`, { headers: { Cookie } })).status).toBe(200);
  expect((await app.ask('GET', `${episode}/board`, { headers: { Cookie, ...by('qk_none') } })).status).toBe(401);
});

test.each([
  [{ expiresAt: '2027-01-13T00:00:00+08:00' }, 'expiresAt'],
  [{ expiresAt: '2026-01-01T00:00:00+08:00' }, 'expiresAt'],
  [{ role: 'unit' }, 'unitId'],
  [{ role: 'unit', unitId: 'nowhere' }, 'unitId'],
  [{ scope: 'all' }, 'scope'],
])('%j is refused by %s', async (changes, field) => {
  expect(await issue(changes)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
});
