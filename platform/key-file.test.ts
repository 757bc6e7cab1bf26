import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { keyOfFile } from './key-file.js';

const folder = mkdtempSync(path.join(tmpdir(), 'key-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'one-time-codes.key');

test('is made once, for its owner alone, and is the same from then on', () => {
  const key = keyOfFile(file);
  expect(key).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(keyOfFile(file)).toEqual(key);
});

test('a file that was cut off is told, and left as it is', () => {
  writeFileSync(file, 'c2hvcnQ=\n');
  expect(() => keyOfFile(file)).toThrow(`密钥文件 ${file} 的内容不完整`);
  expect(readFileSync(file, 'utf8')).toBe('c2hvcnQ=\n');
});
