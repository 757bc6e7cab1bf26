/** Everybody's own account: where it is signed in, and how it was. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deviceIn } from '../auth/device.js';
import { type Answered, type TestApp, testApp } from '../testing/app.js';

const ME = '/api/v1/accounts/me';
const WECHAT =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0.49';
const EDGE = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const passwordOf = (username: string) => app.accounts.find((account) => account.username === username)?.password;
const signIn = (username: string, headers: Record<string, string> = {}, password = passwordOf(username)) =>
  app.ask('POST', '/api/v1/sessions', { headers, body: { username, password } });
const withToken = ({ body }: Answered) => ({ Authorization: `Bearer ${body.token}` });

test('says who somebody is and what is due', async () => {
  const { body } = await app.ask('GET', ME, { as: 'education' });
  expect(body).toMatchObject({ username: 'education', name: '区教育局', role: 'unit', unitId: 'education', due: [] });
});

test('lists the sessions with where they are, and ends one of them', async () => {
  const here = withToken(await signIn('health', { 'User-Agent': EDGE, 'X-Forwarded-For': '203.0.113.7' }));
  const there = withToken(await signIn('health', { 'User-Agent': WECHAT, 'X-Forwarded-For': '2001:db8:0:7::1' }));
  const { body } = await app.ask('GET', `${ME}/sessions`, { headers: here });
  const items = body.items as Array<{ sessionId: string; current: boolean; address: string; device: string }>;
  const [mine, other] = [items.find(({ current }) => current)!, items.find(({ current }) => !current)!];
  expect(items).toHaveLength(2);
  expect(mine).toMatchObject({ address: '203.0.113.*', device: 'Edge（Windows）' });
  expect(other).toMatchObject({ address: '2001:db8:0:7::/64', device: '微信（安卓）' });
  const end = (sessionId: string, headers: Record<string, string>) =>
    app.ask('DELETE', `${ME}/sessions/${sessionId}`, { headers });
  expect((await app.ask('DELETE', `${ME}/sessions/${mine.sessionId}`, { as: 'education' })).status).toBe(404);
  expect((await end(other.sessionId, here)).status).toBe(204);
  expect((await app.ask('GET', ME, { headers: there })).status).toBe(401);
  expect((await end(other.sessionId, here)).status).toBe(404);
  expect((await end(mine.sessionId, here)).status).toBe(204);
  expect((await app.ask('GET', ME, { headers: here })).status).toBe(401);
});

test('a session id signs nobody in', async () => {
  const { body } = await app.ask('GET', `${ME}/sessions`, { as: 'office' });
  const [{ sessionId } = { sessionId: '' }] = body.items as Array<{ sessionId: string }>;
  expect((await app.ask('GET', ME, { headers: { Authorization: `Bearer ${sessionId}` } })).status).toBe(401);
});

test('lists successful and failed sign-ins, its own alone', async () => {
  await signIn('parks', { 'User-Agent': WECHAT }, 'Wrong-guess-1');
  await signIn('urban-management', {}, 'Wrong-guess-1');
  const headers = withToken(await signIn('parks'));
  const { body } = await app.ask('GET', `${ME}/sign-ins`, { headers });
  expect(body.items).toMatchObject([{ outcome: 'succeeded' }, { outcome: 'password-wrong', device: '微信（安卓）' }]);
});

test.each([
  [EDGE, 'Edge（Windows）'],
  [WECHAT, '微信（安卓）'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 wxwork/4.1 MicroMessenger/7.0',
    '企业微信（iPhone）',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/90.0.4430 Safari/537.36 Qaxbrowser',
    '奇安信浏览器（Linux）',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1 Version/17.5 Safari/605.1', 'Safari（macOS）'],
  ['curl/8.5.0', '其他程序'],
  [undefined, '其他程序'],
])('%s is %s', (header, words) => {
  expect(deviceIn(header)).toBe(words);
});
