import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { withoutTriggers } from '../../ledger/testing/empty.js';
import { editionsFolder, loadEdition } from '../../plan/edition/edition.js';
import { readEditionFile } from '../../plan/edition/files.js';
import type { Plan } from '../../plan/edition/schema.js';
import { appInEpisode, ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';

const DAY = '2026-01-10';
let app: TestApp;
let episode = '';
beforeAll(async () => {
  ({ app, path: episode } = await appInEpisode());
  await app.pass(20 * ONE_HOUR);
  await app.ask('PUT', `${episode}/units/construction/daily-reports/${DAY}`, {
    as: 'construction',
    body: { text: '正常', figures: { sitesToStop: 5, sitesStopped: 3 } },
  });
  await app.pass(3 * ONE_HOUR);
});
afterAll(() => app.close());

const office = (method: string, address: string, body?: object) =>
  app.ask(method, episode + address, { as: 'office', body });

async function download(address: string): Promise<{ name: string; bytes: Buffer }> {
  const response = await fetch(app.url + episode + address, {
    headers: { Authorization: `Bearer ${await app.signIn('supervisor')}` },
  });
  expect(response.status).toBe(200);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition')!)![1]!;
  return { name: decodeURIComponent(name), bytes: Buffer.from(await response.arrayBuffer()) };
}

const wordsIn = (docx: Buffer): string =>
  strFromU8(unzipSync(docx)['word/document.xml']!)
    .replaceAll(/<\/w:p>/g, '\n')
    .replaceAll(/<[^>]+>/g, '');

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('§5.1 a day: the draft is of the record as it is, what was sent stays as it was sent, byte for byte', async () => {
  const draft = await download(`/digests/${DAY}.docx`);
  expect(draft.name).toBe('水磨沟区2026年1月10日重污染天气应急响应情况.docx');
  expect(wordsIn(draft.bytes)).toMatch(/附表1.*应停工工地\n个\n5\n—\n.*已停工工地\n个\n3\n—\n.*尚差2个/s);
  expect((await download(`/digests/${DAY}.docx`)).bytes.equals(draft.bytes)).toBe(true);

  const { body } = await office('POST', `/digests/${DAY}/submission`, {});
  const { data } = (await office('GET', `/history/${(body.entry as { seq: number }).seq}`)).body.entry as {
    data: { paper: string };
  };
  expect(data.paper).toBe(sha256(draft.bytes));

  await app.ask('PUT', `${episode}/units/construction/daily-reports/${DAY}`, {
    as: 'construction',
    body: { text: '更正', figures: { sitesToStop: 5, sitesStopped: 5 } },
  });
  await app.pass(30 * ONE_HOUR);
  expect(sha256((await download(`/digests/${DAY}.docx`)).bytes)).toBe(data.paper);
  const corrected = await office('POST', `/digests/${DAY}/submission`, { text: '更正\n已停工工地5个。' });
  expect(corrected.status).toBe(200);
  const latest = await download(`/digests/${DAY}.docx`);
  expect(wordsIn(latest.bytes)).toMatch(/^更正\n.*已停工工地5个。/);

  const originalOf = (answer: typeof body) => `/history/${(answer.entry as { seq: number }).seq}/paper`;
  expect(await download(originalOf(body))).toEqual(draft);
  expect((await download(originalOf(corrected.body))).bytes.equals(latest.bytes)).toBe(true);
  for (const seq of ['1', '999999', 'x']) expect((await office('GET', `/history/${seq}/paper`)).status).toBe(404);
});

test('an original that somebody changed, or that the database has lost, is never given as one', async () => {
  const address = `/digests/${DAY}.docx`;
  const { bytes } = await download(address);
  const { db } = app.database;
  const asOwner = (change: (trx: typeof db) => Promise<unknown>) =>
    withoutTriggers(db, async (trx) => {
      await change(trx);
    });
  const isPaper = ['paper_id', '=', sha256(bytes)] as const;
  const kept = await db
    .selectFrom('papers')
    .selectAll()
    .where(...isPaper)
    .executeTakeFirstOrThrow();

  await asOwner((trx) =>
    trx
      .updateTable('papers')
      .set({ content: Buffer.from('other') })
      .where(...isPaper)
      .execute(),
  );
  expect(await office('GET', address)).toMatchObject({ status: 404, body: { type: '/problems/file-damaged' } });
  await asOwner((trx) =>
    trx
      .deleteFrom('papers')
      .where(...isPaper)
      .execute(),
  );
  expect(await office('GET', address)).toMatchObject({ status: 404, body: { type: '/problems/file-damaged' } });
  await db.insertInto('papers').values(kept).execute();
  expect((await download(address)).bytes.equals(bytes)).toBe(true);
});

test('a refused submission and a repeat leave no file behind', async () => {
  const files = async () => (await app.database.db.selectFrom('papers').select('paper_id').execute()).length;
  const before = await files();
  expect((await office('POST', '/digests/2026-03-01/submission', {})).status).toBe(409);
  expect((await office('POST', '/follow-up-report/submission', {})).status).toBe(409);
  const headers = { 'Idempotency-Key': 'once-more' };
  const text = `更正\n${'再'.repeat(3)}次`;
  const again = () =>
    app.ask('POST', `${episode}/digests/${DAY}/submission`, { as: 'office', headers, body: { text } });
  expect((await again()).status).toBe(200);
  expect((await again()).status).toBe(200);
  expect(await files()).toBe(before + 1);
});

test('a day as sheets: the sums of the district and each unit', async () => {
  const { name, bytes } = await download(`/digests/${DAY}.xlsx`);
  expect(name).toBe('2026年1月10日全区日报.xlsx');
  const parts = unzipSync(bytes);
  expect(strFromU8(parts['xl/sharedStrings.xml']!)).toContain('应停工工地（个）');
});

test('a day that is not over has no paper', async () => {
  for (const ending of ['docx', 'xlsx'])
    expect(await office('GET', `/digests/2026-03-01.${ending}`)).toMatchObject({ status: 404 });
});

test('§5.1 the follow-up report: before lifting a draft, after sending the file that was sent', async () => {
  expect(wordsIn((await download('/follow-up-report.docx')).bytes)).toContain('预警尚未解除');
  const issuedAt = new Date(app.now()).toISOString();
  const notice = { number: '乌环委办〔2026〕9号', issuer: '市环委办', issuedAt, effectiveAt: issuedAt };
  expect((await office('POST', '/lift', { notice })).status).toBe(200);
  await app.pass(ONE_HOUR);
  const { body } = await office('POST', '/follow-up-report/submission', {});
  const { data } = (await office('GET', `/history/${(body.entry as { seq: number }).seq}`)).body.entry as {
    data: { paper: string };
  };
  const sent = await download('/follow-up-report.docx');
  expect(sent.name).toBe('关于水磨沟区重污染天气应急响应情况的报告.docx');
  expect(sha256(sent.bytes)).toBe(data.paper);
  expect(wordsIn(sent.bytes)).toMatch(/一、预警发布情况\n.*四、企业措施落实情况\n/s);
  await app.pass(30 * ONE_HOUR);
  expect(sha256((await download('/follow-up-report.docx')).bytes)).toBe(data.paper);
});

test('§5.2 the review: with what is saved, and the charts of the record; the same whenever it is asked for once published', async () => {
  const content = { conclusions: '响应及时', planRevisionNeeded: false };
  expect((await app.ask('PUT', `${episode}/review`, { as: 'office', body: content })).status).toBe(200);
  const { name, bytes } = await download('/review.docx');
  expect(name).toBe('水磨沟区重污染天气应急响应总结评估报告.docx');
  expect(wordsIn(bytes)).toMatch(/三、总体结论\n响应及时\n/);
  expect(Object.keys(unzipSync(bytes)).filter((part) => part.startsWith('word/charts/chart'))).toHaveLength(5);
  expect((await office('POST', '/review/publication', {})).status).toBe(200);
  const published = await download('/review.docx');
  await app.pass(50 * ONE_HOUR);
  expect((await download('/review.docx')).bytes.equals(published.bytes)).toBe(true);
});

test('a paper names the fonts of the edition to which its episode is bound', async () => {
  const otherFont: typeof readEditionFile = (folder, file, schema) => {
    const read = readEditionFile(folder, file, schema);
    if (file === 'plan.yaml')
      Object.assign(read.data as Plan, {
        papers: {
          bodyFont: 'FangSong',
          titleFont: '华文中宋',
          pageNumberFont: 'SimSun',
          by: 'office',
          why: '本机字体',
        },
      });
    return read;
  };
  const edition = loadEdition(path.join(editionsFolder(), 'shuimogou-2025'), otherFont);
  const fonts = async (one: TestApp, episode: string) => {
    const response = await fetch(`${one.url}${episode}/follow-up-report.docx`, {
      headers: { Authorization: `Bearer ${await one.signIn('supervisor')}` },
    });
    const parts = unzipSync(Buffer.from(await response.arrayBuffer()));
    const named = Object.entries(parts)
      .filter(([part]) => /^word\/(document|footer\d+)\.xml$/.test(part))
      .flatMap(([, content]) => [...strFromU8(content).matchAll(/w:eastAsia="([^"]+)"/g)].map(([, name]) => name));
    return new Set(named);
  };
  const own = await testApp(undefined, { edition });
  const { body } = await own.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(own.now()) });
  const named = await fonts(own, `/api/v1/episodes/${body.episodeId}`);
  expect([...named]).toEqual(expect.arrayContaining(['FangSong', '华文中宋', 'SimSun', '黑体']));
  for (const other of ['仿宋_GB2312', '方正小标宋简体', '宋体']) expect(named).not.toContain(other);
  await own.close();
  expect(await fonts(app, episode)).toContain('仿宋_GB2312');
});
