import { expect, test } from '@jest/globals';
import { tableLines } from './table.js';

test('columns stand under each other though Chinese is wider', () => {
  expect(
    tableLines([
      ['单位', '任务', '总结'],
      ['区教育局', '7/7', '已报'],
      ['A', '10/10', ''],
    ]),
  ).toEqual(['单位      任务   总结', '区教育局  7/7    已报', 'A         10/10']);
});
