import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { contactsOf, replaceContacts } from '../../ledger/people/contacts.js';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const UNIT = 'education';
const MOBILE = '13900000001';
const LANDLINE = '0991-4690001';
const NO_NUMBER = '无人接听，2026-01-10 16:30:00（20260110）再打，通知2026〔12〕号';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await replaceContacts(app.database, UNIT, [
    { contactId: 'lead:1', role: 'lead', name: '甲', phone: LANDLINE, sms: '13900000000' },
    { contactId: 'liaison:1', role: 'liaison', name: '乙', sms: MOBILE },
    { contactId: 'deputy:1', role: 'deputy', name: '丙', email: 'c@education.cn' },
  ]);
  await app.pass(2 * ONE_HOUR);
});
afterAll(() => app.close());

interface Row {
  unitId: string;
  people: unknown[];
  calls: { count: number; last?: object };
}
const list = async (): Promise<Row[]> =>
  (await app.ask('GET', `${path}/calling-list`, { as: 'office' })).body.items as Row[];
const row = async () => (await list()).find(({ unitId }) => unitId === UNIT);
const ring = (body: object, headers: Record<string, string> = {}) =>
  app.ask('POST', `${path}/units/${UNIT}/calls`, { as: 'office', body, headers });
const history = async () => {
  const { body } = await app.ask('GET', `${path}/history?unitId=${UNIT}`, { as: 'office' });
  return body.items as Array<{ kind: string; data: Record<string, unknown> }>;
};

test('§6.6 the list says whom to ring at which number, why and since when', async () => {
  const silent = await list();
  expect(silent).toHaveLength(app.edition.units.length);
  expect(await row()).toMatchObject({
    since: '2026-01-10T15:00:00.000+08:00',
    why: [{ deadline: 'acknowledgement', noticeId: 'n1', status: 'missed' }],
    people: [
      { contactId: 'liaison:1', name: '乙', onDuty: true, number: MOBILE },
      { contactId: 'lead:1', name: '甲', onDuty: false, number: LANDLINE },
      { contactId: 'deputy:1', name: '丙', onDuty: false },
    ],
    calls: { count: 0 },
  });
});

test.each([
  ['acknowledged without having reached anybody', { outcome: 'no-answer', acknowledged: true }, 'acknowledged'],
  ['an outcome that is none', { outcome: 'busy' }, 'outcome'],
  ['a person of another unit', { outcome: 'reached', contactId: 'nobody' }, 'contactId'],
  ['a note with a mobile number', { outcome: 'reached', note: '改打 139 0000 0001' }, 'note'],
  ['a note with a number in full-width digits', { outcome: 'reached', note: '改打１３９０００００００１' }, 'note'],
  ['a note with a mobile number after 86', { outcome: 'reached', note: '改打+86 139-0000-0001' }, 'note'],
  ['a note with a mobile number after another digit', { outcome: 'reached', note: '第1 13900000001' }, 'note'],
  ['a note with a landline in brackets', { outcome: 'reached', note: '请打（0991）469 0001' }, 'note'],
  ['a note with a landline alone', { outcome: 'reached', note: '请打4690001' }, 'note'],
  ['a note with a landline', { outcome: 'reached', note: `请打${LANDLINE}` }, 'note'],
])('%s is refused with the field', async (_, body, field) => {
  expect(await ring(body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
});

test('§6.1 calls are in the record by reference, without a number; the one who is reached acknowledges', async () => {
  const missed = await ring({ contactId: 'lead:1', outcome: 'no-answer', note: NO_NUMBER });
  expect(missed).toMatchObject({ status: 200, body: { unitId: UNIT, entry: { kind: 'unit.called' } } });
  expect((await row())!.calls).toMatchObject({ count: 1, last: { outcome: 'no-answer', contactId: 'lead:1' } });

  const asked = { contactId: 'liaison:1', outcome: 'reached', acknowledged: true };
  const key = { 'Idempotency-Key': 'ring-1' };
  const answered = await ring(asked, key);
  expect(answered).toMatchObject({ status: 200, body: { confirmation: 'confirmed', entry: { kind: 'unit.called' } } });
  expect((await ring(asked, key)).body.entry).toEqual(answered.body.entry);

  const entries = await history();
  expect(entries.filter(({ kind }) => kind === 'unit.called').map(({ data }) => data)).toEqual([
    { contact: 'lead:1', outcome: 'no-answer', note: NO_NUMBER },
    { contact: 'liaison:1', outcome: 'reached', acknowledged: true },
  ]);
  expect(entries.findLast(({ kind }) => kind === 'unit.acknowledged')!.data).toMatchObject({
    call: { contact: 'liaison:1' },
  });
  const text = JSON.stringify(entries);
  for (const secret of [MOBILE, LANDLINE, '乙']) expect(text).not.toContain(secret);
  expect(await row()).toBeUndefined();
});

test('a call repeated after its person has left is the first', async () => {
  const people = await contactsOf(app.database, UNIT);
  const key = { 'Idempotency-Key': 'ring-0' };
  const first = await ring({ contactId: 'deputy:1', outcome: 'no-answer' }, key);
  await replaceContacts(app.database, UNIT, people.slice(0, 2));
  expect(await ring({ contactId: 'deputy:1', outcome: 'no-answer' }, key)).toMatchObject({
    status: 200,
    body: { entry: first.body.entry as object },
  });
  expect((await ring({ contactId: 'deputy:1', outcome: 'no-answer' })).status).toBe(400);
  await replaceContacts(app.database, UNIT, people);
});
