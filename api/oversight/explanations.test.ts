import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appInEpisode, ONE_HOUR, type TestApp } from '../testing/app.js';

const UNIT = 'education';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.pass(24 * ONE_HOUR);
});
afterAll(() => app.close());

const explain = (as: string, changes: object = {}) =>
  app.ask('POST', `${path}/units/${UNIT}/explanations`, {
    as,
    body: { deadline: 'report', subject: '2026-01-10', reason: '断网', ...changes },
  });

interface WithBreaches {
  breaches: Array<{ deadline: string; explanation?: object }>;
}
const explained = ({ breaches }: WithBreaches) => breaches.filter(({ explanation }) => explanation !== undefined);

test('§7 a stated reason stands beside the breach for who inspects, and in the unit’s record for itself', async () => {
  const { status, body } = await explain(UNIT);
  expect(status).toBe(200);
  const { seq } = body.entry as { seq: number };
  expect(await explain(UNIT)).toMatchObject({ status: 200, body: { entry: { seq } } });
  const corrected = await explain('office', { reason: '断网两小时', onBehalf: { caller: '王值班' } });
  const explanation = { seq: (corrected.body.entry as { seq: number }).seq, reason: '断网两小时', byOffice: true };

  const { body: accounts } = await app.ask('GET', `${path}/accountability`, { as: 'supervisor' });
  const account = (accounts.items as Array<WithBreaches & { unitId: string }>).find(({ unitId }) => unitId === UNIT)!;
  expect(explained(account)).toMatchObject([{ deadline: 'report', date: '2026-01-10', explanation }]);
  for (const as of ['supervisor', UNIT]) {
    const { body: record } = await app.ask('GET', `/api/v1/units/${UNIT}/record`, { as });
    expect(explained((record.items as WithBreaches[])[0]!)).toMatchObject([{ deadline: 'report', explanation }]);
  }
  const history = await app.ask('GET', `${path}/history?unitId=${UNIT}&kind=breach.explained`, { as: UNIT });
  expect(history.body.items).toMatchObject([{ data: { reason: '断网' } }, { data: { corrects: seq } }]);
});

test.each<[string, object, object]>([
  ['what is not late', { deadline: 'summary', subject: undefined }, { status: 422, type: 'nothing-to-explain' }],
  ['without a reason', { reason: ' ' }, { status: 400, type: 'fields-invalid' }],
  ['at length', { reason: '长'.repeat(501) }, { status: 400, type: 'fields-invalid' }],
  ['a deadline of the office', { deadline: 'review' }, { status: 400, type: 'fields-invalid' }],
])('§7 refused: %s', async (_, changes, { status, type }: { status?: number; type?: string }) => {
  expect(await explain(UNIT, changes)).toMatchObject({ status, body: { type: `/problems/${type}` } });
});
