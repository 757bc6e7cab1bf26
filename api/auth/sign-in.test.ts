import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../../lib/testing/eventually.js';
import { type Answered, ONE_HOUR, type TestApp, testApp } from '../testing/app.js';
import { callerAddress } from './caller-address.js';
import { createFailures } from './failure-limit.js';
import { createSignIn } from './sign-in.js';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const passwordOf = (username: string) => app.accounts.find((account) => account.username === username)?.password;
const signIn = (username: string, password = passwordOf(username)) =>
  app.ask('POST', '/api/v1/sessions', { body: { username, password } });
const withToken = ({ body }: Answered) => ({ Authorization: `Bearer ${body.token}` });
const PLAN = '/api/v1/plan';

describe('signing in', () => {
  test('answers token, end and account', async () => {
    const answered = await signIn('education');
    expect(answered).toMatchObject({
      status: 201,
      body: { account: { role: 'unit', unitId: 'education', mustChangePassword: false } },
    });
    expect(Date.parse(String(answered.body.expiresAt))).toBe(app.now() + 8 * ONE_HOUR);
    expect((await app.ask('GET', PLAN, { headers: withToken(answered) })).status).toBe(200);
  });

  test('a page that was opened anew learns who is signed in', async () => {
    const headers = withToken(await signIn('education'));
    const answered = await app.ask('GET', '/api/v1/sessions/current', { headers });
    expect(answered).toMatchObject({
      status: 200,
      body: { role: 'unit', unitId: 'education', mustChangePassword: false },
    });
  });

  test('a wrong password and an unknown name are answered alike', async () => {
    const wrong = await signIn('supervisor', 'Wrong-password-1');
    const unknown = await signIn('nobody-known', 'Wrong-password-1');
    expect(wrong).toMatchObject({ status: 401, body: { type: '/problems/credentials-wrong' } });
    expect(unknown.body).toEqual(wrong.body);
  });

  test('a changed token is invalid', async () => {
    const { body } = await signIn('office');
    const forged = String(body.token).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await app.ask('GET', PLAN, { headers: { Authorization: `Bearer ${forged}` } })).status).toBe(401);
  });

  test('signing out ends the session', async () => {
    const headers = withToken(await signIn('office'));
    expect((await app.ask('DELETE', '/api/v1/sessions/current', { headers })).status).toBe(204);
    expect((await app.ask('GET', PLAN, { headers })).status).toBe(401);
  });

  test('a session ends after seven days at the latest', async () => {
    const headers = withToken(await signIn('office'));
    await app.pass(7 * 24 * ONE_HOUR - 1);
    expect((await app.ask('GET', PLAN, { headers })).status).toBe(200);
    await app.pass(1);
    expect((await app.ask('GET', PLAN, { headers })).status).toBe(401);
  });
});

