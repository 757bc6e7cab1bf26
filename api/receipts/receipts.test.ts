import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { markSending, markTaken } from '../../ledger/deliveries.js';
import { markHandedOver, noteReceipt, receiptsToHandOver } from '../../ledger/receipts.js';
import { eventually } from '../../lib/testing/eventually.js';
import { createContext } from '../app.js';
import { drill, noticeBody, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { keepHandingOver } from './hand-over.js';
import { contentIn, receiptsIn } from './read-receipts.js';

const SECRET = 'b'.repeat(64);
const sms = { secret: SECRET, messageId: '/id', delivered: { at: '/stat', equals: ['DELIVRD', 0] }, reply: 'ok' };
const call = { ...sms, reply: { result: 0 }, acknowledged: { at: '/key', equals: ['1'] } };
const logged: string[] = [];
interface Step {
  message: string;
  deadlines: Array<{ deadline: string }>;
}
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
  ])('%s there is none: 404', async (_, how) => {
    expect((await push('{"id":"x","stat":"DELIVRD"}', how)).status).toBe(404);
  });

  test('reads no body without its secret', async () => {
    const long = 'x'.repeat(2 * 1024 * 1024);
    expect((await push(long, { secret: 'c'.repeat(64) })).status).toBe(404);
    expect((await push(long)).status).toBe(413);
  });

  test('is described in the OpenAPI document, whose references hold', async () => {
    const document = (await (await fetch(`${app.url}/openapi.json`)).json()) as {
      paths: Record<string, object>;
      components: { schemas: object };
    };
    const described = document.paths['/receipts/{channel}/{secret}']!;
    expect(Object.keys(described)).toEqual(['get', 'post']);
    for (const [, name] of JSON.stringify(described).matchAll(/schemas\/(\w+)/g))
      expect(document.components.schemas).toHaveProperty(name!);
  });

  test('is closed without configuration', async () => {
    expect((await push('{}', { at: closed })).status).toBe(404);
  });

  test('never enters the log with its secret', async () => {
    await push('{}');
    expect(logged.join('')).toContain('/receipts/sms/…');
    expect(logged.join('')).not.toContain(SECRET);
  });

  test.each([
    ['without its channel', `/receipts/${SECRET}`],
    ['without its name', `/sms/${SECRET}`],
    ['with its name misspelled', `/receipt/sms/${SECRET}`],
    ['below the contract', `/api/v1/receipts/sms/${SECRET}`],
    ['with more behind it', `/receipts/sms/${SECRET}/1`],
    ['in capitals', `/RECEIPTS/SMS/${SECRET}`],
    ['with its strokes escaped', `/receipts%2Fsms%2F${SECRET}`],
    ['that cannot be decoded', `/receipts/sms/${SECRET}%E0`],
    ['of a link', `/acknowledge/${SECRET}`],
    ['of a link, behind another address', `/www.qingkong.cn/a/${SECRET}`],
  ])('nor a misspelled one: %s', async (_, path) => {
    const before = logged.length;
    expect((await fetch(`${app.url}${path}`, { method: 'POST', body: '{}' })).status).toBe(404);
    await eventually(
      'the line of the request',
      async () => logged.length,
      (length) => length > before,
    );
    expect(logged.slice(before).join('')).toContain('/…');
    expect(logged.join('')).not.toContain(SECRET);
  });
});

test('the first receipt of a message stands; twice it changes nothing', async () => {
  const { body } = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now()) });
  const episodeId = String(body.episodeId);
  const key = { episodeId, message: 'unit:education:2', contact: 'liaison:1', channel: 'sms' };
  await markSending(app.database, [key]);
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

test('a key pressed in a call acknowledges what it read out, once, and nothing that came since', async () => {
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
  expect(await answers('construction')).toMatchObject([{ data: { noticeIds: ['n1'] } }]);
});

test('a key pressed in a call about something else acknowledges nothing', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  // A day and a half of the drill: the report of the first day is overdue.
  await app.pass(90_000);
  const path = `/api/v1/episodes/${episodeId}/history?unitId=education`;
  const { body } = await app.ask('GET', `${path}&limit=200`, { as: 'office' });
  const step = (body.items as Array<{ data: Partial<Step> }>).find(
    ({ data: { message = '', deadlines } }) =>
      message.startsWith('unit:') && deadlines?.every(({ deadline }) => deadline !== 'acknowledgement'),
  )!;
  const key = { episodeId, message: step.data.message!, contact: 'liaison:1', channel: 'call' };
  await markSending(app.database, [key]);
  await markTaken(app.database, key, 'k9', true);
  expect((await push('{"id":"k9","key":"1"}', { channel: 'call' })).status).toBe(200);
  const after = await app.ask('GET', `${path}&kind=unit.acknowledged`, { as: 'office' });
  expect(after.body.items).toEqual([]);
});

