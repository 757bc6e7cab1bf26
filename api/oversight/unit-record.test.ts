import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appInEpisode, ONE_HOUR, startRequestBody, type TestApp } from '../testing/app.js';

const UNIT = 'education';
const OTHER = 'construction';

let app: TestApp;
let path: string;
let drillId: string;
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.ask('POST', `${path}/units/${OTHER}/acknowledgement`, { as: OTHER, body: {} });
  const { body } = await app.ask('POST', '/api/v1/episodes', {
    as: 'office',
    body: startRequestBody(app.now(), { drill: { timeScale: 1 } }),
  });
  drillId = String(body.episodeId);
  await app.pass(2 * ONE_HOUR);
  await app.ask('POST', `${path}/units/${UNIT}/acknowledgement`, { as: UNIT, body: {} });
  await app.pass(30 * ONE_HOUR);
  const about = [{ deadline: 'report', subject: '2026-01-10' }];
  await app.ask('POST', `${path}/referrals`, {
    as: 'office',
    body: { unitId: UNIT, to: 'supervisor', about, reason: '一直没有报送' },
  });
});
afterAll(() => app.close());

const record = async (unitId: string, as = 'supervisor', query = '') => {
  const { status, body } = await app.ask('GET', `/api/v1/units/${unitId}/record${query}`, { as });
  return { status, items: body.items as Array<Record<string, unknown>>, nextCursor: body.nextCursor };
};

test('a unit is shown across episodes, the newest first, with each failure and the clause it breaks', async () => {
  const { items } = await record(UNIT);
  expect(items).toHaveLength(2);
  const real = items.find(({ drill }) => drill === false);
  expect(real).toMatchObject({
    phase: 'active',
    warningLevel: 'yellow',
    responseLevel: 'III',
    name: '区教育局',
    startedAt: '2026-01-10T14:00:00.000+08:00',
    acknowledgements: { onTime: 0, late: 1, missed: 0, open: 0 },
    implementation: { onTime: 0, late: 0, missed: 1, open: 0 },
    dailyReports: { onTime: 0, late: 0, missed: 1, open: 0 },
    breaches: expect.arrayContaining([
      expect.objectContaining({ deadline: 'acknowledgement', noticeId: 'n1', outcome: 'late', clause: '3.1.3' }),
      expect.objectContaining({ deadline: 'report', date: '2026-01-10', outcome: 'missed', clause: '5.1' }),
    ]),
    referrals: [expect.objectContaining({ unitId: UNIT, to: 'supervisor', reason: '一直没有报送' })],
  });
  const drill = items.find(({ drill }) => drill === true);
  expect(drill).toMatchObject({ episodeId: drillId, acknowledgements: { missed: 1 }, referrals: [] });
  expect((await record(OTHER)).items.find(({ drill }) => drill === false)).toMatchObject({
    acknowledgements: { onTime: 1, late: 0 },
    referrals: [],
  });
});

test('drills are left out on demand, and the list comes in pages', async () => {
  expect((await record(UNIT, 'office', '?drill=false')).items.map(({ drill }) => drill)).toEqual([false]);
  const first = await record(UNIT, 'office', '?limit=1');
  const second = await record(UNIT, 'office', `?limit=1&cursor=${first.nextCursor}`);
  const ids = [...first.items, ...second.items].map(({ episodeId }) => episodeId);
  expect(new Set(ids).size).toBe(2);
  expect(second.nextCursor).toBeUndefined();
});

test('a unit reads its own record, and not that it was referred', async () => {
  const { items } = await record(UNIT, UNIT);
  expect(items).toHaveLength(2);
  for (const item of items) expect(item).not.toHaveProperty('referrals');
  expect((await record(OTHER, UNIT)).status).toBe(403);
});

test('a unit that is nowhere is not found', async () => {
  expect((await record('nobody', 'office')).status).toBe(404);
});
