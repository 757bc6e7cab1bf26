/** Signing in by a real identity provider: to it, back, and what the office is told when it goes wrong. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { OidcSettings } from '../engine/context.js';
import { type TestApp, testApp } from '../testing/app.js';
import {
  clickThrough,
  type Jar,
  newJar,
  type TestProvider,
  testProvider,
  visit,
} from '../testing/identity-provider.js';

const PUBLIC = 'http://qingkong.example';
const CALLBACK = `${PUBLIC}/sign-in/oidc/callback`;
const WANG = { name: '王伟', preferred_username: 'wang', roles: ['staff', 'qk-office'] };

let provider: TestProvider;
let settings: OidcSettings;
let app: TestApp;
beforeAll(async () => {
  provider = await testProvider();
  provider.register(CALLBACK);
  const { issuer, clientId, clientSecret } = provider;
  settings = {
    ...{ issuer, insecure: true, clientId, clientSecret, label: '统一身份认证', scope: 'openid profile' },
    ...{ name: 'name', username: 'preferred_username' },
    role: {
      claim: 'roles',
      values: [
        { is: 'qk-administrator', role: 'administrator' },
        { is: 'qk-office', role: 'office' },
        { is: 'qk-unit', role: 'unit' },
      ],
    },
    unit: { claim: 'department', values: [{ is: '区教育局', unitId: 'education' }] },
  };
  app = await testApp(undefined, { oidc: settings });
});
beforeEach(() => {
  provider.people.clear();
  provider.people.set('wang', WANG);
  provider.spoil = undefined;
});
afterEach(() => app.renew());
afterAll(async () => {
  await app.close();
  await provider.close();
});

/** The app answers at an address of its own, whatever its public one is. */
const here = (address: string, at = app) => address.replace(PUBLIC, at.url);

async function leave(jar: Jar, at = app): Promise<string> {
  const { status, headers } = await visit(jar, `${at.url}/sign-in/oidc`);
  expect(status).toBe(303);
  return headers.get('Location')!;
}

/** The answer to whoever comes back. */
async function comeBack(login: string, jar = newJar(), at = app) {
  const back = await visit(jar, here(await clickThrough(jar, await leave(jar, at), login), at));
  return { status: back.status, location: back.headers.get('Location'), text: await back.text(), jar, back };
}
const ask = (path: string, { cookies }: Jar, at = app) =>
  at.ask('GET', path, { headers: { Cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } });
const me = (jar: Jar) => ask('/api/v1/accounts/me', jar);
const accounts = async () =>
  (await app.ask('GET', '/api/v1/accounts?limit=200', { as: 'administrator' })).body.items as Array<{
    accountId: string;
    username: string;
    name: string;
  }>;

test('is offered where it is configured', async () => {
  expect((await app.ask('GET', '/api/v1/sign-in-ways')).body).toEqual({
    password: true,
    oidc: { label: '统一身份认证' },
  });
  const without = await testApp();
  expect((await without.ask('GET', '/api/v1/sign-in-ways')).body).toEqual({ password: true });
  expect((await without.ask('GET', '/sign-in/oidc')).status).toBe(404);
  await without.close();
});

