import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { noteRefusal } from '../../ledger/channel-health.js';
import { noteTaken, noteWays } from '../../ledger/channels.js';
import { replaceContacts } from '../../ledger/people/contacts.js';
import { type TestApp, testApp } from '../testing/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await noteWays(app.database, [
    { way: 'email', limits: [] },
    { way: 'sms', limits: ['同一号码每小时最多20条'] },
    { way: 'wecom 区级工作群', limits: [] },
  ]);
  await replaceContacts(app.database, 'office', [
    { contactId: 'liaison:1', role: 'liaison', name: '甲', email: 'a@office.cn' },
  ]);
});
afterAll(() => app.close());

const tried = (channel: string, body: object, as = 'administrator', headers: Record<string, string> = {}) =>
  app.ask('POST', `/api/v1/channels/${channel}/tests`, { as, body, headers });

test('each configured channel is listed with how it is, its last success and its limits', async () => {
  await noteTaken(app.database, 'email', app.now() + 12_345);
  await noteRefusal(
    app.database,
    { way: 'sms', fault: 'account', reason: '401', nextTryAt: app.now() + 60_000 },
    app.now(),
  );
  expect((await app.ask('GET', '/api/v1/channels', { as: 'administrator' })).body.items).toEqual([
    { channel: 'email', state: 'well', detail: '正常', lastSuccessAt: '2026-01-10T14:00:00.000+08:00', limits: [] },
    {
      channel: 'sms',
      state: 'ill',
      fault: 'account',
      detail: expect.stringContaining('账号'),
      since: '2026-01-10T14:00:00.000+08:00',
      nextTryAt: '2026-01-10T14:01:00.000+08:00',
      limits: ['同一号码每小时最多20条'],
    },
    { channel: 'wecom', name: '区级工作群', state: 'unused', detail: '还没有用过', limits: [] },
  ]);
});

test('a test goes to the address given or to a contact of the office, and its outcome is told in words', async () => {
  const asked: object[] = [];
  app.engine.tested = async (input) => {
    asked.push(input);
    return { outcome: 'taken' };
  };
  expect(await tried('email', { contactId: 'liaison:1' })).toMatchObject({
    status: 200,
    body: { channel: 'email', outcome: 'taken', detail: expect.stringContaining('请到收信处核对') },
  });
  // The engine keeps what it is asked for months: no address is in it, nor left in the database.
  expect(JSON.stringify(asked)).not.toContain('office.cn');
  expect(await app.database.db.selectFrom('personal_data').selectAll().execute()).toEqual([]);

  app.engine.tested = async () => ({ outcome: 'deferred', reason: '535', fault: 'account' });
  expect(await tried('email', { address: 'b@office.cn' })).toMatchObject({
    body: {
      outcome: 'deferred',
      reason: '535',
      detail: expect.stringMatching(/账号.*535/),
      next: expect.stringContaining('请核对账号'),
    },
  });
});

test('without a worker the outcome is not known', async () => {
  app.engine.tested = () => Promise.reject(new Error('deadline'));
  expect(await tried('email', { address: 'b@office.cn' })).toMatchObject({
    status: 503,
    body: { type: '/problems/outcome-unknown' },
  });
  expect(await app.database.db.selectFrom('personal_data').selectAll().execute()).toEqual([]);
});

test.each([
  ['no address and no contact', 'email', {}, 'address'],
  ['both', 'email', { address: 'a@b.cn', contactId: 'liaison:1' }, 'address'],
  ['an address that is none', 'email', { address: '13900000000' }, 'address'],
  ['a number that is none', 'sms', { address: 'a@b.cn' }, 'address'],
  ['a contact without a number', 'sms', { contactId: 'liaison:1' }, 'contactId'],
  ['a channel that is none', 'pigeon', { address: 'a@b.cn' }, 'channel'],
])('refused: %s', async (_, channel, body, field) => {
  expect(await tried(channel, body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
});

test('at most five in ten minutes for an account', async () => {
  app.engine.tested = async () => ({ outcome: 'taken' });
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await tried('email', { address: 'a@b.cn' }, 'office')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  expect((await tried('email', { address: 'a@b.cn' }, 'office')).headers.get('retry-after')).toMatch(/^\d+$/);
});
