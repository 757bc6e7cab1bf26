import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { markSending, markTaken } from '../../ledger/deliveries.js';
import { drill, noticeBody, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { contentIn, receiptsIn } from './read-receipts.js';

const SECRET = 'b'.repeat(64);
const sms = { secret: SECRET, messageId: '/id', delivered: { at: '/stat', equals: ['DELIVRD', 0] }, reply: 'ok' };
const call = { ...sms, reply: { result: 0 }, acknowledged: { at: '/key', equals: ['1'] } };
const logged: string[] = [];
let app: TestApp;
let closed: TestApp;
beforeAll(async () => {
  [app, closed] = await Promise.all([
    testApp(undefined, { receipts: { sms, call }, logs: { write: (line) => void logged.push(line) } }),
    testApp(),
  ]);
});
afterAll(() => Promise.all([app.close(), closed.close()]));

const push = async (body: string, { at = app, channel = 'sms', secret = SECRET, method = 'POST' } = {}) => {
  const sent = method === 'POST' ? { body } : {};
  const response = await fetch(`${at.url}/receipts/${channel}/${secret}`, { method, ...sent });
  return { status: response.status, text: await response.text() };
};

describe('the address', () => {
  test('answers as configured, kindly to an id that nobody knows', async () => {
    expect(await push('{"id":"x","stat":"DELIVRD"}')).toEqual({ status: 200, text: 'ok' });
    expect(await push('not what gateways send')).toEqual({ status: 200, text: 'ok' });
    expect(await push('{}', { channel: 'call' })).toEqual({ status: 200, text: '{"result":0}' });
  });

  test.each([
    ['with another secret', { secret: 'c'.repeat(64) }],
    ['with a shorter secret', { secret: 'b' }],
    ['of a channel that is not configured', { channel: 'email' }],
    ['of no channel', { channel: 'toString' }],
    ['by GET', { method: 'GET' }],
  ])('%s there is none: 404', async (_, how) => {
    expect((await push('{"id":"x","stat":"DELIVRD"}', how)).status).toBe(404);
  });

  test('reads no body without its secret', async () => {
    const long = 'x'.repeat(2 * 1024 * 1024);
    expect((await push(long, { secret: 'c'.repeat(64) })).status).toBe(404);
    expect((await push(long)).status).toBe(413);
  });

  test('is closed without configuration', async () => {
    expect((await push('{}', { at: closed })).status).toBe(404);
  });

  test('never enters the log with its secret', async () => {
    await push('{}');
    expect(logged.join('')).toContain('/receipts/sms/…');
    expect(logged.join('')).not.toContain(SECRET);
  });
});

test('the first receipt of a message stands; twice it changes nothing', async () => {
  const { body } = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now()) });
  const episodeId = String(body.episodeId);
  const key = { episodeId, message: 'unit:education:2', contact: 'liaison:1', channel: 'sms' };
  await markSending(app.database, [key]);
  // Its id is not known yet: the gateway is to ask again.
  expect((await push('{"id":"m1","stat":"DELIVRD"}')).status).toBe(503);
  await markTaken(app.database, key, 'm1', true);
  for (const stat of ['UNDELIV', 'UNDELIV', 'DELIVRD'])
    expect((await push(JSON.stringify({ id: 'm1', stat }))).status).toBe(200);

  const path = `/api/v1/episodes/${episodeId}`;
  const history = await app.ask('GET', `${path}/history?unitId=education`, { as: 'office' });
  const receipts = (history.body.items as Array<{ kind: string }>).filter(({ kind }) => /delivered$/.test(kind));
  expect(receipts).toMatchObject([
    {
      kind: 'notification.undelivered',
      actor: { accountId: 'gateway', role: 'system' },
      data: { contact: 'liaison:1', channel: 'sms', reason: 'not-delivered: UNDELIV' },
    },
  ]);
  const page = await app.ask('GET', `${path}/units/education`, { as: 'office' });
  expect(page.body.messages).toMatchObject({ delivered: 0, undelivered: 1, lastFailure: { channel: 'sms' } });
});

