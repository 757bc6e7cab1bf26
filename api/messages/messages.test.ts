import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { contactsOf, replaceContacts } from '../../ledger/people/contacts.js';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const UNIT = 'education';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
});
afterAll(() => app.close());

interface Row {
  messageId: string;
  about: { kind: string; seq: number };
  state: string;
  deliveries: object[];
}
const list = async (query = '') => {
  const { status, body } = await app.ask('GET', `${path}/messages${query}`, { as: 'office' });
  expect(status).toBe(200);
  return body as { items: Row[]; nextCursor?: string };
};
const again = (messageId: string, body: object = {}, key?: string) =>
  app.ask('POST', `${path}/messages/${encodeURIComponent(messageId)}/deliveries`, {
    as: 'office',
    body,
    ...(key ? { headers: { 'Idempotency-Key': key } } : {}),
  });
const noticeTo = async (unitId: string) => (await list(`?unitId=${unitId}`)).items.at(-1)!;

test('every message is listed with its deliveries, the newest first, by pages, unit and state', async () => {
  const all: Row[] = [];
  for (let cursor = ''; ; ) {
    const page = await list(`?limit=20${cursor}`);
    all.push(...page.items);
    if (!page.nextCursor) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect(all.filter(({ about }) => about.kind === 'unit.notified')).toHaveLength(app.edition.units.length);
  expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(all.length);
  expect(all.map(({ about }) => about.seq)).toEqual(all.map(({ about }) => about.seq).toSorted((a, b) => b - a));
  expect(await noticeTo(UNIT)).toMatchObject({
    to: { kind: 'unit', unitId: UNIT, name: '区教育局' },
    state: 'reached',
    detail: expect.stringMatching(/1月10日14:00送到/),
    deliveries: [{ contactId: 'liaison', channel: 'email', state: 'taken', detail: '服务器已收下' }],
  });
  expect((await list('?state=failed')).items).toEqual([]);
});

test('a message is sent again by one channel to one person: an entry, a message of its own, once for a key', async () => {
  await replaceContacts(app.database, UNIT, [{ contactId: 'lead:1', role: 'lead', name: '甲', sms: '13900000000' }]);
  const { messageId } = await noticeTo(UNIT);
  const body = { channel: 'sms', contactId: 'lead:1' };
  const sent = await again(messageId, body, 'again-1');
  expect(sent).toMatchObject({
    status: 201,
    body: {
      resends: messageId,
      to: { contactId: 'lead:1' },
      about: { kind: 'unit.notified' },
      entry: { kind: 'message.resent' },
    },
  });
  expect(await again(messageId, body, 'again-1')).toMatchObject({
    status: 200,
    body: { entry: sent.body.entry as object },
  });
  const items = (await list(`?unitId=${UNIT}`)).items;
  expect(items.find((one) => one.messageId === messageId)).toMatchObject({ resent: 1 });
  // Of one that was itself sent again, the first is counted.
  expect((await again(String(sent.body.messageId), { channel: 'sms' })).body).toMatchObject({ resends: messageId });
  const { body: verified } = await app.ask('GET', `${path}/history/verification`, { as: 'office' });
  expect(verified).toMatchObject({ valid: true, differences: [] });
});

test.each<[string, object, number, object]>([
  ['a person of another unit', { contactId: 'nobody' }, 400, { errors: [{ field: 'contactId' }] }],
  ['a channel without an address', { channel: 'email' }, 400, { errors: [{ field: 'channel' }] }],
  ['a channel that is none', { channel: 'pigeon' }, 400, { errors: [{ field: 'channel' }] }],
])('refused: %s', async (_, body, status, answer) => {
  await replaceContacts(app.database, UNIT, [{ contactId: 'lead:1', role: 'lead', name: '甲', sms: '13900000000' }]);
  expect(await contactsOf(app.database, UNIT)).toHaveLength(1);
  expect(await again((await noticeTo(UNIT)).messageId, body)).toMatchObject({ status, body: answer });
});

test('what is not in the episode is 404, and what is of no use any more is refused in words', async () => {
  expect(await again('unit:education:9999')).toMatchObject({
    status: 404,
    body: { type: '/problems/message-unknown' },
  });
  await app.pass(0.8 * ONE_HOUR);
  const reminder = (await list('?limit=200')).items.find(({ about }) => about.kind === 'deadline.reminded')!;
  await app.pass(2 * ONE_HOUR);
  expect(await again(reminder.messageId)).toMatchObject({
    status: 409,
    body: { type: '/problems/message-obsolete', detail: expect.stringContaining('期限已过') },
  });
});

test('a deferred message waits with its reason and the next try, and a failed one says what to do', async () => {
  const way = { contact: 'lead:1', contactHash: '0'.repeat(64), channel: 'sms', reason: '550' } as const;
  app.engine.post = () => [{ ...way, outcome: 'deferred', fault: 'server' }];
  const { messageId } = (await again((await noticeTo('construction')).messageId)).body as { messageId: string };
  const row = async () => (await list('?unitId=construction')).items.find((one) => one.messageId === messageId);
  expect(await row()).toMatchObject({
    state: 'waiting',
    attempts: 1,
    nextTryAt: expect.any(String),
    reason: '550',
    next: expect.stringContaining('电话'),
  });
  app.engine.post = () => [{ ...way, outcome: 'failed', fault: 'address' }];
  await app.pass(ONE_HOUR);
  expect(await row()).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining('号码或邮箱不对（应答 550）'),
    next: expect.stringContaining('请更正联系人后重发'),
    deliveries: [{ state: 'failed', channel: 'sms', reason: '550' }],
  });
});
