import { expect, test } from '@jest/globals';
import { lineChanges } from './line-changes.js';

const changed = (before: string, after: string) =>
  lineChanges(before, after).map(({ kind, line }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${line}`);

test.each([
  ['nothing', '一\n二', '一\n二', [' 一', ' 二']],
  ['a line in the middle', '一\n三', '一\n二\n三', [' 一', '+二', ' 三']],
  ['a line taken out', '一\n二\n三', '一\n三', [' 一', '-二', ' 三']],
  ['another word', '一\n二', '一\n贰', [' 一', '-二', '+贰']],
  ['the same line twice', '一\n一', '一', ['-一', ' 一']],
  ['everything', '一', '', ['-一', '+']],
])('%s', (_what, before, after, said) => {
  const found = changed(before, after);
  expect([...found].sort()).toEqual([...said].sort());
  expect(found.filter((line) => !line.startsWith('-')).map((line) => line.slice(1))).toEqual(after.split('\n'));
});