test('a key pressed in a call acknowledges what was told by then, once, and nothing that came since', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  const path = `/api/v1/episodes/${episodeId}`;
  const items = async (query: string) =>
    (await app.ask('GET', `${path}/history?${query}`, { as: 'office' })).body.items as Array<{
      seq: number;
      data: object;
    }>;
  const call = async (id: string, unitId: string) => {
    const [told] = await items(`kind=unit.notified&unitId=${unitId}`);
    const key = { episodeId, message: `unit:${unitId}:${told!.seq}`, contact: 'liaison:1', channel: 'call' };
    await markSending(app.database, [key]);
    await markTaken(app.database, key, id, true);
  };
  const press = (id: string) => push(JSON.stringify({ id, key: '1' }), { channel: 'call' });
  const answers = (unitId: string) => items(`kind=unit.acknowledged&unitId=${unitId}`);

  await call('k1', 'education');
  await call('k2', 'construction');
  for (let times = 0; times < 2; times += 1) expect((await press('k1')).status).toBe(200);
  expect(await answers('education')).toMatchObject([
    { actor: { accountId: 'call', role: 'unit' }, data: { noticeIds: ['n1'], call: { contact: 'liaison:1' } } },
  ]);

  const adjusted = { notice: noticeBody(app.now(), '调整三号'), cityLevel: 'red' };
  await app.ask('POST', `${path}/adjustments`, { as: 'office', body: adjusted });
  expect((await press('k2')).status).toBe(200);
  expect(await answers('construction')).toEqual([]);
});

test('one that comes too early holds up none behind it in the same push', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  const early = { episodeId, message: 'unit:education:2', contact: 'liaison:1', channel: 'sms' };
  const known = { ...early, contact: 'lead:1' };
  await markSending(app.database, [early, known]);
  await markTaken(app.database, known, 'm8', true);
  const both = ['m7', 'm8'].map((id) => ({ id, stat: 'DELIVRD' }));
  expect((await push(JSON.stringify(both))).status).toBe(503);
  const { body } = await app.ask('GET', `/api/v1/episodes/${episodeId}/history?kind=notification.delivered`, {
    as: 'office',
  });
  expect(body.items).toMatchObject([{ data: { contact: 'lead:1' } }]);
});

describe('what gateways send', () => {
  const id = '7';
  test.each<[string, string, object, unknown]>([
    ['one, as JSON', '{"id":7,"stat":"DELIVRD"}', {}, [{ messageId: id, outcome: 'delivered' }]],
    ['one, as a form', 'id=7&stat=DELIVRD&mobile=13900000000', {}, [{ messageId: id, outcome: 'delivered' }]],
    ['a code as a number or as text', '{"id":"7","stat":"0"}', {}, [{ messageId: id, outcome: 'delivered' }]],
    [
      'a list below the top',
      '{"reports":[{"id":"7","stat":"MK:1008"},{"stat":"DELIVRD"},{"id":"8"}]}',
      { each: '/reports' },
      [{ messageId: id, outcome: 'undelivered', reason: 'not-delivered: MK:1008' }],
    ],
    [
      'a state in between',
      '[{"id":"7","stat":"BUFFERED"},{"id":"8","stat":"EXPIRED"}]',
      { undelivered: { at: '/stat', equals: ['EXPIRED'] } },
      [{ messageId: '8', outcome: 'undelivered', reason: 'not-delivered: EXPIRED' }],
    ],
    [
      'a reason that may be a number',
      '{"id":"7","stat":"13900000000"}',
      {},
      [{ messageId: id, outcome: 'undelivered', reason: 'not-delivered' }],
    ],
    [
      'a key, whatever else is said',
      '[{"id":"7","key":"1"},{"id":"8","stat":"DELIVRD","key":"2"}]',
      { acknowledged: { at: '/key', equals: ['1'] } },
      [
        { messageId: id, outcome: 'delivered', acknowledged: true },
        { messageId: '8', outcome: 'delivered' },
      ],
    ],
    ['a number that is too long to be read exactly', '{"id":12345678901234567,"stat":"DELIVRD"}', {}, []],
    ['an id that no database takes', '{"id":"7\\u0000","stat":"DELIVRD"}', {}, []],
    ['nothing to read', 'null', {}, []],
    ['no JSON and no form', 'ok', {}, []],
  ])('%s', (_, body, changes, expected) => {
    expect(receiptsIn(contentIn(body), { ...sms, ...changes })).toEqual(expected);
  });
});
