import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Database } from '../../ledger/database.js';
import type { Context } from '../engine/context.js';
import { BEGINNING, type TestApp, testApp } from '../testing/app.js';
import type { Rendered } from './rendered.js';
import { createPublicSite } from './site.js';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const textOf = ({ bodies }: Rendered): string => bodies.at(-1)!.content.toString('utf8');

/** A site of its own on the app's database, which goes away and comes back. */
function siteOnShakyLine() {
  const line = { isAway: false, now: BEGINNING, logged: [] as string[], reads: 0 };
  const database = new Proxy(app.database, {
    get(target, key) {
      if (line.isAway) throw new Error('the database is away');
      if (key === 'db') line.reads += 1;
      return target[key as keyof Database];
    },
  });
  const { edition } = app;
  const log = pino({}, { write: (words: string) => void line.logged.push(words) });
  const context = { database, edition, log, clock: () => line.now, publicUrl: 'https://qingkong.example' };
  return { line, open: createPublicSite(context as unknown as Context) };
}

test('all who ask within a few seconds share one read, and get the same bytes', async () => {
  const { line, open } = siteOnShakyLine();
  const pages = await Promise.all(Array.from({ length: 50 }, async () => (await open()).home()));
  expect(new Set(pages).size).toBe(1);
  expect(line.reads).toBe(1);
  line.now += 10_000;
  expect((await open()).home()).toBe(pages[0]);
  expect(line.reads).toBe(2);
});

test('while the database is away the last pages are served, and say when they were read', async () => {
  const { line, open } = siteOnShakyLine();
  expect(textOf((await open()).home())).toContain('核对于2026年1月10日14时00分');
  line.isAway = true;
  line.now += 10 * 60_000;
  expect(textOf((await open()).home())).toContain('核对于2026年1月10日14时00分');
  expect(line.logged.join()).toContain('the database is away');
  line.isAway = false;
  line.now += 10_000;
  expect(textOf((await open()).home())).toContain('核对于2026年1月10日14时10分');
});

test('a first read that fails is tried again by the next who asks', async () => {
  const { line, open } = siteOnShakyLine();
  line.isAway = true;
  await expect(open()).rejects.toThrow('the database is away');
  line.isAway = false;
  expect(textOf((await open()).home())).toContain('当前没有生效的预警');
});
