import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { beijingDate } from '../../plan/rules/calendar.js';
import { appInEpisode, noticeBody, ONE_HOUR, startRequestBody, type TestApp } from '../testing/app.js';

const UNIT = 'construction';
const STREET = 'street-qifang';
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.pass(20 * ONE_HOUR);
});
afterAll(() => app.close());

const STOP = { what: '未按要求停工', where: '某某工地', foundAt: '2026-01-10T16:00:00+08:00', handedTo: '区建设局' };
const COVER = { what: '裸土未覆盖', where: '某某路', until: '2026-01-12T18:00:00+08:00' };

const put = (problems: object[], date = '2026-01-10', unitId = UNIT) =>
  app.ask('PUT', `${path}/units/${unitId}/daily-reports/${date}`, { as: unitId, body: { text: '正常', problems } });
const settle = (problemId: string, body: object = {}, as = UNIT) =>
  app.ask('POST', `${path}/units/${UNIT}/problems/${problemId}/resolution`, { as, body });
const list = async (query = '', as = 'office') =>
  (await app.ask('GET', `/api/v1/problems?${query}`, { as })).body as {
    items: Array<{ problemId: string; open: boolean }>;
    nextCursor?: string;
  };
const open = async () => (await list('state=open')).items.map(({ problemId }) => problemId);

test('a unit tells of problems in its daily report, and the office has them in one list', async () => {
  const { body } = await put([STOP, COVER]);
  expect(body.openProblems).toMatchObject([
    { problemId: 'p1', what: STOP.what },
    { problemId: 'p2', what: COVER.what },
  ]);
  await put([STOP], '2026-01-10', STREET);
  const { items } = await list('state=open', 'supervisor');
  expect(items).toMatchObject([
    {
      problemId: 'p3',
      unitId: STREET,
      name: '七纺街道办事处',
      reportedOn: '2026-01-10',
      phase: 'active',
      drill: false,
    },
    { problemId: 'p2', unitId: UNIT, ...COVER, until: '2026-01-12T18:00:00.000+08:00' },
    { problemId: 'p1', unitId: UNIT, name: '区建设局（交通局、水务局）', handedTo: '区建设局', open: true },
  ]);
  const read = await app.ask('GET', `${path}/units/${UNIT}/daily-reports/2026-01-10`, { as: UNIT });
  expect(read.body.problems).toMatchObject([{ problemId: 'p1' }, { problemId: 'p2' }]);
  // What was read is sent back with its ids, and nothing is doubled.
  expect((await put(read.body.problems as object[])).body.openProblems).toHaveLength(2);
});

test('the list comes in pages, of one unit or of one episode too', async () => {
  const first = await list('limit=2');
  const rest = await list(`limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...rest.items].map(({ problemId }) => problemId)).toEqual(['p3', 'p2', 'p1']);
  expect(rest.nextCursor).toBeUndefined();
  expect((await list(`unitId=${STREET}`)).items).toHaveLength(1);
  expect((await list('episodeId=none')).items).toEqual([]);
  const ofEpisode = await app.ask('GET', `${path}/problems?state=open&limit=1`, { as: 'supervisor' });
  expect(ofEpisode.body).toMatchObject({ items: [{ problemId: 'p3' }], nextCursor: expect.any(String) });
  expect((await list('drill=true')).items).toEqual([]);
  expect((await app.ask('GET', '/api/v1/problems?cursor=x', { as: 'office' })).status).toBe(400);
});

test('a problem is put right by its unit, or by the office on the telephone, and in a later report', async () => {
  const { status, body } = await settle('p2', { at: '2026-01-11T08:00:00+08:00', note: '已苫盖' });
  expect({ status, entry: body.entry }).toMatchObject({ status: 200, entry: { kind: 'problem.settled' } });
  expect(body.openProblems).toMatchObject([{ problemId: 'p1' }]);
  expect((await list('state=resolved')).items).toMatchObject([
    { problemId: 'p2', open: false, resolvedAt: '2026-01-11T08:00:00.000+08:00', note: '已苫盖' },
  ]);
  expect(await settle('p2')).toMatchObject({ status: 409, body: { type: '/problems/problem-settled' } });
  expect(await settle('p3')).toMatchObject({ status: 404, body: { type: '/problems/problem-unknown' } });
  const early = { at: new Date(app.now() + ONE_HOUR).toISOString() };
  expect(await settle('p1', early)).toMatchObject({ status: 422, body: { type: '/problems/problem-time' } });

  await app.pass(24 * ONE_HOUR);
  const done = { ...STOP, resolvedAt: '2026-01-12T08:00:00+08:00' };
  await put([done], '2026-01-11');
  expect(await open()).toEqual(['p3']);
  const { body: digest } = await app.ask('GET', `${path}/digests/2026-01-10`, { as: 'office' });
  expect(digest.problems).toEqual({ reported: 3, open: 1 });
  expect((digest.submission as { text: string }).text).toContain('发现问题3个，尚未整改1个。');
  await put([STOP], '2026-01-11');
  expect(await open()).toEqual(['p3', 'p1']);
  expect((await settle('p1', { onBehalf: { caller: '李工' } }, 'office')).status).toBe(200);
});

test('what is open when the record is closed stays in the list and says so', async () => {
  const office = (method: string, rest: string, body: object = {}) =>
    app.ask(method, `${path}${rest}`, { as: 'office', body });
  await office('POST', '/lift', { notice: noticeBody(app.now(), '解除') });
  await app.pass(ONE_HOUR);
  await office('POST', '/follow-up-report/submission');
  const { body } = await office('PUT', '/review', { conclusions: '有效', planRevisionNeeded: false });
  expect(body.openProblems).toBe(1);
  await office('POST', '/review/publication');
  await app.pass(ONE_HOUR);
  expect((await list('state=open')).items).toMatchObject([
    { problemId: 'p3', phase: 'closed', note: expect.stringContaining('归档时尚未整改') },
  ]);
  const verified = await app.ask('GET', `${path}/history/verification`, { as: 'office' });
  expect(verified.body).toMatchObject({ valid: true, differences: [] });
});

test('the list crosses episodes, and tells a drill apart', async () => {
  // A day of it takes an hour.
  const day = beijingDate(app.now());
  const started = startRequestBody(app.now(), { drill: { timeScale: 24 } });
  const { body } = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: started });
  await app.pass(ONE_HOUR);
  const report = `/api/v1/episodes/${body.episodeId}/units/${UNIT}/daily-reports/${day}`;
  expect((await app.ask('PUT', report, { as: UNIT, body: { text: '正常', problems: [COVER] } })).status).toBe(201);
  expect((await list('state=open')).items).toMatchObject([
    { problemId: 'p1', episodeId: body.episodeId, drill: true },
    { problemId: 'p3', drill: false },
  ]);
  expect((await list('state=open&drill=false')).items).toHaveLength(1);
});
