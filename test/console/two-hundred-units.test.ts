/** The duty desk with two hundred units and thirty days of reports, live: the browser is never busy for long at a time. */
import { expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { atLength } from '../../lib/testing/at-length.js';
import { type ConsoleBench, describeInConsole } from '../support/console.js';
import { startDrill } from '../support/drill.js';
import { leaveOut } from '../support/left-out.js';

const UNITS = 200;
const DAYS = 30;
const MOST_MS = 100;

interface Board {
  units: Array<{ unitId: string; name: string; dailyReports: object[] }>;
}

/** Of each unit its copies, and of each a month of reports. What the program answers is what changes. */
function enlarged({ units, ...rest }: Board): Board {
  const dailyReports = Array.from({ length: DAYS }, (_, n) => {
    const date = `2015-10-${String(n + 1).padStart(2, '0')}`;
    return {
      date,
      dueAt: `${date}T12:00:00.000+08:00`,
      status: n % 7 === 0 ? 'missed' : 'submitted',
      submittedAt: `${date}T11:00:00.000+08:00`,
    };
  });
  const copies = Array.from({ length: UNITS }, (_, n) => {
    const unit = units[n % units.length]!;
    const copy = Math.floor(n / units.length);
    return copy === 0
      ? { ...unit, dailyReports }
      : { ...unit, unitId: `${unit.unitId}-${copy}`, name: `${unit.name}${copy}`, dailyReports };
  });
  return { ...rest, units: copies };
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Of processor time: how busy the machine is besides does not count. */
  tdur?: number;
  args: { name?: string };
}

const COLLECTIONS = new Set(['MajorGC', 'MinorGC']);

/** Milliseconds that each task of a page took, longest first, without the collector's: it runs when it likes. */
function tasksIn(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const ofPages = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  const there = traceEvents.filter((event) => ofPages.has(threadOf(event)) && event.tdur !== undefined);
  const collections = there.filter(({ name }) => COLLECTIONS.has(name));
  return there
    .filter(({ name }) => name.endsWith('RunTask'))
    .map((task) => {
      const within = collections.filter(
        (one) => threadOf(one) === threadOf(task) && one.ts >= task.ts && one.ts < task.ts + (task.dur ?? 0),
      );
      return (task.tdur! - within.reduce((sum, { tdur = 0 }) => sum + tdur, 0)) / 1_000;
    })
    .sort((one, other) => other - one);
}

const suite = (bench: ConsoleBench) => {
  test(`no task of ${MOST_MS} ms while reports come in`, async () => {
    const episode = await startDrill(bench.cast.office, { timeScale: 60 });
    const page = await bench.signInByForm('office');
    await page.route('**/board', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: enlarged((await response.json()) as Board) });
    });
    await page.goto(`${bench.address}/duty?episode=${episode.split('/').at(-1)}`);
    await page.getByRole('button', { name: /^显示更早的\d+天$/ }).click();
    await page.getByRole('columnheader').nth(DAYS).waitFor();
    expect(await page.getByRole('row').count()).toBe(UNITS + 1);
    // The first picture of them all is no part of it.
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))',
    );

    const browser = page.context().browser() as Browser;
    await browser.startTracing(page, {
      categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
    });
    const { units } = await bench.cast.office.get<Board>(`${episode}/board`);
    for (const unit of bench.cast.units.slice(0, 20)) {
      const { name } = units.find(({ unitId }) => unitId === unit.username)!;
      await unit.command('POST', `${episode}/units/${unit.username}/acknowledgement`);
      await page.locator(`td[data-words^="${name} · 确认："]`).getByText('✓').waitFor();
    }
    const tasks = tasksIn(await browser.stopTracing());
    expect(tasks.length).toBeGreaterThan(100);
    expect(tasks.filter((took) => took >= MOST_MS)).toEqual([]);
  });
};

const NAME = 'the duty desk with two hundred units';
if (atLength(true, false)) describeInConsole(NAME, suite);
else leaveOut(NAME, 'QINGKONG_TESTS=long runs it', () => suite({} as ConsoleBench));
