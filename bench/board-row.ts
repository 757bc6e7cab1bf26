/** An event on the desk's board of 200 units × 30 days in a browser: the longest task of its main thread. */
import { chromium, type Page } from 'playwright-core';
import { Life, reportOf, startOf } from '../episode/testing/life.js';
import { boardOf } from '../episode/views.js';
import { eventually } from '../lib/testing/eventually.js';
import { addDays, beijingDate, beijingInstant } from '../plan/rules/calendar.js';
import { browserPath, NO_BROWSER } from '../test/support/browser-program.js';
import type { Measurement } from './figures.js';
import { sendReport } from './load.js';
import type { Program } from './program.js';
import { bindingWith } from './stored-ledger.js';

const UNITS = 200;
const DAYS = 30;
const TIMES = 5;

/**
 * What the API would answer of a real episode of so many days, in which one unit in ten is silent each day: before and after a
 * silent one reports.
 */
function boardsOfManyDays(): [string, string] {
  const binding = bindingWith(UNITS);
  const life = new Life(binding);
  const today = beijingDate(Date.now());
  const firstDay = addDays(today, -DAYS);
  life.do(`${firstDay} 00:00`, startOf(`${firstDay} 00:00`));
  for (let day = 0; day < DAYS; day += 1) {
    const reporting = binding.units.filter((_, i) => i % 10 !== day % 10);
    const date = addDays(firstDay, day);
    life.submit(
      beijingInstant(addDays(date, 1), '00:00') + 60_000,
      reporting.map(({ unitId }) => reportOf(unitId, date)),
    );
  }
  // What has come due today belongs to both boards, whatever the hour.
  life.pass(Date.now());
  const board = () => JSON.stringify(boardOf(life.state, Date.now()));
  const before = board();
  const silent = binding.units[(DAYS - 1) % 10]!.unitId;
  life.submit(Date.now(), [reportOf(silent, addDays(today, -1))]);
  return [before, board()];
}

/** Kept in the page from its first moment on: tasks of 50 ms and more, which is what browsers tell of. */
const NOTE_LONG_TASKS = `
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });`;

const longestOf = async (page: Page): Promise<number> => {
  await page.evaluate('new Promise((resolve) => requestIdleCallback(resolve))');
  return page.evaluate<number>('Math.max(0, ...window.longTasks)');
};

/**
 * Loads the board, shows all its days, has a report come in; and so on. Milliseconds of the longest task from the report until the
 * board shows it, each time.
 */
export async function measureBoard(program: Program, episode: string): Promise<Measurement[]> {
  const executablePath = browserPath();
  if (executablePath === undefined) throw new Error(NO_BROWSER);
  const boards = boardsOfManyDays();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1366, height: 768 } });
    await context.addInitScript(NOTE_LONG_TASKS);
    const page = await context.newPage();
    let asked = 0;
    await page.route('**/api/v1/episodes/*/board', async (route) => {
      asked += 1;
      await route.fulfill({ status: 200, contentType: 'application/json', body: boards[asked % 2]! });
    });
    await page.goto(program.address);
    await page.getByLabel('用户名').fill(program.officeAccount.username);
    await page.getByLabel('密码').fill(program.officeAccount.password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.waitForURL((url) => url.pathname !== '/');
    const values: number[] = [];
    for (let n = 0; n <= TIMES; n += 1) {
      await page.goto(new URL(`${episode}/board`, program.address).href);
      const rows = page.locator('table.matrix tbody tr');
      await eventually(
        'all units',
        () => rows.count(),
        (count) => count === UNITS,
      );
      await page.getByRole('button', { name: '显示更早的' }).click();
      // The first picture of them all is no part of it.
      await longestOf(page);
      await page.evaluate('window.longTasks.length = 0');
      const before = asked;
      await sendReport(program.units[0]!, episode);
      await eventually(
        'the board is read again',
        () => asked,
        (now) => now > before,
      );
      values.push(await longestOf(page));
    }
    const what = `an event on the board of ${UNITS} units × ${DAYS} days: longest task of the browser (0: none of 50 ms)`;
    return [{ row: 'board', what, unit: 'ms', values: values.slice(1), reach: '≤ 100 ms' }];
  } finally {
    await browser.close();
  }
}
