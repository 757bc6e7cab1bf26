/** The public pages in a real browser: narrow, wide, enlarged, on paper, and for people who cannot see well. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { drill, startRequestBody, type TestApp, testApp } from '../api/testing/app.js';
import { browserPath, NO_BROWSER } from './support/browser-program.js';
import { PHONE, seriousFindings } from './support/console.js';
import { leaveOut } from './support/left-out.js';

const TEXT = `根据乌鲁木齐市生态环境保护委员会办公室通知，水磨沟区发布重污染天气黄色预警，启动Ⅲ级应急响应。
首要污染物为细颗粒物（PM2.5）。请广大市民做好健康防护，减少户外运动。`;

let app: TestApp;
let browser: Browser;
let real = '';
let rehearsed = '';

async function start(changes: Record<string, unknown> = {}): Promise<string> {
  const { body } = await app.ask('POST', '/api/v1/episodes', {
    as: 'office',
    body: startRequestBody(app.now(), changes),
  });
  const episodeId = String(body.episodeId);
  await app.engine.submit(episodeId, randomUUID(), [
    {
      commandId: randomUUID(),
      bodyHash: 'none',
      actor: { accountId: 'office', role: 'office' },
      body: {
        kind: 'issueText',
        noticeId: 'n1',
        audience: 'public',
        title: '关于发布重污染天气黄色预警的公告',
        text: TEXT,
        number: '水环委办〔2026〕1号',
        onPublicPages: true,
      },
    },
  ]);
  return episodeId;
}

const paths = () => [
  '/public',
  `/public/warnings/${real}`,
  `/public/warnings/${rehearsed}`,
  '/public/history',
  '/public/none',
];

/** Opens a page as somebody does who has switched scripts off; nothing may be refused by its own policy. */
async function open(path: string, options: object = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 404/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(app.url + path);
  return { page, complaints };
}

const WIDTHS = [
  { name: 'a phone', options: PHONE },
  { name: 'a desk', options: { viewport: { width: 1280, height: 800 } } },
  { name: 'the narrowest phone', options: { viewport: { width: 320, height: 600 } } },
];

const suite = () => {
  beforeAll(async () => {
    app = await testApp();
    browser = await chromium.launch({ executablePath: browserPath()!, args: ['--no-sandbox'] });
    real = await start({ expectedEndAt: '2026-01-13T20:00:00+08:00' });
    rehearsed = await start({ drill });
    await app.pass(10_000);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  test.each(WIDTHS)('on $name nothing is cut off, refused by the policy or hard to read', async ({ options }) => {
    for (const path of paths()) {
      const { page, complaints } = await open(path, options);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  test('enlarged to 200 % nothing is cut off', async () => {
    for (const path of paths()) {
      const { page } = await open(path, { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  test('without scripts one gets from what is in force to its whole text and back', async () => {
    const { page } = await open('/public', { javaScriptEnabled: false });
    await page.getByRole('link', { name: '预警全文' }).first().click();
    await page.getByText('水环委办〔2026〕1号').waitFor();
    await page.getByRole('link', { name: '现行预警' }).click();
    await page.getByRole('heading', { name: '请这样做' }).first().waitFor();
    await page.context().close();
  });

  test('on paper a drill says so on the sheet, and the menu is left out', async () => {
    const { page } = await open(`/public/warnings/${rehearsed}`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('【演练】本页用于应急演练，不是真实预警').isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: '历次预警' }).isVisible()).toBe(false);
    await page.context().close();
  });
};

if (browserPath() === undefined) leaveOut('public pages', NO_BROWSER, suite);
else describe('public pages', suite);