describe('somebody whom the provider knows', () => {
  test('gets an account of the claimed role, and a session in the browser', async () => {
    const { status, location, jar, back } = await comeBack('wang');
    expect({ status, location }).toEqual({ status: 303, location: `${PUBLIC}/#signed-in` });
    const session = back.headers.getSetCookie().find((cookie) => cookie.startsWith('qingkong='));
    expect(session).toMatch(/HttpOnly/);
    expect(session).toMatch(/SameSite=Strict/);
    expect(jar.cookies.has('qingkong-sign-in')).toBe(false);
    const { body } = await me(jar);
    expect(body).toMatchObject({ username: 'wang', name: '王伟', role: 'office', due: [] });
    const { body: history } = await ask('/api/v1/accounts/me/sign-ins', jar);
    expect(history.items).toMatchObject([{ outcome: 'succeeded', way: 'oidc' }]);
    const changes = await app.ask('GET', `/api/v1/accounts/${body.accountId}/changes`, { as: 'administrator' });
    expect(changes.body.items).toMatchObject([{ kind: 'created', by: { accountId: 'oidc' } }]);
  });

  test('is asked for no password and no code of ours, where codes are required', async () => {
    const strict = await testApp(undefined, { oidc: settings, codesAreRequired: true });
    const { jar } = await comeBack('wang', newJar(), strict);
    expect((await ask('/api/v1/plan', jar, strict)).status).toBe(200);
    await strict.close();
  });

  test('is the same account the next time, with name, role and unit as they are then', async () => {
    const first = await me((await comeBack('wang')).jar);
    const old = (await comeBack('wang')).jar;
    provider.people.set('wang', { ...WANG, name: '王伟（教育局）', roles: 'qk-unit', department: '区教育局' });
    const second = await me((await comeBack('wang')).jar);
    expect(second.body).toMatchObject({ name: '王伟（教育局）', role: 'unit', unitId: 'education' });
    expect(second.body.accountId).toBe(first.body.accountId);
    expect((await me(old)).status).toBe(401);
  });

  test('never becomes an account that is there, whatever the name', async () => {
    provider.people.set('mallory', { ...WANG, preferred_username: 'administrator' });
    const { body } = await me((await comeBack('mallory')).jar);
    expect(body).toMatchObject({ username: expect.stringMatching(/^administrator-[0-9a-f]{6}$/), role: 'office' });
    expect((await accounts()).filter(({ username }) => username === 'administrator')).toHaveLength(1);
  });

  test('two first sign-ins at once make one account', async () => {
    const [one, other] = await Promise.all([comeBack('wang'), comeBack('wang')]);
    expect((await me(one.jar)).body.accountId).toBe((await me(other.jar)).body.accountId);
    expect((await accounts()).filter(({ name }) => name === '王伟')).toHaveLength(1);
  });

  test('disabled here, is refused in words, and that is in the history', async () => {
    const { body } = await me((await comeBack('wang')).jar);
    const path = `/api/v1/accounts/${body.accountId}`;
    const disabled = { name: '王伟', role: 'office', disabled: true };
    await app.ask('PUT', path, { as: 'administrator', body: disabled });
    const { status, text } = await comeBack('wang');
    expect({ status, text }).toEqual({ status: 403, text: expect.stringContaining('账号“wang”已经停用') });
    const history = await app.ask('GET', `${path}/sign-ins`, { as: 'administrator' });
    expect(history.body.items).toMatchObject([{ outcome: 'disabled', way: 'oidc' }, { outcome: 'succeeded' }]);
  });

  test('without a role is refused in words; whoever had one loses the sessions', async () => {
    const { jar } = await comeBack('wang');
    provider.people.set('wang', { ...WANG, roles: ['staff', '<b>boss'] });
    const { status, text } = await comeBack('wang');
    expect(status).toBe(403);
    expect(text).toContain('统一身份认证没有给您本系统的角色：“roles”这一项是“staff”、“&lt;b&gt;boss”');
    expect((await me(jar)).status).toBe(401);
    provider.people.set('li', { name: '李' });
    expect((await comeBack('li')).text).toContain('“roles”这一项是空的');
    expect((await accounts()).filter(({ name }) => name === '李')).toEqual([]);
  });

  test.each([
    ['区水务局', '没有说明您属于哪个单位：“department”这一项是“区水务局”'],
    [undefined, '“department”这一项是空的'],
  ])('of role unit and department %s is refused in words', async (department, words) => {
    provider.people.set('wang', { ...WANG, roles: ['qk-unit'], department });
    const { status, text } = await comeBack('wang');
    expect({ status, text }).toEqual({ status: 403, text: expect.stringContaining(words) });
  });

  test('an administrator by the provider is no reason to lock out the one with a password', async () => {
    provider.people.set('wang', { ...WANG, roles: ['qk-administrator'] });
    const { body } = await me((await comeBack('wang')).jar);
    expect(body.role).toBe('administrator');
    const own = (await accounts()).find(({ username }) => username === 'administrator')!;
    const { token } = (
      await app.ask('POST', '/api/v1/tokens', {
        as: 'administrator',
        body: {
          name: '甲',
          role: 'administrator',
          scope: 'act',
          expiresAt: new Date(app.now() + 3_600_000).toISOString(),
        },
      })
    ).body;
    expect(token).toBeDefined();
    const { jar } = await comeBack('wang');
    const demoted = await app.ask('PUT', `/api/v1/accounts/${own.accountId}`, {
      headers: { Cookie: `qingkong=${jar.cookies.get('qingkong')}`, Origin: PUBLIC },
      body: { name: '管理员', role: 'office', disabled: false },
    });
    expect(demoted).toMatchObject({ status: 409, body: { type: '/problems/last-administrator' } });
  });
});