describe('the cookie', () => {
  const cookieOf = (answered: Answered) => answered.headers.get('Set-Cookie') ?? '';

  test('is HttpOnly and SameSite=Strict, and holds the token', async () => {
    const answered = await signIn('office');
    expect(cookieOf(answered)).toMatch(/^qingkong=/);
    expect(cookieOf(answered)).toMatch(/HttpOnly/);
    expect(cookieOf(answered)).toMatch(/SameSite=Strict/);
    expect(decodeURIComponent(cookieOf(answered).split(/[=;]/)[1] ?? '')).toBe(answered.body.token);
  });

  test('is not set on answers to a bearer token, even when the session changes or another cookie is sent', async () => {
    const cookie = cookieOf(await signIn('health')).split(';')[0] ?? '';
    const headers = { ...withToken(await signIn('construction')), cookie };
    const password = { current: passwordOf('construction'), next: 'Another-pass-1' };
    const answers = [
      await app.ask('GET', PLAN, { headers }),
      await app.ask('PUT', '/api/v1/accounts/me/password', { headers, body: password }),
      await app.ask('POST', '/api/v1/sessions', {
        headers,
        body: { username: 'construction', password: password.next },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201]);
    expect(answers.map(cookieOf)).toEqual(['', '', '']);
  });

  describe('with an https address', () => {
    const publicUrl = 'https://qingkong.example';
    const passwordAt = ({ accounts }: TestApp) => accounts.find(({ username }) => username === 'office')?.password;
    const signInAt = (at: TestApp, headers: Record<string, string>) =>
      at.ask('POST', '/api/v1/sessions', { headers, body: { username: 'office', password: passwordAt(at) } });
    let behind: TestApp;
    beforeAll(async () => {
      behind = await testApp(undefined, { publicUrl, trustedProxies: ['loopback'] });
    });
    afterAll(() => behind.close());

    test('is Secure for a request forwarded by a trusted proxy', async () => {
      const answered = await signInAt(behind, { 'X-Forwarded-Proto': 'https' });
      expect(answered.status).toBe(201);
      expect(cookieOf(answered)).toMatch(/; Secure/);
    });

    test('is not set for a request forwarded by anybody else', async () => {
      const other = await testApp(undefined, { publicUrl, trustedProxies: ['203.0.113.7'] });
      const answered = await signInAt(other, { 'X-Forwarded-Proto': 'https' });
      await other.close();
      expect(answered.status).toBe(201);
      expect(cookieOf(answered)).toBe('');
    });

    test('a browser that came without it is told why it would not stay signed in', async () => {
      const origin = { Origin: publicUrl };
      expect(await signInAt(behind, origin)).toMatchObject({
        status: 403,
        body: { type: '/problems/connection-insecure', detail: expect.stringContaining('X-Forwarded-Proto: https') },
      });
      expect((await signInAt(behind, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(403);
      for (const scheme of ['https', 'HTTPS', ' https, http']) {
        const answered = await signInAt(behind, { ...origin, 'X-Forwarded-Proto': scheme });
        expect([answered.status, cookieOf(answered)]).toEqual([201, expect.stringContaining('; Secure')]);
      }
      expect((await signInAt(behind, {})).status).toBe(201);
    });
  });

  test.each([
    [undefined, 403],
    ['http://elsewhere.example', 403],
    ['null', 403],
    ['http://qingkong.example', 404],
  ])('a change that comes by cookie from %s: %s', async (origin, status) => {
    const cookie = cookieOf(await signIn('office')).split(';')[0] ?? '';
    const headers = { cookie, ...(origin === undefined ? {} : { origin }) };
    const answered = await app.ask('POST', '/api/v1/episodes/none/lift', { headers, body: {} });
    expect(answered.status).toBe(status);
    expect((await app.ask('GET', PLAN, { headers })).status).toBe(200);
  });
});

describe('the limit on failures', () => {
  test('ten failures of a name, then 429 with Retry-After, even with the right password', async () => {
    const answers = await Promise.all(Array.from({ length: 11 }, () => signIn('finance', 'Wrong-password-1')));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const locked = await signIn('finance');
    expect(locked).toMatchObject({ status: 429, body: { type: '/problems/too-many-attempts' } });
    expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await signIn('health')).status).toBe(201);
  });

  test('failures of invented names at one address count together; other addresses are not held up', async () => {
    const from = (address: string, username: string, password?: string) =>
      app.ask('POST', '/api/v1/sessions', {
        headers: { 'X-Forwarded-For': address },
        body: { username, password: password ?? passwordOf(username) },
      });
    for (let i = 0; i < 50; i += 1) expect((await from('203.0.113.1', `invented-${i}`, 'Wrong-1')).status).toBe(401);
    expect((await from('203.0.113.1', 'health')).status).toBe(429);
    expect((await from('203.0.113.2', 'health')).status).toBe(201);
  });

  test('failures from many addresses of one IPv6 network count together', async () => {
    const from = (address: string, password: string) =>
      app.ask('POST', '/api/v1/sessions', {
        headers: { 'X-Forwarded-For': address },
        body: { username: 'health', password },
      });
    for (let i = 0; i < 10; i += 1) expect((await from(`2001:db8::${i}`, 'Wrong-1')).status).toBe(401);
    expect((await from('2001:db8::ffff', 'Wrong-1')).status).toBe(429);
    expect((await from('2001:db8:0:1::1', passwordOf('health') ?? '')).status).toBe(201);
  });

  test('all IPv6 addresses of a /64 count together, and an IPv4 address mapped into IPv6 as itself', () => {
    const counted = (ip?: string) => callerAddress({ ip });
    expect(counted('2001:db8:0:7:ffff::1')).toBe('2001:db8:0:7::/64');
    expect(counted('2001:0DB8:0:7::2')).toBe('2001:db8:0:7::/64');
    expect(counted('2001:db8:0:8::1')).toBe('2001:db8:0:8::/64');
    expect(counted('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
    expect(counted('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(counted('::ffff:cb00:7109')).toBe('203.0.113.9');
    expect(counted('203.0.113.9')).toBe('203.0.113.9');
    expect(counted('not an address')).toBe('not an address');
    expect(counted(undefined)).toBe('unknown');
  });

  test('an address that signed in before pauses after each failure, and is not locked', async () => {
    const failures = createFailures({ most: 2, pauseSeconds: 1 });
    failures.know('known');
    for (const who of ['known', 'stranger']) for (let i = 0; i < 2; i += 1) await failures.count(who);
    const pauseLeft = () => failures.lockedFor('known');
    expect(await pauseLeft()).toBeLessThanOrEqual(1);
    expect(await failures.lockedFor('stranger')).toBeGreaterThan(0);
    await eventually('the pause over', pauseLeft, (seconds) => seconds === 0);
    await failures.count('known');
    expect(await pauseLeft()).toBeLessThanOrEqual(1);
    expect(await failures.lockedFor('stranger')).toBeGreaterThan(0);

    // A long pause shows on any machine that there is one. It is shorter than the lock.
    const slow = createFailures({ most: 1, pauseSeconds: 600 });
    slow.know('known');
    await slow.count('known');
    const left = await slow.lockedFor('known');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(600);
  });

  test('while a hundred wait, the next is refused at once with Retry-After', async () => {
    let resolve: (none: undefined) => void = () => undefined;
    const lookedUp = new Promise<undefined>((done) => {
      resolve = done;
    });
    const history = { record: async () => undefined };
    const signIns = createSignIn({ find: () => lookedUp, history, clock: Date.now });
    const attempt = (i: number) =>
      signIns.check(`name-${i}`, 'Wrong-password-1', {
        address: `198.51.100.${i}`,
        visit: { address: '', device: '' },
      });
    const waiting = Array.from({ length: 100 }, (_, i) => attempt(i));
    await expect(attempt(100)).rejects.toMatchObject({
      type: 'too-many-attempts',
      extras: { headers: { 'Retry-After': expect.stringMatching(/^\d+$/) } },
    });
    resolve(undefined);
    for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe('rejected');
    await expect(attempt(101)).rejects.toMatchObject({ type: 'credentials-wrong' });
  });

  test('counts failures only', async () => {
    for (let i = 0; i < 12; i += 1) expect((await signIn('parks')).status).toBe(201);
  });
});

describe('the password', () => {
  const change = (headers: Record<string, string>, body: object) =>
    app.ask('PUT', '/api/v1/accounts/me/password', { headers, body });
  const NEXT = 'Another-pass-1';

  test('set by somebody else, is changed before anything else is possible', async () => {
    const answered = await signIn('emergency');
    const { accountId } = answered.body.account as { accountId: string };
    const reset = await app.ask('POST', `/api/v1/accounts/${accountId}/password-reset`, {
      as: 'administrator',
      body: {},
    });
    const given = String(reset.body.oneTimePassword);
    const headers = withToken(await signIn('emergency', given));
    expect(await app.ask('GET', PLAN, { headers })).toMatchObject({
      status: 403,
      body: { type: '/problems/password-change-required' },
    });
    const changed = await change(headers, { current: given, next: NEXT });
    expect(changed).toMatchObject({ status: 200, body: { mustChangePassword: false } });
    expect((await app.ask('GET', PLAN, { headers })).status).toBe(200);
  });

  test('changed, ends the other sessions and the old password', async () => {
    const other = withToken(await signIn('agriculture'));
    const headers = { ...withToken(await signIn('agriculture')), 'Idempotency-Key': 'change' };
    const body = { current: passwordOf('agriculture'), next: NEXT };
    expect((await change(headers, body)).status).toBe(200);
    expect((await app.ask('GET', PLAN, { headers })).status).toBe(200);
    expect((await app.ask('GET', PLAN, { headers: other })).status).toBe(401);
    expect((await signIn('agriculture')).status).toBe(401);
    expect((await signIn('agriculture', NEXT)).status).toBe(201);
    // A repeat with the same key answers alike, though the current password is another by now, and changes nothing.
    const later = withToken(await signIn('agriculture', NEXT));
    expect((await change(headers, body)).status).toBe(200);
    expect((await app.ask('GET', PLAN, { headers: later })).status).toBe(200);
    expect((await change(headers, { ...body, next: 'Third-pass-1' })).status).toBe(422);
  });

  test.each([
    ['weak', 'next'],
    [undefined, 'next'],
  ])('%s is refused', async (next, field) => {
    const headers = withToken(await signIn('publicity'));
    const current = passwordOf('publicity');
    const answered = await change(headers, { current, next: next ?? current });
    expect(answered).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('changed twice at once from the same current one, is changed once', async () => {
    const headers = withToken(await signIn('education'));
    const current = passwordOf('education');
    const nexts = ['First-of-two-1', 'Second-of-two-1'];
    const answers = await Promise.all(nexts.map((next) => change(headers, { current, next })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const statuses = await Promise.all(nexts.map(async (next) => (await signIn('education', next)).status));
    expect(statuses).toEqual(answers.map(({ status }) => (status === 200 ? 201 : 401)));
  });

  test('needs the current one', async () => {
    const headers = withToken(await signIn('publicity'));
    const answered = await change(headers, { current: 'Wrong-password-1', next: NEXT });
    expect(answered).toMatchObject({ status: 400, body: { errors: [{ field: 'current' }] } });
  });
});
