/** The console in a real browser, on the real program: people who click, and what their browsers complain of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import axe from 'axe-core';
import {
  type BrowserContextOptions,
  type Browser as Chromium,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { firstAccounts, type HandedAccount } from '../../app/demo/program.js';
import { atLength } from '../../lib/testing/at-length.js';
import { eventually } from '../../lib/testing/eventually.js';
import { browserPath, NO_BROWSER } from './browser-program.js';
import { type Cast, signInAll } from './drill.js';
import { FIRST_TIME, temporalProgram } from './engine.js';
import { leaveOut } from './left-out.js';
import { uglyAt } from './looks.js';
import { installRealProgram, type RunningProgram } from './program.js';

/** A program of its own for a suite, and browsers on it. */
export interface ConsoleBench {
  address: string;
  program: RunningProgram;
  /** Everybody, signed in over HTTP: for what a test does not click. */
  cast: Cast;
  accountOf(username: string): HandedAccount;
  /** A fresh browser, signed in by its form, at the first page of its role. */
  signInByForm(username: string, options?: BrowserContextOptions): Promise<Page>;
  /** A fresh browser at this path; nobody is signed in. */
  open(address: string, options?: BrowserContextOptions): Promise<Page>;
}

const LONGEST_WAIT = 5 * 60_000;
const DESK = { viewport: { width: 1366, height: 768 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A name that browsers do not trust as they trust localhost: what an office's own network is to them. */
export const FOREIGN_NAME = 'qingkong.test';
const FOREIGN_HOST = `--host-resolver-rules=MAP ${FOREIGN_NAME} 127.0.0.1`;

/** An answer that says no is a line in the browser's console, whoever reads it: these, and broken lines, the test provokes itself. */
const PROVOKED =
  /Failed to load resource: (net::ERR_|the server responded with a status of (400|401|403|404|409|412|422))/;

/** Describes a suite in a real browser. After each test no page may have complained. */
export function describeInConsole(
  name: string,
  suite: (bench: ConsoleBench) => void,
  settings: () => Promise<Record<string, string>> = async () => ({}),
): void {
  const executablePath = browserPath();
  const tests = () => {
    const bench = {} as ConsoleBench;
    const folder = mkdtempSync(path.join(tmpdir(), 'qingkong-console-'));
    const complaints: string[] = [];
    let browser: Chromium;

    beforeAll(async () => {
      await temporalProgram();
      const program = await installRealProgram(path.join(folder, 'data'), await settings());
      const address = /http:\S+/.exec((await program.ready) ?? '')?.[0] ?? '';
      const accounts = await firstAccounts(path.join(folder, 'data'));
      browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', FOREIGN_HOST] });
      const open = async (at: string, options: BrowserContextOptions = {}) => {
        const context = await browser.newContext({
          ...DESK,
          locale: 'zh-CN',
          timezoneId: 'Asia/Urumqi',
          // A test that breaks requests must see them all.
          serviceWorkers: 'block',
          ...options,
        });
        // Ends what hangs; how fast a machine is decides no test.
        context.setDefaultTimeout(LONGEST_WAIT);
        const page = await context.newPage();
        watch(page, complaints);
        await page.goto(new URL(at, address).href);
        return page;
      };
      const accountOf = (username: string) => accounts.find((account) => account.username === username)!;
      Object.assign(bench, {
        address,
        program,
        cast: await signInAll(address, accounts),
        accountOf,
        open,
        async signInByForm(username, options) {
          const page = await open('/', options);
          await fillSignIn(page, accountOf(username));
          // Not waitForURL: it fails when the page goes on before it has loaded.
          await eventually(
            'the first page',
            () => new URL(page.url()).pathname,
            (path) => path !== '/',
          );
          await page.waitForLoadState();
          return page;
        },
      } satisfies ConsoleBench);
    }, FIRST_TIME);
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
      expect(complaints.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      bench.program?.process.kill('SIGTERM');
      await bench.program?.ended;
      rmSync(folder, { recursive: true, force: true });
    });
    suite(bench);
  };
  if (executablePath === undefined) leaveOut(name, NO_BROWSER, tests);
  else describe(name, tests);
}

/** Ends the session without its page. To clear the cookie will not do: an answer on its way brings it back. */
export const endSessionBehind = (page: Page): Promise<number> =>
  page.evaluate(async () => (await fetch('/api/v1/sessions/current', { method: 'DELETE' })).status);

/** As on a line that carries no stream: only an answer tells that something has changed. From the next load on. */
export const withoutStream = (page: Page): Promise<unknown> => page.route('**/api/v1/events', (route) => route.abort());

/** Errors of scripts, and whatever a browser prints as an error: violations of the policy are among it. */
function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const text = `${message.text()} ${message.location().url}`;
    if (message.type() === 'error' && !PROVOKED.test(text)) complaints.push(text);
  });
}

export async function fillSignIn(page: Page, { username, password }: HandedAccount): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** A draft with these words is in the browser: it outlives the page. */
export const draftKept = (page: Page, words: string): Promise<string> =>
  eventually(
    `a kept draft with “${words}”`,
    () => page.evaluate<string>('JSON.stringify({ ...localStorage })'),
    (kept) => kept.includes(words),
  );

/** Goes there as somebody without a mouse does. */
export async function tabTo(page: Page, place: Locator): Promise<void> {
  await place.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await place.evaluate((shown) => shown === shown.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by the keyboard to ${String(place)}`);
}

const MOST_STOPS = 200;

interface Finding {
  rule: string;
  where: string[];
}

/** What axe finds serious or critical on the page as it is now, and words that are cut off. At length in the dark, too. */
export async function seriousFindings(page: Page): Promise<Finding[]> {
  const ugly = await uglyAt(page);
  const found = [...(await byAxe(page)), ...(ugly.length === 0 ? [] : [{ rule: 'looks', where: ugly }])];
  return [...found, ...(await atLength(inTheDark, async () => [])(page))];
}

async function inTheDark(page: Page): Promise<Finding[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  const found = await byAxe(page);
  await page.emulateMedia({ colorScheme: null });
  return found.map(({ rule, where }) => ({ rule: `${rule}, dark`, where }));
}

async function byAxe(page: Page): Promise<Finding[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({
      rule: id,
      where: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    }));
}
