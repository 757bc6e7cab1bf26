import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { drill, noticeBody, startRequestBody, type TestApp, testApp } from '../testing/app.js';

const UNIT = 'education';
const EPISODES = '/api/v1/episodes';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const keyed = (key: string) => ({ 'Idempotency-Key': key });
const entriesOf = async (episodeId: unknown) =>
  (await app.ask('GET', `${EPISODES}/${episodeId}/history/verification`, { as: 'office' })).body.entries;

describe('a drill', () => {
  const body = startRequestBody(Date.parse('2015-11-27T14:00:00+08:00'), { drill });
  let episodeId: unknown;

  test('is repeated by its key: 201, then 200 with the first entry', async () => {
    const first = await app.ask('POST', EPISODES, { as: 'office', body, headers: keyed('one') });
    const again = await app.ask('POST', EPISODES, { as: 'office', body, headers: keyed('one') });
    episodeId = first.body.episodeId;
    expect(first).toMatchObject({ status: 201, body: { drill: true, timeScale: 1440 } });
    expect(first.headers.get('Idempotency-Key')).toBe('one');
    expect(again).toMatchObject({ status: 200, body: { episodeId, entry: first.body.entry } });
  });

  test('with another key and the same number is another drill', async () => {
    const other = await app.ask('POST', EPISODES, { as: 'office', body, headers: keyed('two') });
    expect(other.status).toBe(201);
    expect(other.body.episodeId).not.toBe(episodeId);
  });

  test('the same key with another body is 422 key-reused', async () => {
    const answered = await app.ask('POST', EPISODES, {
      as: 'office',
      body: { ...body, extent: '全区' },
      headers: keyed('one'),
    });
    expect(answered).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
  });

  test('a default left out or spelled out is the same body', async () => {
    const spelled = { ...body, level: 'yellow' };
    const answered = await app.ask('POST', EPISODES, { as: 'office', body: spelled, headers: keyed('one') });
    expect(answered).toMatchObject({ status: 200, body: { episodeId } });
  });

  test('a command repeated with its key: the first entry, nothing added; another body is refused', async () => {
    const path = `${EPISODES}/${episodeId}/units/${UNIT}/implementation-reports`;
    const report = { as: UNIT, body: { text: '已落实' }, headers: keyed('report') };
    const first = await app.ask('POST', path, report);
    const entries = await entriesOf(episodeId);
    const again = await app.ask('POST', path, report);
    const other = await app.ask('POST', path, { ...report, body: { text: '另一份' } });
    expect(first.status).toBe(200);
    expect(again).toMatchObject({ status: 200, body: { entry: first.body.entry } });
    expect(other).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
    expect(await entriesOf(episodeId)).toBe(entries);
  });

  test('the same key of another account, or on another route, is another command', async () => {
    const path = `${EPISODES}/${episodeId}/units/${UNIT}`;
    const body = { text: '已落实' };
    const byOffice = await app.ask('POST', `${path}/implementation-reports`, {
      as: 'office',
      body,
      headers: keyed('report'),
    });
    const acknowledged = await app.ask('POST', `${path}/acknowledgement`, {
      as: UNIT,
      body: {},
      headers: keyed('report'),
    });
    expect(byOffice.status).toBe(200);
    expect(acknowledged).toMatchObject({ status: 200, body: { entry: { kind: 'unit.acknowledged' } } });
  });

  test('ten at once with one key are one command', async () => {
    const path = `${EPISODES}/${episodeId}/evaluations`;
    const ask = () => app.ask('POST', path, { as: 'office', body: { text: '评估' }, headers: keyed('ten') });
    const answers = await Promise.all(Array.from({ length: 10 }, ask));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.entry))).size).toBe(1);
  });

  test('numbers are unique within it', async () => {
    const notice = body.notice;
    const path = `${EPISODES}/${episodeId}/adjustments`;
    const answered = await app.ask('POST', path, { as: 'office', body: { notice, cityLevel: 'orange' } });
    expect(answered).toMatchObject({ status: 409, body: { type: '/problems/notice-conflict' } });
  });
});