test('a receipt that comes before the id of its message is kept until that is known', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  const history = async (kind: string) =>
    (await app.ask('GET', `/api/v1/episodes/${episodeId}/history?unitId=education&kind=${kind}`, { as: 'office' })).body
      .items as Array<{ seq: number; data: object }>;
  const [told] = await history('unit.notified');
  const key = { episodeId, message: `unit:education:${told!.seq}`, contact: 'liaison:1', channel: 'sms' };
  await markSending(app.database, [key]);
  for (const stat of ['UNDELIV', 'DELIVRD']) expect((await push(JSON.stringify({ id: 'm7', stat }))).status).toBe(200);
  await markTaken(app.database, key, 'm7', true);

  const { database, blobs, edition, engine, now: clock } = app;
  const log = pino({ level: 'silent' });
  const handing = keepHandingOver(createContext({ database, blobs, edition, engine, clock, log, publicUrl: app.url }));
  const noted = await eventually(
    'the receipt to be handed over',
    () => history('notification.undelivered'),
    (entries) => entries.length > 0,
  );
  expect(noted).toMatchObject([{ data: { contact: 'liaison:1', channel: 'sms', reason: 'not-delivered: UNDELIV' } }]);
  await handing.stop();
});

test('receipts of an episode whose run is broken off hold up those of no other', async () => {
  const key = (episodeId: string, message: string) => ({ episodeId, message, contact: 'liaison:1', channel: 'sms' });
  const keys = [key('broken', 'a'), key('broken', 'b'), key('broken', 'c'), key('going', 'a')];
  await markSending(app.database, keys);
  for (const one of keys) {
    const id = `${one.episodeId} ${one.message}`;
    await markTaken(app.database, one, id, true);
    await noteReceipt(app.database, 'sms', id, { outcome: 'delivered' });
  }
  expect((await receiptsToHandOver(app.database, 2)).map(({ episodeId }) => episodeId)).toEqual(['broken', 'going']);
  await Promise.all((await receiptsToHandOver(app.database, 9)).map((one) => markHandedOver(app.database, one)));
});

test('what the engine did not take is handed over by the next process, the receipt and the key', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  const history = async (kind: string) =>
    (await app.ask('GET', `/api/v1/episodes/${episodeId}/history?unitId=education&kind=${kind}`, { as: 'office' })).body
      .items as Array<{ seq: number; data: object }>;
  const [told] = await history('unit.notified');
  const key = { episodeId, message: `unit:education:${told!.seq}`, contact: 'liaison:1', channel: 'call' };
  await markSending(app.database, [key]);
  await markTaken(app.database, key, 'k10', true);
  // The process ends between its row and the engine.
  await noteReceipt(app.database, 'call', 'k10', { outcome: 'delivered', acknowledged: true });

  const { database, blobs, edition, engine, now: clock } = app;
  const log = pino({ level: 'silent' });
  const handing = keepHandingOver(createContext({ database, blobs, edition, engine, clock, log, publicUrl: app.url }));
  const acknowledged = await eventually(
    'the key to be handed over',
    () => history('unit.acknowledged'),
    (entries) => entries.length > 0,
  );
  expect(acknowledged).toMatchObject([{ data: { call: { contact: 'liaison:1' } } }]);
  expect(await history('notification.delivered')).toMatchObject([{ data: { contact: 'liaison:1', channel: 'call' } }]);
  await handing.stop();
  expect(await receiptsToHandOver(database, 10)).toEqual([]);
});

test('by GET one receipt comes in the query, and twice changes nothing', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  const key = { episodeId, message: 'unit:education:2', contact: 'liaison:1', channel: 'sms' };
  await markSending(app.database, [key]);
  await markTaken(app.database, key, 'm11', true);
  const get = async (secret: string) =>
    (await fetch(`${app.url}/receipts/sms/${secret}?id=m11&stat=MK%3A1008&mobile=13900000000`)).status;
  expect([await get('c'.repeat(64)), await get(SECRET), await get(SECRET)]).toEqual([404, 200, 200]);
  const { body } = await app.ask('GET', `/api/v1/episodes/${episodeId}/history?kind=notification.undelivered`, {
    as: 'office',
  });
  expect(body.items).toMatchObject([{ data: { contact: 'liaison:1', reason: 'not-delivered: MK:1008' } }]);
  expect(logged.join('')).not.toContain('13900000000');
});

test('one that comes too early holds up none behind it in the same push', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  const early = { episodeId, message: 'unit:education:2', contact: 'liaison:1', channel: 'sms' };
  const known = { ...early, contact: 'lead:1' };
  await markSending(app.database, [early, known]);
  await markTaken(app.database, known, 'm8', true);
  const both = ['m7', 'm8'].map((id) => ({ id, stat: 'DELIVRD' }));
  expect((await push(JSON.stringify(both))).status).toBe(200);
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

test('one message that told a person of two units has one receipt for both', async () => {
  const start = startRequestBody(app.now(), { drill });
  const episodeId = String((await app.ask('POST', '/api/v1/episodes', { as: 'office', body: start })).body.episodeId);
  const rows = ['unit:education:2', 'unit:health:3'].map((message) => ({
    episodeId,
    message,
    contact: 'liaison:1',
    channel: 'sms',
  }));
  await markSending(app.database, rows);
  for (const row of rows) await markTaken(app.database, row, 'm9', true);
  expect((await push('{"id":"m9","stat":"DELIVRD"}')).status).toBe(200);
  const { body } = await app.ask('GET', `/api/v1/episodes/${episodeId}/history?kind=notification.delivered`, {
    as: 'office',
  });
  expect(body.items).toMatchObject(rows.map(({ message }) => ({ data: { message, contact: 'liaison:1' } })));
});