describe('what goes wrong on the way', () => {
  const expired = { status: 401, text: expect.stringContaining('不是从本浏览器的登录页开始的') };
  const answerOf = async (jar: Jar, address: string) => {
    const back = await visit(jar, here(address));
    return { status: back.status, text: await back.text() };
  };

  test('a way back that this browser did not leave by opens no session', async () => {
    const jar = newJar();
    const address = await clickThrough(jar, await leave(jar), 'wang');
    expect(await answerOf(newJar(), address)).toEqual(expired);
    const other = newJar();
    await leave(other);
    expect(await answerOf(other, address)).toEqual(expired);
    expect(other.cookies.has('qingkong')).toBe(false);
    expect(await answerOf(newJar(), `${CALLBACK}?code=x&state=y`)).toEqual(expired);
  });

  test('a way back is good once, and for ten minutes', async () => {
    const { jar } = await comeBack('wang');
    expect(await answerOf(jar, `${CALLBACK}?code=x&state=y`)).toEqual(expired);
    const late = newJar();
    const address = await clickThrough(late, await leave(late), 'wang');
    await app.pass(10 * 60_000);
    expect(await answerOf(late, address)).toEqual(expired);
  });

  test('a changed cookie is none', async () => {
    const jar = newJar();
    const address = await clickThrough(jar, await leave(jar), 'wang');
    const cookie = jar.cookies.get('qingkong-sign-in')!;
    jar.cookies.set('qingkong-sign-in', `${cookie.slice(0, -2)}AA`);
    expect(await answerOf(jar, address)).toEqual(expired);
  });

  test('whoever cancels is told so', async () => {
    const { status, text } = await comeBack('cancel');
    expect({ status, text }).toEqual({ status: 403, text: expect.stringContaining('您在统一身份认证取消了登录') });
  });

  test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>, string]>([
    ['for another system', (claims) => ({ ...claims, aud: 'another' }), '发给别的系统'],
    ['by another provider', (claims) => ({ ...claims, iss: 'https://elsewhere.example' }), '由别处签发'],
    ['of another sign-in', (claims) => ({ ...claims, nonce: 'another' }), '发给别的系统'],
    ['of yesterday', (claims) => ({ ...claims, exp: Number(claims.exp) - 86_400 }), '校时'],
  ])('an id token %s is not taken', async (_which, spoil, words) => {
    provider.spoil = spoil;
    const { status, text, jar } = await comeBack('wang');
    expect({ status, text }).toEqual({ status: 502, text: expect.stringContaining(words) });
    expect(jar.cookies.has('qingkong')).toBe(false);
  });

  test('a clock that is off by less than half a minute is borne', async () => {
    provider.spoil = (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 10 });
    expect((await comeBack('wang')).status).toBe(303);
  });

  test('a wrong secret of the client is told, and the secret is in no page and no log', async () => {
    const lines: string[] = [];
    const other = await testApp(undefined, {
      oidc: { ...settings, clientSecret: 'wrong-secret' },
      logs: { write: (line) => void lines.push(line) },
    });
    const { status, text } = await comeBack('wang', newJar(), other);
    expect({ status, text }).toEqual({
      status: 502,
      text: expect.stringMatching(/不接受本系统，答复是.*核对配置文件/),
    });
    expect(text + lines.join('')).not.toContain('wrong-secret');
    expect(lines.join('')).not.toMatch(/code=|state=/);
    await other.close();
  });

  test('a provider that is away is told, and passwords go on', async () => {
    const other = await testApp(undefined, { oidc: { ...settings, issuer: 'http://127.0.0.1:9' } });
    const page = await visit(newJar(), `${other.url}/sign-in/oidc`);
    expect(page.status).toBe(503);
    expect(await page.text()).toMatch(/连接不上统一身份认证.*可以返回登录页用密码登录/);
    expect((await other.ask('GET', '/api/v1/plan', { as: 'administrator' })).status).toBe(200);
    await other.close();
  });

  test('nobody is sent anywhere but to the provider and to our own pages', async () => {
    const jar = newJar();
    const { headers } = await visit(
      jar,
      `${app.url}/sign-in/oidc?redirect_uri=https://evil.example&next=//evil.example`,
    );
    const left = new URL(headers.get('Location')!);
    expect(left.origin).toBe(provider.issuer);
    expect(left.searchParams.get('redirect_uri')).toBe(CALLBACK);
    expect(left.searchParams.get('code_challenge_method')).toBe('S256');
  });
});
