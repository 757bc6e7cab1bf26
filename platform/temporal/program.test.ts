import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findTemporal, WAYS, type Way } from './program.js';

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-program-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TEMPORAL = '#!/bin/sh\necho temporal version 1.5.1';
/** Stands for a Go tool that builds: it leaves the program where it is told to. */
const GO = `#!/bin/sh
printf '%s\\n' '${TEMPORAL.replace('\n', "' '")}' > "$GOBIN/temporal"
/bin/chmod +x "$GOBIN/temporal"
echo "$@" > "$GOBIN/../asked"`;

const program = (place: string, text: string): string => {
  const file = path.join(folder, place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
};

/** The ways as they are, but for the download, which ends as told: no test reaches for the network. */
const ways = (download: 'blocked' | 'reached'): Way[] =>
  WAYS.map((way) =>
    way.doing.includes('下载')
      ? {
          doing: way.doing,
          find: async () => {
            if (download === 'blocked') throw new Error('下载不通');
            return program('downloaded/temporal', TEMPORAL);
          },
        }
      : way,
  );

const find = (download: 'blocked' | 'reached' = 'blocked'): Promise<string> =>
  findTemporal(
    {
      env: { PATH: path.join(folder, 'path') },
      cacheFolder: path.join(folder, 'cache'),
      say: (line) => said.push(line),
    },
    ways(download),
  );

describe('getting a Temporal server', () => {
  test('a program on the PATH comes first', async () => {
    program('path/temporal', TEMPORAL);
    program('cache/bin/temporal', TEMPORAL);
    expect(await find('reached')).toBe('temporal');
  });

  test('then one cached by an earlier run', async () => {
    const cached = program('cache/bin/temporal', TEMPORAL);
    expect(await find('reached')).toBe(cached);
  });

  test("then the SDK's own download, before anything is built", async () => {
    program('path/go', GO);
    expect(await find('reached')).toBe(path.join(folder, 'downloaded/temporal'));
  });

  test('Go builds it into the cache, once, where downloads are blocked', async () => {
    program('path/go', GO);
    const built = await find();
    expect(built).toBe(path.join(folder, 'cache/bin/temporal'));
    expect(said.some((line) => line.includes('下载不通'))).toBe(true);
    said = [];
    rmSync(path.join(folder, 'path/go'));
    expect(await find()).toBe(built);
    expect(said.some((line) => line.includes('Go'))).toBe(false);
  });

  test.each([
    ['another program of that name', '#!/bin/sh\necho something else'],
    ['one that does not run', '#!/bin/sh\necho broken >&2; exit 3'],
  ])('%s on the PATH is passed over with the reason', async (_, text) => {
    program('path/temporal', text);
    const cached = program('cache/bin/temporal', TEMPORAL);
    expect(await find()).toBe(cached);
    expect(said[1]).toMatch(/^未成（.+），继续$/);
  });

  test('a broken program in the cache is replaced', async () => {
    const cached = program('cache/bin/temporal', '#!/bin/sh\nexit 1');
    program('path/go', GO);
    expect(await find()).toBe(cached);
  });

  test('processes that look at once take turns: one build serves both', async () => {
    program('path/go', GO);
    const both = await Promise.all([find(), find()]);
    expect(both[0]).toBe(both[1]);
    expect(said.filter((line) => line.includes('Go'))).toHaveLength(1);
  });

  test('nothing works: one line with every reason and what to do', async () => {
    program('path/go', '#!/bin/sh\necho "go: needs a newer toolchain" >&2; exit 1');
    const failure = find();
    await expect(failure).rejects.toThrow(/needs a newer toolchain/);
    await expect(failure).rejects.toThrow(/TEMPORAL_ADDRESS/);
    await expect(failure).rejects.not.toThrow(/\n/);
  });

  test.each(['/dev/null', '/proc/cache'])('the cache %s stops the start with one line', async (cacheFolder) => {
    const failure = findTemporal({ env: process.env, cacheFolder, say: () => undefined });
    await expect(failure).rejects.toThrow(/^缓存目录 .* 不能使用：.*QINGKONG_CACHE.*$/);
  });
});
