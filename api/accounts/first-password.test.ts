/** A unit that joins an episode has an account, and the office hands it the first password. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appInEpisode, type TestApp } from '../testing/app.js';

let app: TestApp;
let episode = '';
let unitId = '';
beforeAll(async () => {
  ({ app, path: episode } = await appInEpisode());
  const joined = await app.ask('POST', `${episode}/units`, {
    as: 'office',
    body: { name: '新街道办', kind: 'street' },
  });
  unitId = joined.headers.get('Location')!.split('/').at(-1)!;
});
afterAll(() => app.close());

const issue = (unit: string, as = 'office') =>
  app.ask('POST', `/api/v1/units/${unit}/account/first-password`, { as, body: {} });
const signIn = (username: unknown, password: unknown) =>
  app.ask('POST', '/api/v1/sessions', { body: { username, password } });

test('the unit joins with an account that nobody can sign in to', async () => {
  const { body } = await app.ask('GET', '/api/v1/accounts?limit=200', { as: 'administrator' });
  const made = (body.items as Array<{ unitId?: string }>).filter((one) => one.unitId === unitId);
  expect(made).toMatchObject([{ username: unitId, name: '新街道办', hasPassword: false, disabled: false }]);
});

test('the office hands out its first password, again until somebody has chosen one', async () => {
  const lost = await issue(unitId);
  const { body } = await issue(unitId);
  expect((await signIn(body.username, lost.body.oneTimePassword)).status).toBe(401);
  const session = await signIn(body.username, body.oneTimePassword);
  const headers = { Authorization: `Bearer ${session.body.token}` };
  const change = { current: body.oneTimePassword, next: 'Chosen-by-me-7' };
  expect((await app.ask('PUT', '/api/v1/accounts/me/password', { headers, body: change })).status).toBe(200);
  const report = await app.ask('POST', `${episode}/units/${unitId}/implementation-reports`, {
    headers,
    body: { text: '已落实' },
  });
  expect(report.status).toBe(200);
  const { body: history } = await app.ask('GET', `${episode}/history?unitId=${unitId}&limit=200`, { as: 'office' });
  const entry = (history.items as Array<{ kind: string }>).find(({ kind }) => kind === 'implementation.reported');
  expect(entry).toMatchObject({ actor: { accountId: body.accountId, role: 'unit' } });
  expect(await issue(unitId)).toMatchObject({ status: 409, body: { type: '/problems/account-in-use' } });
});

test('one of the first start is in use from the beginning; the administrator resets it', async () => {
  expect(await issue('education')).toMatchObject({ status: 409, body: { type: '/problems/account-in-use' } });
  expect((await issue('nowhere')).status).toBe(404);
});
