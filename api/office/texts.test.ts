/** Texts of a warning over HTTP: drafts, what the office changed, issues, and the document to the units. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { appInEpisode, ONE_HOUR, startRequestBody, type TestApp } from '../testing/app.js';

interface TextRow {
  noticeId: string;
  audience: string;
  status: string;
  title: string;
  text: string;
  number?: string;
  revision: string;
  draft: { title: string; text: string };
  versions: Array<{ version: number; seq: number; text: string; onPublicPages: boolean; paper?: { hash: string } }>;
}

interface TextsAnswer {
  items: TextRow[];
  toIssue: object[];
  broadcast: { media: number; everyMinutes: number; noticeId?: string; seq?: number; lastAt?: string; nextAt?: string };
}

let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
});
afterAll(() => app.close());

const ask = (method: string, address: string, body?: object, headers: Record<string, string> = {}) =>
  app.ask(method, path + address, { as: 'office', body, headers });
const put = (address: string, body: object, revision?: string) =>
  ask('PUT', `/texts/${address}`, body, revision === undefined ? {} : { 'If-Match': `"${revision}"` });
const issue = (address: string, body: object = {}, revision?: string) =>
  ask('POST', `/texts/${address}/issues`, body, revision === undefined ? {} : { 'If-Match': `"${revision}"` });
const texts = async () => (await ask('GET', '/texts')).body as unknown as TextsAnswer;
const row = async (audience: string) => (await texts()).items.find((one) => one.audience === audience)!;

async function download(query = ''): Promise<{ name: string; bytes: Buffer }> {
  const response = await fetch(`${app.url}${path}/texts/n1/units.docx${query}`, {
    headers: { Authorization: `Bearer ${await app.signIn('supervisor')}` },
  });
  expect(response.status).toBe(200);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition')!)![1]!;
  return { name: decodeURIComponent(name), bytes: Buffer.from(await response.arrayBuffer()) };
}
const partsOf = (docx: Buffer, start: string) =>
  Object.entries(unzipSync(docx))
    .filter(([name]) => name.startsWith(start))
    .map(([, bytes]) => strFromU8(bytes).replaceAll(/<[^>]+>/g, ''))
    .join();
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('§3.1.3, §3.1.4 the texts of a start', () => {
  test('are drafted the moment the notice is entered, and named as not issued', async () => {
    const { items, toIssue } = await texts();
    expect(items.map(({ noticeId, audience, status }) => [noticeId, audience, status])).toEqual([
      ['n1', 'units', 'draft'],
      ['n1', 'public', 'draft'],
    ]);
    expect(toIssue).toEqual([
      { noticeId: 'n1', audience: 'units' },
      { noticeId: 'n1', audience: 'public' },
    ]);
    expect(items[0]!.text).toBe(items[0]!.draft.text);
    const board = await ask('GET', '/board');
    expect(board.body.textsToIssue).toEqual(toIssue);
  });

  test('the draft as a document says so on each page, and is the same bytes when asked for again', async () => {
    const draft = await download();
    expect(draft.name).toMatch(/^【草稿】关于启动重污染天气.*的通知\.docx$/);
    expect(partsOf(draft.bytes, 'word/header')).toContain('【草稿】尚未印发');
    expect(partsOf(draft.bytes, 'word/document')).toMatch(/各责任单位：.*附表1 各单位任务/s);
    await app.pass(60_000);
    expect((await download()).bytes.equals(draft.bytes)).toBe(true);
  });

  test('what the office changed is kept beside the record, and nobody else’s words are overwritten', async () => {
    const before = await row('units');
    const saved = await put('n1/units', { title: '通知', text: '各责任单位：\n请落实。' }, before.revision);
    expect(saved).toMatchObject({
      status: 200,
      body: { status: 'saved', revision: '0.1', text: '各责任单位：\n请落实。' },
    });
    expect(saved.headers.get('ETag')).toBe('"0.1"');
    expect((await row('units')).draft).toEqual(before.draft);
    const late = await put('n1/units', { title: '通知', text: '别的' }, before.revision);
    expect(late).toMatchObject({ status: 412, body: { type: '/problems/text-changed' } });
    expect(await issue('n1/units', {}, before.revision)).toMatchObject({ status: 412 });
    expect((await row('units')).text).toBe('各责任单位：\n请落实。');
    const [history] = (await ask('GET', '/history?kind=text.issued')).body.items as object[];
    expect(history).toBeUndefined();
  });

  test('issued it is an entry with its file, byte for byte; the same again is refused, other words correct it', async () => {
    const number = '水环委办〔2026〕3号';
    const { revision } = await row('units');
    const issued = await issue('n1/units', { number }, revision);
    expect(issued).toMatchObject({
      status: 200,
      body: { status: 'issued', revision: '1.1', entry: { kind: 'text.issued' } },
    });
    const first = await download();
    const { paper, seq } = (await row('units')).versions[0]!;
    expect(paper).toEqual({ hash: sha256(first.bytes), name: '通知.docx', size: first.bytes.length });
    expect(partsOf(first.bytes, 'word/document')).toContain(number);
    expect(partsOf(first.bytes, 'word/header')).toBe('');
    const entry = await ask('GET', `/history/${seq}`);
    expect(entry.body.entry).toMatchObject({
      clause: '3.1.3',
      data: { notice: 'n1', audience: 'units', version: 1, title: '通知', number, onPublicPages: false, paper },
    });

    expect(await issue('n1/units', { number })).toMatchObject({
      status: 409,
      body: { type: '/problems/text-unchanged' },
    });
    expect(await issue('n1/units', { text: '更正', number: '' })).toMatchObject({ status: 200 });
    expect((await row('units')).versions.map(({ version }) => version)).toEqual([2, 1]);
    expect((await row('units')).number).toBeUndefined();
    await app.pass(30 * ONE_HOUR);
    expect((await download('?version=1')).bytes.equals(first.bytes)).toBe(true);
    expect(partsOf((await download()).bytes, 'word/document')).toContain('更正');
    expect((await download('?version=draft')).name).toMatch(/^【草稿】/);
    expect(await ask('GET', '/texts/n1/units.docx?version=3')).toMatchObject({ status: 404 });
  });

  test('a repeat is answered by the first, and neither it nor a refusal leaves a file behind', async () => {
    const files = async () => (await app.database.db.selectFrom('papers').select('paper_id').execute()).length;
    const before = await files();
    const again = () => ask('POST', '/texts/n1/units/issues', { text: '再次' }, { 'Idempotency-Key': 'once-more' });
    expect(((await again()).body.entry as { seq: number }).seq).toBe(
      ((await again()).body.entry as { seq: number }).seq,
    );
    expect(await issue('n1/units', { text: '再次' })).toMatchObject({ status: 409 });
    expect(await issue('n1/units', { text: '另一' }, '1.0')).toMatchObject({ status: 412 });
    expect(await files()).toBe(before + 1);
  });

  test('what is saved after an issue is the next version; a draft of before does not come back', async () => {
    expect((await put('n1/public', { title: '公告', text: '旧稿' })).status).toBe(200);
    expect(await issue('n1/public', { text: '发布的' })).toMatchObject({ body: { status: 'issued', text: '发布的' } });
    expect((await row('public')).status).toBe('issued');
    expect(await put('n1/public', { title: '公告', text: '新稿' })).toMatchObject({
      body: { status: 'saved', text: '新稿' },
    });
    expect(await issue('n1/public')).toMatchObject({ status: 200 });
    expect((await row('public')).versions.map(({ text, onPublicPages }) => [text, onPublicPages])).toEqual([
      ['新稿', true],
      ['发布的', true],
    ]);
    expect((await texts()).toIssue).toEqual([]);
  });

  test.each([
    ['an unknown notice', 'n9/units', { text: '一' }, 404, 'n9'],
    ['an unknown audience', 'n1/press', { text: '一' }, 400, '公众'],
    ['an empty text', 'n1/public', { text: ' ' }, 400, '不能为空'],
    ['a text that is too long', 'n1/public', { text: '长'.repeat(10_001) }, 400, '10000'],
  ])('%s is refused in words', async (_what, address, body, status, word) => {
    const refused = await issue(address, body);
    expect(refused.status).toBe(status);
    expect(JSON.stringify(refused.body)).toContain(word);
  });
});

test('a drill: the public’s text is on public pages only when the office says so, and the paper says it is a drill', async () => {
  const body = startRequestBody(app.now(), { drill: { timeScale: 60 } });
  const { body: drill } = await app.ask('POST', '/api/v1/episodes', { as: 'office', body });
  const at = `/api/v1/episodes/${String(drill.episodeId)}/texts/n1`;
  const shown = async (more: object) => {
    const { body: answer } = await app.ask('POST', `${at}/public/issues`, { as: 'office', body: more });
    return (answer.versions as TextRow['versions'])[0]!.onPublicPages;
  };
  expect([await shown({}), await shown({ onPublicPages: true })]).toEqual([false, true]);
  const issued = await app.ask('POST', `${at}/units/issues`, { as: 'office', body: {} });
  expect(issued.status).toBe(200);
  const response = await fetch(`${app.url}${at}/units.docx`, {
    headers: { Authorization: `Bearer ${await app.signIn('office')}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(partsOf(bytes, 'word/header')).toContain('【演练】');
  expect(partsOf(bytes, 'word/document')).toContain('【演练】关于启动');
});

describe('§3.1.4 rolling broadcast', () => {
  const media = (list: object[]) =>
    app.ask('PUT', '/api/v1/units/media/contacts', { as: 'administrator', body: { contacts: list } });

  test('without media nothing is broadcast, and asking for it says what to do', async () => {
    expect((await texts()).broadcast).toEqual({ media: 0, everyMinutes: 240 });
    expect(await issue('n1/public', { broadcast: true, text: '播' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'broadcast', detail: expect.stringContaining('公共媒体') }] },
    });
  });

  test('with media a text of the public goes to them, unless the office says no; one for the units never', async () => {
    expect((await media([{ role: 'liaison', name: '区融媒体中心', webhook: '电子屏' }])).status).toBe(200);
    expect(await issue('n1/units', { broadcast: true, text: '播' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'broadcast', detail: '只有面向公众的文字才向公共媒体播发' }] },
    });
    expect((await issue('n1/public', { text: '不播', broadcast: false })).status).toBe(200);
    expect((await texts()).broadcast).toEqual({ media: 1, everyMinutes: 240 });
    expect((await issue('n1/public', { text: '播' })).status).toBe(200);
    const [latest] = (await row('public')).versions;
    expect(latest).toMatchObject({ broadcast: true });
    const { lastAt, nextAt, ...onAir } = (await texts()).broadcast;
    expect(onAir).toEqual({ media: 1, everyMinutes: 240, noticeId: 'n1', seq: latest!.seq });
    expect(Date.parse(nextAt!) - Date.parse(lastAt!)).toBe(4 * ONE_HOUR);
    const { body } = await ask('GET', '/messages');
    expect(body.items).toContainEqual(expect.objectContaining({ to: expect.objectContaining({ kind: 'media' }) }));
  });

  test('§8.2 a drill is broadcast only if the office asks for it', async () => {
    const started = await app.ask('POST', '/api/v1/episodes', {
      as: 'office',
      body: startRequestBody(app.now(), { drill: { timeScale: 60 } }),
    });
    const at = `/api/v1/episodes/${started.body.episodeId}/texts/n1/public/issues`;
    const post = async (body: object) => (await app.ask('POST', at, { as: 'office', body })).body;
    expect((await post({})).versions).toEqual([expect.not.objectContaining({ broadcast: true })]);
    expect((await post({ broadcast: true })).versions).toContainEqual(expect.objectContaining({ broadcast: true }));
  });
});
