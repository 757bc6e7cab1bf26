/** One-time codes from enrolment to removal, and the second step of a sign-in. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answered, type TestApp, testApp } from '../testing/app.js';
import { codeAt, enrol } from '../testing/codes.js';

const CODES = '/api/v1/accounts/me/one-time-code';
const HALF_MINUTE = 30_000;
const FIVE_MINUTES = 5 * 60_000;

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.renew());
afterAll(() => app.close());

const passwordOf = (username: string, at = app) =>
  at.accounts.find((account) => account.username === username)!.password;
const signIn = (username: string, password = passwordOf(username)) =>
  app.ask('POST', '/api/v1/sessions', { body: { username, password } });
const giveCode = (ticket: unknown, code: string, headers = {}) =>
  app.ask('POST', '/api/v1/sessions/one-time-code', { body: { ticket, code }, headers });
const me = (request: { as?: string; headers?: Record<string, string> }) =>
  app.ask('GET', '/api/v1/accounts/me', request);
const withToken = ({ body }: Answered) => ({ Authorization: `Bearer ${body.token}` });
const recordOf = async (username: string) => {
  const { body } = await app.ask('GET', '/api/v1/accounts?limit=200', { as: 'administrator' });
  const items = body.items as Array<{ username: string; accountId: string; oneTimeCode: boolean }>;
  return items.find((account) => account.username === username)!;
};

describe('enrolment', () => {
  test('shows secret and recovery codes once, ends the other sessions, and keeps neither as it is', async () => {
    const other = withToken(await signIn('office'));
    const password = { password: passwordOf('office') };
    const begin = (key: string) =>
      app.ask('POST', CODES, { as: 'office', body: password, headers: { 'Idempotency-Key': key } });
    const begun = await begin('k1');
    expect(begun.body).toEqual({ secret: expect.any(String), uri: expect.stringMatching(/^otpauth:\/\/totp\//) });
    expect(begun.headers.get('Cache-Control')).toBe('no-store, no-transform');
    expect((await begin('k1')).body).toEqual({});
    // Not confirmed yet: a password alone signs in.
    expect((await signIn('office')).status).toBe(201);

    const secret = String(begun.body.secret);
    const confirm = (code: string) =>
      app.ask('POST', `${CODES}/confirmation`, { as: 'office', body: { code }, headers: { 'Idempotency-Key': 'k2' } });
    expect(await confirm('000000')).toMatchObject({ status: 400, body: { errors: [{ field: 'code' }] } });
    const confirmed = await confirm(codeAt(secret, app.now()));
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await confirm(codeAt(secret, app.now()))).body).toEqual({});

    expect((await me({ headers: other })).status).toBe(401);
    expect((await me({ as: 'office' })).body).toMatchObject({
      due: [],
      oneTimeCode: { recoveryCodesLeft: 10, since: expect.any(String) },
    });
    expect((await begin('k3')).body.type).toBe('/problems/one-time-codes-on');
    const { accountId, oneTimeCode } = await recordOf('office');
    expect(oneTimeCode).toBe(true);
    const changes = await app.ask('GET', `/api/v1/accounts/${accountId}/changes`, { as: 'administrator' });
    expect(changes.body.items).toMatchObject([{ kind: 'codes-enrolled', by: { accountId } }]);

    const kept = await app.database.db.selectFrom('accounts').selectAll().where('username', '=', 'office').execute();
    const text = JSON.stringify(kept);
    for (const shown of [secret, ...(confirmed.body.recoveryCodes as string[])]) expect(text).not.toContain(shown);
    expect(kept[0]!.recovery_hashes.every((hash) => hash.startsWith('$argon2id$'))).toBe(true);
  });

  test('a confirmation that was cut off at its end is answered, without the codes that nobody has seen', async () => {
    const begun = await app.ask('POST', CODES, { as: 'office', body: { password: passwordOf('office') } });
    const body = { code: codeAt(String(begun.body.secret), app.now()) };
    const confirm = (key: string) =>
      app.ask('POST', `${CODES}/confirmation`, { as: 'office', body, headers: { 'Idempotency-Key': key } });
    expect((await confirm('cut')).body.recoveryCodes).toHaveLength(10);
    await app.database.db
      .updateTable('idempotency_keys')
      .set({ done: false, at: new Date(0) })
      .execute();
    expect(await confirm('cut')).toMatchObject({ status: 200, body: {} });
    await app.pass(HALF_MINUTE);
    const later = { ...body, code: codeAt(String(begun.body.secret), app.now()) };
    const other = await app.ask('POST', `${CODES}/confirmation`, { as: 'office', body: later });
    expect(other).toMatchObject({ status: 409, body: { type: '/problems/one-time-codes-on' } });
  });

  test('needs the password: an open session that somebody found is not enough', async () => {
    const answered = await app.ask('POST', CODES, { as: 'office', body: { password: 'Wrong-guess-1' } });
    expect(answered).toMatchObject({ status: 400, body: { errors: [{ field: 'password' }] } });
  });

  test('confirmed before it began, it is refused in words', async () => {
    const answered = await app.ask('POST', `${CODES}/confirmation`, { as: 'office', body: { code: '123456' } });
    expect(answered).toMatchObject({ status: 409, body: { type: '/problems/one-time-codes-off' } });
  });
});

describe('the second step', () => {
  test('a password alone gives a ticket and no session; a code gives the session', async () => {
    const { secret } = await enrol(app, 'office');
    const first = await signIn('office');
    expect(first.status).toBe(202);
    expect(first.body).toEqual({ oneTimeCodeNeeded: true, ticket: expect.any(String), expiresAt: expect.any(String) });
    expect(Date.parse(String(first.body.expiresAt))).toBe(app.now() + FIVE_MINUTES);
    expect(first.headers.get('Set-Cookie')).toBeNull();
    const asToken = { headers: { Authorization: `Bearer ${first.body.ticket}` } };
    expect((await me(asToken)).status).toBe(401);

    await app.pass(HALF_MINUTE);
    const code = codeAt(secret, app.now());
    const second = await giveCode(first.body.ticket, code);
    expect(second).toMatchObject({ status: 201, body: { account: { role: 'office', due: [] } } });
    expect(second.headers.get('Set-Cookie')).toContain('qingkong=');
    expect((await me({ headers: withToken(second) })).status).toBe(200);
    // The ticket is used up, and so is the code.
    expect((await giveCode(first.body.ticket, code)).body.type).toBe('/problems/sign-in-expired');
    const again = await signIn('office');
    expect((await giveCode(again.body.ticket, code)).body.type).toBe('/problems/code-wrong');
    const { body } = await app.ask('GET', '/api/v1/accounts/me/sign-ins', { headers: withToken(second) });
    expect(body.items).toMatchObject([
      { outcome: 'code-wrong', way: 'one-time-code' },
      { outcome: 'succeeded', way: 'one-time-code' },
      { outcome: 'succeeded', way: 'password' },
    ]);
  });

  test('the same code by two at once signs one in', async () => {
    const { secret } = await enrol(app, 'office');
    await app.pass(HALF_MINUTE);
    const tickets = await Promise.all([signIn('office'), signIn('office')]);
    const code = codeAt(secret, app.now());
    const answers = await Promise.all(tickets.map(({ body }) => giveCode(body.ticket, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  test('the same ticket by two codes at once signs one in', async () => {
    const { recoveryCodes } = await enrol(app, 'office');
    const { body } = await signIn('office');
    const answers = await Promise.all(recoveryCodes.slice(0, 2).map((code) => giveCode(body.ticket, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  test('a recovery code signs in once', async () => {
    const { recoveryCodes } = await enrol(app, 'office');
    const code = recoveryCodes[4]!.toLowerCase().replaceAll('-', ' ');
    const session = await giveCode((await signIn('office')).body.ticket, code);
    expect(session.status).toBe(201);
    expect((await me({ headers: withToken(session) })).body).toMatchObject({ oneTimeCode: { recoveryCodesLeft: 9 } });
    expect((await giveCode((await signIn('office')).body.ticket, code)).status).toBe(401);
    const { body } = await app.ask('GET', '/api/v1/accounts/me/sign-ins', { headers: withToken(session) });
    expect(body.items).toMatchObject([
      { outcome: 'code-wrong', way: 'recovery-code' },
      { outcome: 'succeeded', way: 'recovery-code' },
      {},
    ]);
  });

  test('a ticket ends after five minutes, with the sessions of its account, and where it is made up', async () => {
    const { secret } = await enrol(app, 'office');
    const late = (await signIn('office')).body.ticket;
    await app.pass(FIVE_MINUTES);
    expect((await giveCode(late, codeAt(secret, app.now()))).body.type).toBe('/problems/sign-in-expired');
    const revoked = (await signIn('office')).body.ticket;
    const { accountId } = await recordOf('office');
    await app.ask('POST', `/api/v1/accounts/${accountId}/sessions/revocation`, { as: 'administrator', body: {} });
    expect((await giveCode(revoked, codeAt(secret, app.now()))).body.type).toBe('/problems/sign-in-expired');
    expect((await giveCode('made-up', '123456')).status).toBe(401);
    expect(await app.database.db.selectFrom('sign_in_tickets').selectAll().execute()).toHaveLength(1);
  });

  test('wrong codes are counted through right passwords and new tickets; known places only pause', async () => {
    const { secret, recoveryCodes } = await enrol(app, 'office');
    const from = (address: string) => ({ 'X-Forwarded-For': address });
    const guess = async (address: string, code = '000000') =>
      giveCode((await signIn('office')).body.ticket, code, from(address));
    expect((await guess('203.0.113.1', recoveryCodes[0])).status).toBe(201);
    for (let i = 0; i < 10; i += 1) expect((await guess('203.0.113.9')).status).toBe(401);
    await app.pass(HALF_MINUTE);
    const locked = await guess('203.0.113.9', codeAt(secret, app.now()));
    expect(locked).toMatchObject({ status: 429, body: { type: '/problems/too-many-attempts' } });
    for (let i = 0; i < 40; i += 1) expect((await guess(`203.0.114.${i}`)).status).toBe(401);
    // Fifty in all, from many addresses: strangers wait, wherever they are.
    expect((await guess('203.0.115.1', codeAt(secret, app.now()))).status).toBe(429);
    expect((await guess('203.0.113.1', codeAt(secret, app.now()))).status).toBe(201);
  });
});

describe('removal', () => {
  test('by oneself needs password and code, and is recorded', async () => {
    const { recoveryCodes } = await enrol(app, 'supervisor');
    const remove = (body: object) => app.ask('POST', `${CODES}/removal`, { as: 'supervisor', body });
    const [code] = recoveryCodes;
    const password = passwordOf('supervisor');
    expect(await remove({ password: 'Wrong-guess-1', code })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'password' }] },
    });
    expect(await remove({ password, code: '000000' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'code' }] },
    });
    expect((await remove({ password, code })).status).toBe(204);
    expect((await remove({ password, code })).body.type).toBe('/problems/one-time-codes-off');
    expect((await signIn('supervisor')).status).toBe(201);
    expect((await me({ as: 'supervisor' })).body).not.toHaveProperty('oneTimeCode');
  });

  test('by the administrator ends the sessions, and is not for the own account', async () => {
    await enrol(app, 'office');
    const remove = async (username: string) =>
      app.ask('POST', `/api/v1/accounts/${(await recordOf(username)).accountId}/one-time-code/removal`, {
        as: 'administrator',
        body: {},
      });
    expect(await remove('office')).toMatchObject({ status: 200, body: { oneTimeCode: false } });
    expect((await me({ as: 'office' })).status).toBe(401);
    expect((await signIn('office')).status).toBe(201);
    expect((await remove('administrator')).body.type).toBe('/problems/own-account');
  });
});

test('a new password of the administrator does not take the codes away', async () => {
  await enrol(app, 'office');
  const { accountId } = await recordOf('office');
  const reset = await app.ask('POST', `/api/v1/accounts/${accountId}/password-reset`, {
    as: 'administrator',
    body: {},
  });
  expect((await signIn('office', String(reset.body.oneTimePassword))).status).toBe(202);
});

test('another key, or none: enrolment is refused in words, and recovery codes sign in', async () => {
  const { secret, recoveryCodes } = await enrol(app, 'office');
  for (const key of [Buffer.alloc(32, 9), undefined]) {
    app.codeKey = key;
    app.restart();
    await app.pass(HALF_MINUTE);
    const refused = await giveCode((await signIn('office')).body.ticket, codeAt(secret, app.now()));
    expect(refused).toMatchObject({ status: 503, body: { type: '/problems/one-time-codes-unavailable' } });
    expect((await giveCode((await signIn('office')).body.ticket, recoveryCodes.pop()!)).status).toBe(201);
  }
  const body = { password: passwordOf('supervisor') };
  expect((await app.ask('POST', CODES, { as: 'supervisor', body })).status).toBe(503);
  expect((await me({ as: 'supervisor' })).body).toMatchObject({ oneTimeCodesOffered: false });
});

describe('where they are required', () => {
  let strict: TestApp;
  beforeAll(async () => {
    strict = await testApp(undefined, { codesAreRequired: true });
  });
  afterAll(() => strict.close());

  test.each(['office', 'administrator'])('%s enrols before anything else is possible', async (username) => {
    const plan = () => strict.ask('GET', '/api/v1/plan', { as: username });
    expect(await plan()).toMatchObject({ status: 403, body: { type: '/problems/one-time-code-required' } });
    const due = async () => (await strict.ask('GET', '/api/v1/accounts/me', { as: username })).body.due;
    expect(await due()).toEqual(['oneTimeCode']);
    const current = await strict.ask('GET', '/api/v1/sessions/current', { as: username });
    expect(current.body.due).toEqual(['oneTimeCode']);
    const { recoveryCodes } = await enrol(strict, username);
    expect((await plan()).status).toBe(200);
    expect(await due()).toEqual([]);
    const body = { password: passwordOf(username, strict), code: recoveryCodes[0] };
    await strict.ask('POST', `${CODES}/removal`, { as: username, body });
    expect((await plan()).status).toBe(403);
  });

  test.each(['supervisor', 'education'])('%s is not asked', async (username) => {
    expect((await strict.ask('GET', '/api/v1/plan', { as: username })).status).toBe(200);
  });

  test('a program of the office is not asked', async () => {
    await enrol(strict, 'administrator');
    const issued = await strict.ask('POST', '/api/v1/tokens', {
      as: 'administrator',
      body: {
        name: '平台',
        role: 'office',
        scope: 'read',
        expiresAt: new Date(strict.now() + 3_600_000).toISOString(),
      },
    });
    expect((await strict.ask('GET', '/api/v1/plan', { headers: withToken(issued) })).status).toBe(200);
  });

  test('the password that somebody else issued comes first', async () => {
    await strict.renew();
    await enrol(strict, 'administrator');
    const { body } = await strict.ask('GET', '/api/v1/accounts?limit=200', { as: 'administrator' });
    const { accountId } = (body.items as Array<{ username: string; accountId: string }>).find(
      ({ username }) => username === 'office',
    )!;
    const path = `/api/v1/accounts/${accountId}/password-reset`;
    const reset = await strict.ask('POST', path, { as: 'administrator', body: {} });
    const password = String(reset.body.oneTimePassword);
    const session = await strict.ask('POST', '/api/v1/sessions', { body: { username: 'office', password } });
    expect(session.body.account).toMatchObject({ due: ['password', 'oneTimeCode'] });
    const begun = await strict.ask('POST', CODES, { headers: withToken(session), body: { password } });
    expect(begun).toMatchObject({ status: 403, body: { type: '/problems/password-change-required' } });
  });
});
