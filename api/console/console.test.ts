import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestApp, testApp } from '../testing/app.js';

const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const SCRIPT = 'console.log("晴空")';

let folder: string;
let app: TestApp;
const get = (at: string, headers: Record<string, string> = HTML) => app.ask('GET', at, { headers });

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-built-'));
  mkdirSync(path.join(folder, 'assets'));
  for (const entry of ['desk', 'phone'])
    writeFileSync(path.join(folder, `${entry}.html`), `<script src="/assets/${entry}.js" nonce="NONCE"></script>`);
  writeFileSync(path.join(folder, 'assets/desk.js'), SCRIPT);
  writeFileSync(path.join(folder, 'assets/desk.js.gz'), gzipSync(SCRIPT));
  app = await testApp(undefined, { consoleFolder: folder });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

describe('pages', () => {
  test.each([
    ['/', 'phone'],
    ['/sign-in', 'phone'],
    ['/u', 'phone'],
    ['/u/tasks/t1', 'phone'],
    ['/units', 'desk'],
    ['/episodes/e1/board?show=late', 'desk'],
    ['/no/such/page', 'desk'],
  ])('%s is a page of the %s', async (at, entry) => {
    const { status, body } = await get(at);
    expect({ status, text: body.text }).toEqual({ status: 200, text: expect.stringContaining(`/assets/${entry}.js`) });
  });

  test('carry a nonce of their own, a policy without exceptions, and are kept nowhere', async () => {
    const [first, second] = [await get('/duty'), await get('/duty')];
    const nonce = /nonce="([^"]+)"/.exec(String(first.body.text))?.[1];
    const policy = first.headers.get('Content-Security-Policy');
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).not.toContain('unsafe');
    expect(second.body.text).not.toEqual(first.body.text);
    expect(first.headers.get('Cache-Control')).toBe('no-store');
  });

  test.each(['/api/v1/nowhere', '/public/nowhere', '/receipts', '/receipts/sms/secret'])(
    '%s is none, also for a browser',
    async (at) => {
      expect((await get(at)).status).toBe(404);
    },
  );

  test('programs get a problem document for an unknown address', async () => {
    expect(await get('/nowhere', {})).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
  });
});

describe('files', () => {
  test('go compressed where that is accepted, for a year', async () => {
    const compressed = await get('/assets/desk.js', { 'Accept-Encoding': 'gzip, deflate' });
    expect(compressed.headers.get('Content-Encoding')).toBe('gzip');
    expect(compressed.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(compressed.headers.get('Content-Type')).toMatch(/^text\/javascript/);
    const plain = await get('/assets/desk.js', { 'Accept-Encoding': 'identity' });
    expect({ text: plain.body.text, vary: plain.headers.get('Vary') }).toEqual({
      text: SCRIPT,
      vary: 'Accept-Encoding',
    });
  });

  test('an unknown one is not found', async () => {
    expect((await get('/assets/gone.js', {})).status).toBe(404);
  });

  test('the build may be taken away under a running process', async () => {
    rmSync(path.join(folder, 'assets'), { recursive: true });
    expect((await get('/assets/desk.js', {})).status).toBe(200);
  });
});

test('without a build the pages say so in a line, and the API answers', async () => {
  const bare = await testApp();
  const page = await bare.ask('GET', '/', { headers: HTML });
  expect(page).toMatchObject({ status: 503, body: { text: expect.stringContaining('npm run build') } });
  expect((await bare.ask('GET', '/api/v1/units', { as: 'office' })).status).toBe(200);
  await bare.close();
});
