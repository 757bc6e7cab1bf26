import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { noticeBody, ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(() => app.renew());
afterAll(() => app.close());

const byTelephone = (changes: object = {}) => {
  const { number: _, ...notice } = noticeBody(app.now(), '');
  return {
    ...notice,
    received: { by: 'telephone', from: '市环委办值班员王某', at: '2026-01-10T03:00+08:00' },
    ...changes,
  };
};
const start = (body: Record<string, unknown>, key?: string) =>
  app.ask('POST', '/api/v1/episodes', {
    as: 'office',
    body,
    ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
  });
const toStart = (notice: object) => startRequestBody(app.now(), { notice });
const post = (path: string, body: object) => app.ask('POST', path, { as: 'office', body });
const started = async (notice: object) => {
  const { status, body } = await start(toStart(notice));
  expect(status).toBe(201);
  return `/api/v1/episodes/${body.episodeId}`;
};

describe('a notice given by telephone', () => {
  test('starts an episode without a number; answers say how it came, the person stands in the history alone', async () => {
    const path = await started(byTelephone());
    const { body } = await app.ask('GET', path, { as: 'office' });
    expect(body).toMatchObject({
      notice: { noticeId: 'n1', received: { by: 'telephone', at: '2026-01-10T03:00:00.000+08:00' } },
      notices: [{ noticeId: 'n1', kind: 'start', name: '电话通知（2026年1月10日03时00分收到）' }],
    });
    expect(body.notice).not.toHaveProperty('number');
    const history = await app.ask('GET', `${path}/history?limit=1`, { as: 'office' });
    const [entry] = history.body.items as Array<{ view: object }>;
    expect(entry?.view).toEqual({ caller: '市环委办值班员王某' });
    expect(JSON.stringify({ ...entry, view: undefined })).not.toContain('王某');
    const board = await app.ask('GET', `${path}/board`, { as: 'office' });
    const [row] = board.body.units as Array<{ acknowledgements: object[] }>;
    expect(row?.acknowledgements).toMatchObject([{ noticeId: 'n1' }]);
    expect(row?.acknowledgements[0]).not.toHaveProperty('noticeNumber');
  });

  test('with the same key again is the same; with another key the office is told which one is known', async () => {
    const body = toStart(byTelephone());
    const first = await start(body, 'k1');
    expect(await start(body, 'k1')).toMatchObject({ status: 200, body: { episodeId: first.body.episodeId } });
    const other = await start(body, 'k2');
    expect(other).toMatchObject({ status: 409, body: { type: '/problems/notice-known' } });
    expect(other.body.detail).toContain('电话通知（2026年1月10日03时00分收到）（编号n1）');
    // From paper, with its number.
    const fromPaper = toStart(noticeBody(app.now(), '乌环委办〔2026〕90号'));
    expect(await start(fromPaper)).toMatchObject({ status: 409, body: { type: '/problems/notice-known' } });
    // Another start is another matter.
    const orange = { ...fromPaper, cityLevel: 'orange' };
    expect(await start(orange)).toMatchObject({ status: 409, body: { type: '/problems/episode-active' } });
  });

  test.each([
    ['nothing about how it came', {}],
    ['a document', { received: { by: 'document' } }],
  ])('without a number and with %s is refused', async (_what, how) => {
    const { number: _, ...notice } = noticeBody(app.now(), '');
    expect(await start(toStart({ ...notice, ...how }))).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'notice.number' }] },
    });
  });

  test('a refused start keeps no name', async () => {
    expect(await start({ ...toStart(byTelephone()), primaryPollutant: 'O3' })).toMatchObject({ status: 422 });
    expect(await app.database.db.selectFrom('personal_data').selectAll().execute()).toEqual([]);
  });
});

describe('a number added later', () => {
  const numbered = (path: string, number: string, noticeId = 'n1') =>
    post(`${path}/notices/${noticeId}/number`, { number });

  test('is shown everywhere; the same again, however typed, repeats', async () => {
    const path = await started(byTelephone());
    const first = await numbered(path, '乌环委办〔2026〕91号');
    expect(first).toMatchObject({
      status: 200,
      body: { notice: { number: '乌环委办〔2026〕91号' }, entry: { kind: 'notice.numbered' } },
    });
    const again = await numbered(path, ' 乌环委办［2026］ ９１号');
    expect(again).toMatchObject({ status: 200, body: { entry: first.body.entry as object } });
    const page = await app.ask('GET', `${path}/units/construction`, { as: 'construction' });
    expect(page.body.acknowledgements).toMatchObject([{ noticeId: 'n1', noticeNumber: '乌环委办〔2026〕91号' }]);
    expect(await start(toStart(noticeBody(app.now(), '乌环委办〔2026〕91号')))).toMatchObject({
      status: 409,
      body: { type: '/problems/notice-conflict', detail: expect.stringContaining('已补录') },
    });
  });

  test('another corrects it, and the wrong one is free again', async () => {
    const path = await started(noticeBody(app.now(), '乌环委办〔2026〕93号'));
    expect(await numbered(path, '乌环委办〔2026〕92号')).toMatchObject({
      status: 200,
      body: { notice: { number: '乌环委办〔2026〕92号' } },
    });
    const history = await app.ask('GET', `${path}/history?kind=notice.numbered`, { as: 'office' });
    expect(history.body.items).toMatchObject([{ data: { noticeId: 'n1', corrects: '乌环委办〔2026〕93号' } }]);
    await app.pass(ONE_HOUR);
    const raised = { notice: noticeBody(app.now(), '乌环委办〔2026〕93号'), cityLevel: 'orange' };
    expect(await post(`${path}/adjustments`, raised)).toMatchObject({ status: 200, body: { warningLevel: 'orange' } });
    expect(await numbered(path, '乌环委办〔2026〕93号')).toMatchObject({
      status: 409,
      body: { type: '/problems/notice-conflict' },
    });
  });

  test('the district’s own notice is added in the same way', async () => {
    const path = await started(byTelephone());
    const ownNotice = { number: '水环委办〔2026〕3号', title: '关于启动应急响应的通知' };
    expect(await post(`${path}/notices/n1/number`, {})).toMatchObject({ status: 400 });
    const first = await post(`${path}/notices/n1/number`, { ownNotice });
    expect(first).toMatchObject({ status: 200, body: { notice: { ownNotice }, entry: { kind: 'notice.numbered' } } });
    const again = await post(`${path}/notices/n1/number`, { ownNotice });
    expect(again.body.entry).toEqual(first.body.entry);
  });

  test.each([
    ['of an unknown notice', 'n7', '1号', 404, 'notice-unknown'],
    ['that says nothing', 'n1', ' \u200b', 400, 'fields-invalid'],
  ])('%s is refused', async (_what, noticeId, number, status, type) => {
    const path = await started(byTelephone());
    expect(await numbered(path, number, noticeId)).toMatchObject({ status, body: { type: `/problems/${type}` } });
  });
});
