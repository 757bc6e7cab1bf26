import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Entry } from '../../episode/entries.js';
import { eventually } from '../../lib/testing/eventually.js';
import { ROOT } from '../support/child.js';
import {
  describeInConsole,
  endSessionBehind,
  FOREIGN_NAME,
  fillSignIn,
  PHONE,
  seriousFindings,
  tabTo,
  withoutStream,
} from '../support/console.js';
import { startDrill } from '../support/drill.js';

const UNIT = 'street-shirenzigou';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Long enough for a person, and a day is over in seconds. */
const DAYS_IN_SECONDS = { timeScale: 7200, policy: { acknowledgementMinutes: 600 } };

describeInConsole('the phone', (bench) => {
  const unitOf = () => bench.cast.units.find(({ username }) => username === UNIT)!;
  const entriesOf = async (episode: string, kind: string): Promise<Entry[]> =>
    (await unitOf().get<{ items: Entry[] }>(`${episode}/history?unitId=${UNIT}&kind=${kind}`)).items;
  const arrived = (page: Page, words: string) => page.getByRole('status').getByText(words).waitFor();

  /** The first day that the unit owes a report for. */
  const dayOwed = (episode: string): Promise<string> =>
    eventually(
      'a day is over',
      async () =>
        (await unitOf().get<{ dailyReports: Array<{ date: string }> }>(`${episode}/units/${UNIT}`)).dailyReports[0]
          ?.date ?? '',
      (date) => date !== '',
    );

  test('a unit confirms with the keyboard alone, and sees its entry', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm(UNIT, PHONE);
    const button = page.getByRole('button', { name: '确认收到' });
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await arrived(page, '确认收到：已送达，台账第');
    await page.getByText(/^已确认，/).waitFor();
    expect(await entriesOf(episode, 'unit.acknowledged')).toHaveLength(1);
    expect(await page.title()).toContain('【演练】');
  });

  test('opens without a line, with what was read last', async () => {
    await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm(UNIT, { ...PHONE, serviceWorkers: 'allow' });
    await page.getByRole('button', { name: '确认收到' }).waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.context().setOffline(true);
    await page.goto(`${bench.address}/`);
    await page.getByRole('button', { name: '确认收到' }).waitFor();
    await page
      .getByText(/^没有网络，以下内容是/)
      .first()
      .waitFor();
    await page.context().setOffline(false);
  });

  test('a task is done with a note and a photograph', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm(UNIT, PHONE);
    await page.locator('.group .row').first().click();
    await page.getByLabel('情况说明').fill('已通知网格员');
    await page.getByLabel('从相册或文件选').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PIXEL });
    await page.getByText('1个文件').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '已完成' }).click();
    await page.getByText('撤回原因').waitFor();
    const [entry] = await entriesOf(episode, 'task.completed');
    expect(entry!.data).toMatchObject({ note: '已通知网格员', attachmentIds: [expect.any(String)] });
  });

  test('a report whose answer is lost is kept through a reload, and carried out once', async () => {
    const episode = await startDrill(bench.cast.office, DAYS_IN_SECONDS);
    const date = await dayOwed(episode);
    const page = await bench.signInByForm(UNIT, PHONE);
    await page.goto(`${bench.address}/u/report/${date}`);
    await page.getByLabel('应急响应情况').fill('巡查辖区，未见异常');
    await page.getByLabel(/^出动人员/).fill('12');
    // The server carries it out; its answer never comes, nor does anything sent again until the line is back.
    let isLost = true;
    const answer = new Promise<void>((resolve) => {
      void page.route(`**/daily-reports/${date}`, async (route) => {
        if (route.request().method() !== 'PUT' || !isLost) return route.continue();
        await route.fetch();
        resolve();
        // The browser may have given up: it has left the page.
        await route.abort().catch(() => undefined);
      });
    });
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await answer;
    await arrived(page, '1条待发送');
    await page.goto(`${bench.address}/u/outbox`);
    await page.getByRole('heading', { name: /^每日报送：/ }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    isLost = false;
    const again = page.getByRole('button', { name: '立即重发' });
    // The page may send it by itself before the button is reached.
    void again.click().catch(() => undefined);
    await arrived(page, '已送达，台账第');
    const reported = await entriesOf(episode, 'report.submitted');
    expect(reported.map(({ data }) => data)).toEqual([
      expect.objectContaining({ date, content: { text: '巡查辖区，未见异常', figures: { people: 12 } } }),
    ]);
    expect(await entriesOf(episode, 'report.corrected')).toEqual([]);
  });

  test('a report is written and sent with the keyboard alone', async () => {
    const episode = await startDrill(bench.cast.office, DAYS_IN_SECONDS);
    const date = await dayOwed(episode);
    const page = await bench.signInByForm(UNIT, PHONE);
    await page.goto(`${bench.address}/u/report/${date}`);
    await tabTo(page, page.getByLabel('应急响应情况'));
    await page.keyboard.type('巡查辖区，未见异常');
    await tabTo(page, page.getByLabel(/^出动人员/));
    await page.keyboard.type('7');
    await tabTo(page, page.getByRole('button', { name: '报送', exact: true }));
    await page.keyboard.press('Enter');
    await arrived(page, '已送达，台账第');
    const [entry] = await entriesOf(episode, 'report.submitted');
    expect(entry!.data).toMatchObject({ date, content: { text: '巡查辖区，未见异常', figures: { people: 7 } } });
  });

  test('a form outlives the session and a reload', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm(UNIT, PHONE);
    await page.getByRole('link', { name: /报告应急措施落实情况/ }).click();
    await page.getByLabel('落实了哪些措施').fill('已通知全部企业');
    await page.getByText('已保存于').waitFor();
    await withoutStream(page);
    const confirmed = page.waitForResponse('**/sessions/current');
    await page.reload();
    await confirmed;
    expect(await page.getByLabel('落实了哪些措施').inputValue()).toBe('已通知全部企业');

    expect(await endSessionBehind(page)).toBe(204);
    await page.getByRole('button', { name: '报告', exact: true }).click();
    await page.getByRole('dialog', { name: '登录已过期，请重新登录' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await fillSignIn(page, bench.accountOf(UNIT));
    await arrived(page, '应急措施落实情况：已送达');
    expect(await entriesOf(episode, 'implementation.reported')).toHaveLength(1);
  });

  test('what is refused stays, with the reason and the words that were typed', async () => {
    await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm(UNIT, PHONE);
    await page.goto(`${bench.address}/u/report/2015-11-26`);
    await page.getByLabel('应急响应情况').fill('提前报送');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await arrived(page, '1条没有办成');
    expect(await page.getByLabel('应急响应情况').inputValue()).toBe('提前报送');
  });

  test('works where browsers trust nothing: over plain HTTP in a network of its own', async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.open(bench.address.replace(/localhost|127\.0\.0\.1/, FOREIGN_NAME), PHONE);
    expect(await page.evaluate('isSecureContext')).toBe(false);
    await fillSignIn(page, bench.accountOf(UNIT));
    await page.getByRole('button', { name: '确认收到' }).click();
    await arrived(page, '确认收到：已送达');
    expect(await entriesOf(episode, 'unit.acknowledged')).toHaveLength(1);
  });

  test.each([
    ['a telephone', { ...PHONE }],
    ['a telephone at night', { ...PHONE, colorScheme: 'dark' as const }],
    ['letters twice as large', { viewport: { width: 195, height: 422 } }],
  ])('every page on %s: nothing serious for axe, nothing beside the screen', async (_, options) => {
    await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm(UNIT, options);
    for (const place of [
      '',
      '/report/2015-11-27',
      '/implementation',
      '/summary',
      '/problems',
      '/record',
      '/roster',
      '/outbox',
    ]) {
      await page.goto(`${bench.address}/u${place}`);
      await page
        .locator('.phone-page .card, .phone-page form, .phone-page .rows, .phone-page .state')
        .first()
        .waitFor();
      const beside = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect({ place, beside, findings: await seriousFindings(page) }).toEqual({ place, beside: 0, findings: [] });
    }
  });

  describe('its build', () => {
    const ofDist = (file: string) => readFileSync(path.join(ROOT, 'dist/web', file));

    test.each([
      ['phone', 80_000],
      ['desk', 220_000],
    ])('%s: no more than %i bytes at the first load, compressed', (entry, most) => {
      const manifest = JSON.parse(ofDist(`manifest-${entry}.json`).toString()) as Record<
        string,
        { file: string; css?: string[]; imports?: string[] }
      >;
      const filesOf = (name: string): string[] => {
        const { file, css = [], imports = [] } = manifest[name]!;
        return [file, ...css, ...imports.flatMap(filesOf)];
      };
      const sizes = [...new Set(filesOf(`${entry}.html`))].map((file) => ofDist(`${file}.br`).length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most);
    });
  });
});
