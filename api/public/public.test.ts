import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { XmlDocument } from 'libxml2-wasm';
import type { CommandBody } from '../../episode/commands.js';
import { drill, noticeBody, ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';

let app: TestApp;
const logged: string[] = [];
beforeAll(async () => {
  app = await testApp(undefined, { logs: { write: (line) => void logged.push(line) } });
});
afterAll(() => app.close());

/** As a browser or a program asks that has never been here. */
async function read(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(app.url + path, { headers });
  const text = (await response.text()).replaceAll('&#x2F;', '/');
  return { status: response.status, headers: response.headers, text };
}

/** The record is read anew after a few seconds. */
const later = () => app.pass(10_000);

async function command(episodeId: string, body: CommandBody): Promise<void> {
  const actor = { accountId: 'office', role: 'office' } as const;
  const [outcome] = await app.engine.submit(episodeId, randomUUID(), [
    { commandId: randomUUID(), bodyHash: 'none', actor, body },
  ]);
  if (outcome?.status !== 'accepted') throw new Error(JSON.stringify(outcome));
}

const publish = async (episodeId: string, noticeId: string, title: string, onPublicPages?: boolean): Promise<void> => {
  await command(episodeId, {
    kind: 'issueText',
    noticeId,
    audience: 'public',
    title,
    text: `${title}第一段。\n第二段：<script>alert(1)</script>`,
    ...(onPublicPages === undefined ? {} : { onPublicPages }),
  });
  await later();
};

async function start(changes: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await app.ask('POST', '/api/v1/episodes', {
    as: 'office',
    body: startRequestBody(app.now(), changes),
  });
  expect(status).toBe(201);
  return String(body.episodeId);
}

const office = (path: string, body: object) => app.ask('POST', `/api/v1/episodes/${path}`, { as: 'office', body });

const jsonOf = async (path: string) => JSON.parse((await read(path)).text);

describe('before anything was issued', () => {
  test('the page says that no warning is in force, and when that was looked at', async () => {
    const { status, text } = await read('/public');
    expect(status).toBe(200);
    expect(text).toContain('当前没有生效的预警');
    expect(text).toContain('核对于2026年1月10日14时00分（北京时间）');
    expect(await jsonOf('/public/current.json')).toEqual({
      checkedAt: '2026-01-10T14:00:00.000+08:00',
      warnings: [],
      drills: [],
    });
  });

  test('what is in force and was not issued to the public is not shown', async () => {
    const episodeId = await start();
    await later();
    expect((await read('/public')).text).toContain('当前没有生效的预警');
    expect((await read(`/public/warnings/${episodeId}`)).status).toBe(404);
    await app.renew();
  });
});

describe('a warning from its start to its review', () => {
  let episodeId = '';
  const page = () => read(`/public/warnings/${episodeId}`);

  beforeAll(async () => {
    await app.renew();
    episodeId = await start({ expectedEndAt: '2026-01-13T20:00:00+08:00', affectedArea: '水磨沟区全域' });
    await publish(episodeId, 'n1', '关于发布重污染天气黄色预警的公告');
  });

  test('in force first: level, area, since, until, pollutant, what to do', async () => {
    const { text } = await read('/public');
    for (const words of [
      '黄色预警·Ⅲ级响应',
      '水磨沟区全域',
      '2026年1月10日14时00分',
      '预计至2026年1月13日20时00分',
      '细颗粒物（PM2.5）',
      '儿童、孕妇、老年人',
      '一般人群减少户外运动',
      `href="/public/warnings/${episodeId}"`,
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('当前没有生效的预警');
  });

  test('the warning’s page has the whole text, in which nothing is markup', async () => {
    const { status, text } = await page();
    expect(status).toBe(200);
    expect(text).toContain('关于发布重污染天气黄色预警的公告第一段。');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain(`/public/warnings/${episodeId}/n1-1.cap.xml`);
  });

  test('no script, no cookie, nothing from elsewhere', async () => {
    for (const path of ['/public', `/public/warnings/${episodeId}`, '/public/history', '/public/none']) {
      const { headers, text } = await read(path);
      expect(headers.get('Set-Cookie')).toBeNull();
      expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
      expect(text).not.toMatch(/<script|<img|<iframe|javascript:|\son\w+=|style="|https?:\/\//);
    }
  });

  test('a minute in every cache, and 304 to whoever has it', async () => {
    for (const path of ['/public', `/public/warnings/${episodeId}`, '/public/feed.atom', '/public/current.json']) {
      const first = await read(path);
      expect(first.headers.get('Cache-Control')).toBe('public, max-age=60');
      const again = await read(path, { 'If-None-Match': first.headers.get('ETag')! });
      expect([again.status, again.text]).toEqual([304, '']);
    }
    const before = (await read('/public')).headers.get('ETag')!;
    await app.pass(60_000);
    const after = await read('/public', { 'If-None-Match': before });
    expect([after.status, after.text.includes('核对于2026年1月10日14时01分')]).toEqual([200, true]);
  });

  test('it is compressed once, for whoever takes that', async () => {
    for (const encoding of ['br', 'gzip']) {
      const { headers, text } = await read('/public', { 'Accept-Encoding': encoding });
      expect([headers.get('Content-Encoding'), headers.get('Vary')]).toEqual([encoding, 'Accept-Encoding']);
      expect(text).toContain('黄色预警');
    }
  });

  test('alerts: valid, of the right type, readable by programs elsewhere', async () => {
    const { status, headers, text } = await read(`/public/warnings/${episodeId}/n1-1.cap.xml`);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toContain('application/cap+xml');
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    const document = XmlDocument.fromString(text);
    const spaces = { cap: 'urn:oasis:names:tc:emergency:cap:1.2' };
    const at = (path: string) => document.get(`/cap:alert/${path}`, spaces)?.content;
    expect([at('cap:status'), at('cap:msgType'), at('cap:sender'), at('cap:info/cap:severity')]).toEqual([
      'Actual',
      'Alert',
      'env-office@shuimogou.example',
      'Moderate',
    ]);
    expect(at('cap:info/cap:web')).toBe(`http://qingkong.example/public/warnings/${episodeId}`);
    expect(logged.filter((line) => line.includes('alert is not valid'))).toEqual([]);
    expect((await read(`/public/warnings/${episodeId}/n1-2.cap.xml`)).status).toBe(404);
  });

  test('current.json: for screens, without a drill among the warnings', async () => {
    const { headers } = await read('/public/current.json');
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    const { warnings, drills } = await jsonOf('/public/current.json');
    expect(drills).toEqual([]);
    expect(warnings).toMatchObject([
      {
        id: episodeId,
        status: 'in-force',
        level: 'yellow',
        responseLevel: 'III',
        levelName: '黄色预警·Ⅲ级响应',
        area: '水磨沟区全域',
        since: '2026-01-10T14:00:00.000+08:00',
        expectedEndAt: '2026-01-13T20:00:00.000+08:00',
        cap: `http://qingkong.example/public/warnings/${episodeId}/n1-1.cap.xml`,
      },
    ]);
  });

  test('a correction takes the place of the text before, which stays, struck', async () => {
    await publish(episodeId, 'n1', '公告（更正）');
    const { text } = await page();
    expect(text).toContain('<s>关于发布重污染天气黄色预警的公告</s>');
    expect(text.indexOf('公告（更正）第一段')).toBeLessThan(text.indexOf('黄色预警的公告第一段'));
    expect((await read(`/public/warnings/${episodeId}/n1-2.cap.xml`)).text).toContain('<msgType>Update</msgType>');
  });

  test('answers to the public: listed, linked with what they correct, struck once corrected', async () => {
    const said = { about: 'rumour', title: '关于“全区停水”的说明', text: '不属实。' };
    expect((await office(`${episodeId}/statements`, said)).status).toBe(200);
    const corrected = { ...said, title: '关于“全区停水”的说明（更正）', corrects: 't1' };
    expect((await office(`${episodeId}/statements`, corrected)).status).toBe(200);
    await later();
    const first = `/public/statements/${episodeId}/t1`;
    const second = `/public/statements/${episodeId}/t2`;
    const home = (await read('/public')).text;
    expect(home).toContain(`【澄清不实信息】<s><a href="${first}">关于“全区停水”的说明</a></s>（已更正）`);
    expect(home).toContain(`【澄清不实信息】<a href="${second}">`);
    expect((await page()).text).toContain(second);
    expect((await read(first)).text).toContain(`已更正，请看：<a href="${second}">`);
    expect((await read(second)).text).toContain(`更正以前的回应：<a href="${first}">`);
    expect((await read(`/public/statements/${episodeId}/t3`)).status).toBe(404);
  });

  test('a raise that is announced is told as to come', async () => {
    const notice = { ...noticeBody(app.now(), '乌环委办〔2026〕800号'), effectiveAt: '2026-01-10T20:00:00+08:00' };
    expect((await office(`${episodeId}/adjustments`, { notice, cityLevel: 'orange' })).status).toBe(200);
    await later();
    expect((await read('/public')).text).not.toContain('调整为橙色预警');
    await publish(episodeId, 'n2', '关于调整为橙色预警的公告');
    expect((await read('/public')).text).toContain('自2026年1月10日20时00分起调整为橙色预警');
    await app.pass(8 * ONE_HOUR);
    expect((await read('/public')).text).toContain('橙色预警·Ⅱ级响应');
  });

  test('lifted: no longer in force, struck with its time, and cancelled for programs', async () => {
    expect((await office(`${episodeId}/lift`, { notice: noticeBody(app.now(), '乌环委办〔2026〕801号') })).status).toBe(
      200,
    );
    await publish(episodeId, 'n3', '关于解除预警的公告');
    const home = (await read('/public')).text;
    expect(home).toContain('当前没有生效的预警');
    expect(home).toMatch(/<s><a href="[^"]+">重污染天气橙色预警<\/a>.*<\/s><br>已于2026年1月10日22时\d+分解除/);
    const { text } = await page();
    expect(text).toMatch(/<h1><s>重污染天气橙色预警<\/s><\/h1>\s*<p class="remark">已于2026年1月10日22时\d+分解除。/);
    expect(text).toContain('关于解除预警的公告第一段');
    const cap = (await read(`/public/warnings/${episodeId}/n3-1.cap.xml`)).text;
    expect(cap).toContain('<msgType>Cancel</msgType>');
    expect(cap).toMatch(/<references>env-office@shuimogou.example,\S+-n1-1,2026-01-10T14:00:00\+08:00 /);
    expect((await jsonOf('/public/current.json')).warnings).toEqual([]);
  });

  test('the review is published', async () => {
    expect((await read(`/public/reviews/${episodeId}`)).status).toBe(404);
    expect((await office(`${episodeId}/follow-up-report/submission`, {})).status).toBe(200);
    await app.ask('PUT', `/api/v1/episodes/${episodeId}/review`, {
      as: 'office',
      body: {
        conclusions: '内部结论',
        planRevisionNeeded: true,
        publicText: '本次预警历时8小时。\n空气质量好转。',
        revisions: [{ what: 'plan', text: '内部要求', unitId: 'education', dueAt: '2026-05-01T18:00:00+08:00' }],
      },
    });
    expect((await office(`${episodeId}/review/publication`, {})).status).toBe(200);
    await later();
    const { text } = await read(`/public/reviews/${episodeId}`);
    expect(text).toContain('本次预警历时8小时。');
    expect(text).toContain('应急预案由区教育局修订，2026年5月1日前完成。');
    expect(text).not.toMatch(/内部结论|内部要求/);
    expect((await read('/public')).text).toContain(`/public/reviews/${episodeId}`);
    expect((await page()).text).toContain(`/public/reviews/${episodeId}`);
  });

  test('the feed has every text and the review, the newest first', async () => {
    const { headers, text } = await read('/public/feed.atom');
    expect(headers.get('Content-Type')).toContain('application/atom+xml');
    const spaces = { a: 'http://www.w3.org/2005/Atom' };
    const titles = XmlDocument.fromString(text).find('//a:entry/a:title', spaces);
    expect(titles.map((node) => node.content)).toEqual([
      '重污染天气应急响应总结评估（2026年1月10日启动）',
      '关于解除预警的公告',
      '关于调整为橙色预警的公告',
      '关于“全区停水”的说明（更正）',
      '关于“全区停水”的说明',
      '公告（更正）',
      '关于发布重污染天气黄色预警的公告',
    ]);
  });

  test('the history lists it under its year, and knows no other', async () => {
    expect((await read('/public/history')).text).toContain('重污染天气橙色预警');
    expect((await read('/public/history?year=2026')).text).toContain('2026年的预警');
    for (const year of ['2025', '99', 'x', '']) expect((await read(`/public/history?year=${year}`)).status).toBe(404);
  });

  test('a closed one is the same after a restart', async () => {
    const before = (await page()).text;
    app.restart();
    expect((await page()).text).toBe(before);
  });
});

describe('a drill', () => {
  let episodeId = '';
  beforeAll(async () => {
    await app.renew();
    episodeId = await start({ drill });
    await publish(episodeId, 'n1', '关于发布黄色预警的公告');
  });

  const everywhere = async () =>
    (
      await Promise.all(
        ['/public', '/public/history', '/public/feed.atom', '/public/current.json'].map((one) => read(one)),
      )
    )
      .map(({ text }) => text)
      .join();

  test('is nowhere, unless the office publishes it', async () => {
    expect(await everywhere()).not.toContain(episodeId);
    expect((await read(`/public/warnings/${episodeId}`)).status).toBe(404);
    expect((await read(`/public/warnings/${episodeId}/n1-1.cap.xml`)).status).toBe(404);
  });

  test('published, all of it says that it is a drill, and no real warning is in force', async () => {
    await publish(episodeId, 'n1', '关于发布黄色预警的公告', true);
    const { text } = await read(`/public/warnings/${episodeId}`);
    expect(text).toContain('【演练】本页用于应急演练，不是真实预警');
    expect(text).toContain('<title>【演练】');
    expect(text).toContain('【演练】关于发布黄色预警的公告');
    const home = (await read('/public')).text;
    expect(home).toContain('当前没有生效的预警');
    expect(home).toContain('【演练】用于应急演练，不是真实预警');
    expect((await read(`/public/warnings/${episodeId}/n1-2.cap.xml`)).text).toContain('<status>Exercise</status>');
    const { warnings, drills } = await jsonOf('/public/current.json');
    expect([warnings, drills.length]).toEqual([[], 1]);
    expect((await read('/public/feed.atom')).text).toContain('<title>【演练】关于发布黄色预警的公告</title>');
  });

  test('taken off the pages again, it is gone', async () => {
    await publish(episodeId, 'n1', '关于发布黄色预警的公告（收回）', false);
    expect(await everywhere()).not.toContain(episodeId);
  });
});

test('a statement beside a warning that the public was not told of brings no warning', async () => {
  await app.renew();
  const episodeId = await start();
  expect(
    (await office(`${episodeId}/statements`, { about: 'concern', title: '学校停课吗', text: '不停课。' })).status,
  ).toBe(200);
  await later();
  const { text } = await read('/public');
  expect(text).toContain('当前没有生效的预警');
  expect(text).toContain('【回应关切】');
  expect((await read(`/public/statements/${episodeId}/t1`)).text).not.toContain('这次预警');
  expect((await read(`/public/warnings/${episodeId}`)).status).toBe(404);
  expect((await jsonOf('/public/current.json')).warnings).toEqual([]);
});

describe('what is not there', () => {
  test.each([
    '/public/none',
    '/public/warnings',
    '/public/warnings/none',
    '/public/warnings/none/n1-1.cap.xml',
    '/public/reviews/none',
    '/public/statements/none/t1',
    '/public/%E0%A4%A',
    '/public/warnings/%E0%A4%A',
    '/public/warnings/__proto__',
  ])('%s is a page in Chinese', async (path) => {
    const { status, headers, text } = await read(path);
    expect([status, headers.get('Content-Type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(text).toContain('没有这个页面');
  });
});

test('an alert that is not valid is told to the log and never served', async () => {
  await app.renew();
  app.restart();
  logged.length = 0;
  const episodeId = await start();
  // A title of spaces, which no form lets through.
  await publish(episodeId, 'n1', ' ');
  const { text } = await read(`/public/warnings/${episodeId}`);
  expect(text).toContain('已发布的文字');
  expect(text).not.toContain('.cap.xml');
  expect((await read(`/public/warnings/${episodeId}/n1-1.cap.xml`)).status).toBe(404);
  expect(logged.filter((line) => line.includes('alert is not valid'))).toHaveLength(1);
});