describe('a real notice', () => {
  const body = startRequestBody(Date.parse('2026-01-10T14:00:00+08:00'));
  let path = '';

  test('the same number and content, with whatever key, is the same notice: 200 with the episode', async () => {
    const first = await app.ask('POST', EPISODES, { as: 'office', body });
    path = `${EPISODES}/${first.body.episodeId}`;
    const again = await app.ask('POST', EPISODES, { as: 'office', body });
    expect(first.status).toBe(201);
    expect(first.headers.get('Idempotency-Key')).toMatch(/./);
    expect(again).toMatchObject({ status: 200, body: { episodeId: first.body.episodeId, entry: first.body.entry } });
  });

  test.each([
    ['adjustments', { notice: noticeBody(Date.parse('2026-01-10T14:00:00+08:00'), '调整'), cityLevel: 'red' }],
    ['lift', { notice: noticeBody(Date.parse('2026-01-10T14:00:00+08:00'), '解除') }],
  ])('so for %s, also after the lifting', async (route, content) => {
    const first = await app.ask('POST', `${path}/${route}`, { as: 'office', body: content });
    const again = await app.ask('POST', `${path}/${route}`, { as: 'office', body: content });
    expect(first.status).toBe(200);
    expect(again).toMatchObject({ status: 200, body: { entry: first.body.entry } });
    const other = { ...content, notice: { ...content.notice, text: '另' } };
    expect(await app.ask('POST', `${path}/${route}`, { as: 'office', body: other })).toMatchObject({
      status: 409,
      body: { type: '/problems/notice-conflict' },
    });
  });

  test.each([
    [
      'its number in full-width digits, other brackets and with a blank',
      { number: (n: string) => ` ${n.replace('〔', '[').replace('〕', ']')}\u200B` },
    ],
    ['its time in another zone', { issuedAt: () => '2026-01-10T06:00:00+00:00' }],
  ])('typed with %s it is the same notice', async (_how, changes: Record<string, (value: string) => string>) => {
    const notice = { ...(body.notice as Record<string, string>) };
    for (const [field, change] of Object.entries(changes)) notice[field] = change(notice[field]!);
    const again = await app.ask('POST', EPISODES, { as: 'office', body: { ...body, notice } });
    expect(again).toMatchObject({ status: 200, body: { entry: { seq: 1 } } });
  });

  test('started, adjusted and lifted, its notices are still the same notices', async () => {
    const again = await app.ask('POST', EPISODES, { as: 'office', body });
    expect(again).toMatchObject({ status: 200, body: { phase: 'reporting', entry: { seq: 1 } } });
  });

  test('the next may start while one is reporting; of ten at once one is accepted', async () => {
    const starts = Array.from({ length: 10 }, () => startRequestBody(app.now()));
    const answers = await Promise.all(starts.map((start) => app.ask('POST', EPISODES, { as: 'office', body: start })));
    const types = answers.map(({ status, body: { type } }) => (status === 201 ? 'started' : type)).sort();
    expect(types).toEqual([...Array.from({ length: 9 }, () => '/problems/episode-active'), 'started']);
  });

  test('forty times the same at once: 201 once, 200 for the rest', async () => {
    const start = startRequestBody(app.now(), { drill });
    const asked = Array.from({ length: 40 }, () =>
      app.ask('POST', EPISODES, { as: 'office', body: start, headers: keyed('forty') }),
    );
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 39 }, () => 200), 201]);
  });
});

describe('requests that no episode records', () => {
  const path = `/api/v1/units/${UNIT}/contacts`;
  const contacts = (name: string) => ({ contacts: [{ role: 'lead', name, email: 'lead@education.example' }] });

  test('contacts: a repeat changes nothing, the same key with another body is 422', async () => {
    const put = (name: string, key: string) =>
      app.ask('PUT', path, { as: 'administrator', body: contacts(name), headers: keyed(key) });
    expect((await put('甲', 'first')).body).toMatchObject(contacts('甲'));
    expect((await put('乙', 'second')).body).toMatchObject(contacts('乙'));
    expect((await put('甲', 'first')).body).toMatchObject(contacts('乙'));
    expect(await put('丙', 'first')).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
  });
});
