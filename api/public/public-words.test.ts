import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appInEpisode, type TestApp } from '../testing/app.js';

const PUBLISHER = 'publicity';
let app: TestApp;
let path = '';

const ask = (as: string, method: string, address: string, body?: object) =>
  app.ask(method, path + address, { as, ...(body ? { body } : {}) });
const note = (as: string, body: object = {}) =>
  ask(as, 'POST', '/appearances', { textId: 'n1-1', medium: '水区零距离', at: '2026-01-10T14:00:00+08:00', ...body });

beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.engine.submit(path.split('/').at(-1)!, randomUUID(), [
    {
      commandId: randomUUID(),
      bodyHash: 'none',
      actor: { accountId: 'office', role: 'office' },
      body: { kind: 'issueText', noticeId: 'n1', audience: 'public', title: '公告', text: '全文' },
    },
  ]);
});
afterAll(() => app.close());

describe('where the texts of the public appeared (§3.1.4)', () => {
  test('what is issued is missing in every medium that the plan names', async () => {
    const { body } = await ask('supervisor', 'GET', '/public-words');
    expect(body).toMatchObject({
      media: ['水区零距离', '视频号'],
      texts: [{ textId: 'n1-1', noticeId: 'n1', title: '公告', appearances: [], missing: ['水区零距离', '视频号'] }],
    });
  });

  test('the unit that publishes notes where it appeared, with the link, and the history says so', async () => {
    const { status, body } = await note(PUBLISHER, { url: 'https://a.example/1' });
    expect(status).toBe(200);
    expect(body.texts).toMatchObject([
      {
        appearances: [{ medium: '水区零距离', url: 'https://a.example/1', unitId: PUBLISHER }],
        missing: ['视频号'],
      },
    ]);
    const history = await app.ask('GET', `${path}/history?kind=appearance.noted&unitId=${PUBLISHER}`, {
      as: PUBLISHER,
    });
    expect(history.body.items).toMatchObject([{ unitId: PUBLISHER, clause: '3.1.4' }]);
  });

  test('the office does so too, also for media that the plan does not name', async () => {
    await note('office', { medium: '视频号' });
    const { body } = await note('office', { medium: '户外大屏' });
    expect(body.texts).toMatchObject([{ appearances: [{}, {}, { medium: '户外大屏' }], missing: [] }]);
  });

  test('another unit neither reads nor notes it', async () => {
    for (const answered of [await note('education'), await ask('education', 'GET', '/public-words')])
      expect([answered.status, answered.body.detail]).toEqual([403, expect.stringContaining('不是发布单位')]);
  });

  test('a screenshot is one that the caller has uploaded', async () => {
    const { status, body } = await note(PUBLISHER, { attachmentIds: ['a'.repeat(64)] });
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field: 'attachmentIds.0' })]]);
  });

  test.each([
    [{ url: 'javascript:alert(1)' }, 400],
    [{ url: 'http://a b' }, 400],
    [{ medium: ' ' }, 400],
    [{ textId: 'n9-1' }, 404],
    [{ textId: '__proto__' }, 404],
    [{ at: '2026-01-10T15:00:00+08:00' }, 422],
  ])('%j is refused', async (body, status) => {
    expect((await note('office', body)).status).toBe(status);
  });
});

test('§5.2: a statement waits for the media as a text does, until it is corrected', async () => {
  const said = { about: 'concern', title: '学校停课吗', text: '不停课。' };
  await ask('office', 'POST', '/statements', said);
  const { body } = await ask('office', 'POST', '/statements', { ...said, text: '停一天课。', corrects: 't1' });
  expect(body.texts).toMatchObject([
    { textId: 't2', statement: { about: 'concern', corrects: 't1' }, missing: ['水区零距离', '视频号'] },
    { textId: 't1', correctedBy: 't2', missing: [] },
    { textId: 'n1-1' },
  ]);
  for (const [corrects, status] of [
    ['t1', 409],
    ['t9', 404],
  ])
    expect((await ask('office', 'POST', '/statements', { ...said, text: '又一', corrects })).status).toBe(status);
});
