import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { replaceContacts } from '../../ledger/people/contacts.js';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const UNIT = 'education';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.pass(24 * ONE_HOUR);
});
afterAll(() => app.close());

const refer = (changes: object = {}) =>
  app.ask('POST', `${path}/referrals`, {
    as: 'office',
    body: {
      unitId: UNIT,
      to: 'supervisor',
      about: [
        { deadline: 'acknowledgement', subject: 'n1' },
        { deadline: 'report', subject: '2026-01-10' },
      ],
      reason: '两次电话催办后仍未报告。',
      ...changes,
    },
  });

test('§7 a referral is in the record, on the accountability page and with the review, and not in the unit’s history', async () => {
  const { status, body } = await refer();
  expect(status).toBe(200);
  const { entry, warnings, ...referral } = body;
  expect(warnings).toMatchObject([{ unitId: 'supervisor', reason: 'placeholder' }]);
  expect(referral).toMatchObject({
    unitId: UNIT,
    name: '区教育局',
    to: 'supervisor',
    about: [
      { deadline: 'acknowledgement', noticeId: 'n1', outcome: 'missed' },
      { deadline: 'report', date: '2026-01-10', outcome: 'missed' },
    ],
  });
  expect((await refer()).body.entry).toEqual(entry);

  const accounts = await app.ask('GET', `${path}/accountability`, { as: 'supervisor' });
  const items = accounts.body.items as Array<{ unitId: string; referrals: object[] }>;
  expect(items.filter(({ referrals }) => referrals.length > 0)).toMatchObject([
    { unitId: UNIT, referrals: [referral] },
  ]);
  expect((await app.ask('GET', `${path}/review`, { as: 'office' })).body.referrals).toEqual([referral]);

  const history = async (as: string, query: string) =>
    (await app.ask('GET', `${path}/history?${query}`, { as })).body.items as Array<{ kind: string }>;
  expect(await history('supervisor', 'kind=unit.referred')).toMatchObject([{ clause: '7', data: { unitId: UNIT } }]);
  expect(await history(UNIT, `unitId=${UNIT}&kind=unit.referred`)).toEqual([]);
});

test('§7 the answer says that nobody of the committee can be reached', async () => {
  await replaceContacts(app.database, 'committee', []);
  expect((await refer({ to: 'committee' })).body.warnings).toEqual([
    { unitId: 'committee', name: expect.any(String), reason: 'no-contact' },
  ]);
  const { body } = await app.ask('GET', `${path}/board`, { as: 'supervisor' });
  expect(body.unreachable).toEqual([]);
});

test.each<[string, object, object]>([
  ['what is not due', { about: [{ deadline: 'summary' }] }, { status: 422, type: 'not-breached', clause: '7' }],
  [
    '区纪委监委 to itself',
    { unitId: 'discipline-inspection' },
    { status: 422, type: 'referred-to-itself', clause: '7' },
  ],
  ['an unknown unit', { unitId: 'nobody' }, { status: 404, type: 'unit-unknown' }],
  ['a deadline of the office', { about: [{ deadline: 'follow-up' }] }, { status: 400, type: 'fields-invalid' }],
  [
    'the same twice',
    { about: [{ deadline: 'summary' }, { deadline: 'summary' }] },
    { status: 400, type: 'fields-invalid' },
  ],
  ['nothing', { about: [] }, { status: 400, type: 'fields-invalid' }],
  ['without a reason', { reason: ' ' }, { status: 400, type: 'fields-invalid' }],
])('§7 refused: %s', async (_, changes, { status, type, ...more }: { status?: number; type?: string }) => {
  expect(await refer(changes)).toMatchObject({ status, body: { type: `/problems/${type}`, ...more } });
});
