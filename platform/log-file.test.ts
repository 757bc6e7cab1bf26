import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { toLogFile } from './log-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => path.join(folder, 'qingkong.log');
const read = (name = 'qingkong.log') => readFileSync(path.join(folder, name), 'utf8');
const at = (beijing: string) => Date.parse(`${beijing}+08:00`);

test('a day has a file of its own, by Beijing time, readable by its owner alone', async () => {
  let now = at('2026-01-31T23:59:59');
  const write = promisify(toLogFile(file(), 184, () => now));
  await write('one\n');
  now = at('2026-02-01T00:00:00');
  await write('two\n');
  expect(read('qingkong-2026-01-31.log')).toBe('one\n');
  expect(read()).toBe('two\n');
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('a clock that goes back loses no line', async () => {
  let now = at('2026-02-01T10:00:00');
  const write = promisify(toLogFile(file(), 184, () => now));
  for (const moment of ['2026-02-01T10:00:00', '2026-02-02T10:00:00', '2026-02-01T11:00:00', '2026-02-02T11:00:00']) {
    now = at(moment);
    await write(`${moment}\n`);
  }
  const all = readdirSync(folder).map((name) => read(name));
  expect(all.join('').trimEnd().split('\n')).toHaveLength(4);
});

test('files go a day after their time, not a day before; others in the folder stay', async () => {
  for (const name of [
    'qingkong-2025-07-31.log',
    'qingkong-2025-08-01.log',
    'qingkong-2025-08-02.log',
    'temporal.log',
    'other-2020-01-01.log',
  ])
    writeFileSync(path.join(folder, name), 'x');
  let now = at('2026-01-31T12:00:00');
  const write = promisify(toLogFile(file(), 184, () => now));
  await write('one\n');
  now = at('2026-02-01T12:00:00');
  await write('two\n');
  // 184 days before 1 February 2026 is 1 August 2025.
  expect(readdirSync(folder).toSorted()).toEqual([
    'other-2020-01-01.log',
    'qingkong-2025-08-01.log',
    'qingkong-2025-08-02.log',
    'qingkong-2026-01-31.log',
    'qingkong.log',
    'temporal.log',
  ]);
});
