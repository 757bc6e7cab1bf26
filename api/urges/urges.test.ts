import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { replaceContacts } from '../../ledger/people/contacts.js';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const UNIT = 'education';
const OTHER = 'construction';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await replaceContacts(app.database, UNIT, [{ contactId: 'lead:1', role: 'lead', name: '甲', sms: '13900000000' }]);
  await app.pass(26 * ONE_HOUR);
});
afterAll(() => app.close());

const urge = (changes: object = {}, headers: Record<string, string> = {}) =>
  app.ask('POST', `${path}/urges`, {
    as: 'office',
    body: { unitIds: [UNIT], about: [{ deadline: 'acknowledgement', subject: 'n1' }], ...changes },
    headers,
  });
const page = async () => (await app.ask('GET', `${path}/units/${UNIT}`, { as: UNIT })).body;

test('§6.6 the unit reads on its page what it was urged about, with the office’s words, and in its history', async () => {
  const { status, body } = await urge(
    { unitIds: [UNIT, OTHER], text: '请立即确认。' },
    { 'Idempotency-Key': 'urge-1' },
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({
    entry: { kind: 'unit.urged' },
    warnings: [{ unitId: OTHER, name: expect.any(String), reason: 'placeholder' }],
  });
  expect(await urge({ unitIds: [UNIT, OTHER], text: '请立即确认。' }, { 'Idempotency-Key': 'urge-1' })).toMatchObject({
    status: 200,
    body: { entry: body.entry as object },
  });
  expect((await page()).urges).toMatchObject([
    {
      deadline: 'acknowledgement',
      noticeId: 'n1',
      count: 1,
      text: '请立即确认。',
      lastAt: '2026-01-11T16:00:00.000+08:00',
    },
  ]);
  const history = await app.ask('GET', `${path}/history?unitId=${UNIT}&kind=unit.urged`, { as: UNIT });
  expect(history.body.items).toMatchObject([{ clause: '6.6', data: { text: '请立即确认。' } }]);
  const board = await app.ask('GET', `${path}/board`, { as: 'supervisor' });
  const rows = board.body.units as Array<{ unitId: string; urges: object[] }>;
  expect(
    rows
      .filter(({ urges }) => urges.length > 0)
      .map(({ unitId }) => unitId)
      .sort(),
  ).toEqual([OTHER, UNIT]);
  const { body: accounts } = await app.ask('GET', `${path}/accountability`, { as: 'supervisor' });
  const items = accounts.items as Array<{ unitId: string; breaches: Array<{ deadline: string; urged?: number }> }>;
  const breach = items
    .find(({ unitId }) => unitId === UNIT)!
    .breaches.find(({ deadline }) => deadline === 'acknowledgement');
  expect(breach).toMatchObject({ outcome: 'missed', urged: 1 });
});

test.each<[string, object, object]>([
  ['the same in a moment', {}, { status: 409, type: 'urged-recently', clause: '6.6' }],
  ['what is not open', { about: [{ deadline: 'summary' }] }, { status: 409, type: 'nothing-open' }],
  ['an unknown unit', { unitIds: ['nobody'] }, { status: 404, type: 'unit-unknown' }],
  ['no unit', { unitIds: [] }, { status: 400, type: 'fields-invalid' }],
  ['nothing', { about: [] }, { status: 400, type: 'fields-invalid' }],
  ['a deadline of the office', { about: [{ deadline: 'review' }] }, { status: 400, type: 'fields-invalid' }],
  ['too many words', { text: '急'.repeat(201) }, { status: 400, type: 'fields-invalid' }],
])('refused: %s', async (_, changes, { status, type, ...more }: { status?: number; type?: string }) => {
  expect(await urge(changes)).toMatchObject({ status, body: { type: `/problems/${type}`, ...more } });
});

test('what was answered is no more on the page', async () => {
  await app.ask('POST', `${path}/units/${UNIT}/acknowledgement`, { as: UNIT, body: {} });
  expect((await page()).urges).toEqual([]);
});
