import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { noticeBody, ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { download, upload } from '../testing/upload.js';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(() => app.renew());
afterAll(() => app.close());

const post = (path: string, body: object) => app.ask('POST', path, { as: 'office', body });
let numbers = 500;
const notice = (changes: object = {}) => {
  numbers += 1;
  return { ...noticeBody(app.now(), `乌环委办〔2026〕${numbers}号`), ...changes };
};
const started = async (changes: object = {}, more: object = {}) => {
  const body = { ...startRequestBody(app.now(), { notice: notice(changes) }), ...more };
  const { status, body: made } = await post('/api/v1/episodes', body);
  expect(status).toBe(201);
  return `/api/v1/episodes/${made.episodeId}`;
};
const get = async (path: string) => (await app.ask('GET', path, { as: 'office' })).body;

describe('the parts of a notice', () => {
  test('own notice, forecast and times as notices write them are shown as given', async () => {
    const path = await started({
      ownNotice: { number: '水环委办〔2026〕3号', title: '关于启动Ⅲ级应急响应的通知' },
      forecast: { aqi: [151, 200], from: '2026-01-10T14:00+08:00', until: '2026-01-12T24:00+08:00', text: '静稳' },
    });
    expect(await get(path)).toMatchObject({
      notice: {
        ownNotice: { number: '水环委办〔2026〕3号', title: '关于启动Ⅲ级应急响应的通知' },
        forecast: { aqi: [151, 200], until: '2026-01-13T00:00:00.000+08:00', text: '静稳' },
      },
      notices: [{ ownNotice: { number: '水环委办〔2026〕3号' } }],
    });
    await app.pass(ONE_HOUR);
    await post(`${path}/lift`, { notice: notice({ forecast: { aqi: [60, 90] } }) });
    const { text } = await get(`${path}/follow-up-report`);
    expect(text).toContain('号文件（本区通知：水环委办〔2026〕3号《关于启动Ⅲ级应急响应的通知》）发布黄色预警');
  });

  test('attachments of the office go with it; of nobody, they are refused', async () => {
    const { body } = await upload(app, 'office', Buffer.from('%PDF-1.4\n%%EOF\n'));
    const attachmentIds = [String(body.attachmentId)];
    const path = await started({ attachmentIds });
    expect(await get(path)).toMatchObject({ notice: { attachmentIds } });
    expect((await download(app, 'construction', attachmentIds[0])).status).toBe(200);
    expect(await post(`${path}/lift`, { notice: notice({ attachmentIds: ['0'.repeat(64)] }) })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'notice.attachmentIds.0' }] },
    });
  });

  test('repeated after its attachment was taken away, it is the first', async () => {
    const { body } = await upload(app, 'office', Buffer.from('%PDF-1.4\n%%EOF\n'));
    const request = {
      as: 'office',
      body: startRequestBody(app.now(), { notice: notice({ attachmentIds: [String(body.attachmentId)] }) }),
      headers: { 'Idempotency-Key': 'scan' },
    };
    const first = await app.ask('POST', '/api/v1/episodes', request);
    expect(first.status).toBe(201);
    await app.database.db.deleteFrom('attachments').execute();
    const { episodeId, entry } = first.body;
    expect(await app.ask('POST', '/api/v1/episodes', request)).toMatchObject({
      status: 200,
      body: { episodeId, entry },
    });
  });

  test('a drill may shorten a time for which the shipped chains have a reminder: its own chains alone are judged', async () => {
    const policy = { acknowledgementMinutes: 5 };
    const body = startRequestBody(app.now(), { notice: notice(), drill: { timeScale: 60, policy } });
    const shown = await post('/api/v1/episodes/preview', body);
    const { status, body: answer } = await post('/api/v1/episodes', body);
    expect(shown.body.remarks).toEqual(answer.remarks);
    expect(status).toBe(201);
    expect(answer.remarks).toContainEqual(
      expect.stringMatching(/chains\.acknowledgement\S* 因此用不上：.*永远不会执行/),
    );
    const asShipped = await post(
      '/api/v1/episodes',
      startRequestBody(app.now(), { notice: notice(), drill: { timeScale: 60 } }),
    );
    expect(asShipped.body.remarks).toBeUndefined();
  });

  test.each([
    ['a start on the district’s own word §3.1.5', { basis: 'own' }, 422, 'basis-not-allowed'],
    ['a forecast the wrong way round', { forecast: { aqi: [200, 150] } }, 400, 'fields-invalid'],
    ['an own notice that says nothing', { ownNotice: {} }, 400, 'fields-invalid'],
  ])('%s is refused', async (_what, changes, status, type) => {
    const answered = await post('/api/v1/episodes', startRequestBody(app.now(), { notice: notice(changes) }));
    expect(answered).toMatchObject({ status, body: { type: `/problems/${type}` } });
    if (status === 422) expect(answered.body.clause).toBe('3.1.5');
  });
});

describe('announced, then called off', () => {
  test('answers, board, follow-up draft and review say that there was no response', async () => {
    const path = await started({ effectiveAt: '2026-01-12T24:00+08:00' });
    await app.pass(ONE_HOUR);
    const lifted = await post(`${path}/lift`, { notice: notice() });
    expect(lifted).toMatchObject({ status: 200, body: { phase: 'reporting', withoutResponse: true } });
    const { text } = await get(`${path}/follow-up-report`);
    expect(text).toContain(
      '预警原定自2026年1月12日24时（13日0时）起生效，已于2026年1月10日15时在生效前解除，未启动应急响应。',
    );
    expect(await get(`${path}/review`)).toMatchObject({ withoutResponse: true, missingSummaries: [] });
  });
});

describe('§3.1.5 the expected end over HTTP', () => {
  test('is asked about, shown, and answered by a notice that leaves it open', async () => {
    const path = await started({}, { expectedEndAt: '2026-01-10T24:00+08:00' });
    await app.pass(9 * ONE_HOUR);
    const at = '2026-01-11T00:00:00.000+08:00';
    const shown = { at, passed: false, askedAt: expect.any(String) };
    expect(await get(path)).toMatchObject({ expectedEndAt: at, expectedEnd: shown });
    expect(await get(`${path}/board`)).toMatchObject({ expectedEnd: shown });
    const goesOn = { notice: notice(), cityLevel: 'yellow', expectedEndAt: null };
    const answered = await post(`${path}/adjustments`, goesOn);
    expect(answered.status).toBe(200);
    expect(answered.body).not.toHaveProperty('expectedEnd');
  });
});
