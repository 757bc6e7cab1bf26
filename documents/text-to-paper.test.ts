import { expect, test } from '@jest/globals';
import { paperOfText } from './text-to-paper.js';

const of = (...lines: string[]) =>
  paperOfText(lines.join('\n'), { isDrill: false, date: '2026-01-12', signedOn: '2026年1月12日' });

test('title, addressee, parts, signature and day, each a line of its own', () => {
  expect(
    of(
      '关于应急响应情况的报告',
      '市环委办：',
      '',
      '现报告如下。',
      '一、预警发布情况',
      '（一）升级',
      '按照通知执行。',
      '水磨沟区环委办',
      '2026年1月10日',
    ),
  ).toEqual({
    title: '关于应急响应情况的报告',
    isDrill: false,
    date: '2026-01-12',
    addressee: '市环委办：',
    blocks: [
      { kind: 'paragraph', text: '现报告如下。' },
      { kind: 'heading', level: 1, text: '一、预警发布情况' },
      { kind: 'heading', level: 2, text: '（一）升级' },
      { kind: 'paragraph', text: '按照通知执行。' },
    ],
    signature: { by: '水磨沟区环委办', date: '2026年1月10日' },
  });
});

test.each([
  [
    'a name alone gets the day of signing',
    ['报告', '正文。', '水磨沟区环委办'],
    { by: '水磨沟区环委办', date: '2026年1月12日' },
  ],
  ['a last sentence is no signature', ['报告', '正文。'], undefined],
  ['nor is a heading', ['报告', '一、情况'], undefined],
  [
    'nor is a paragraph without its full stop',
    ['报告', '应停工工地5个，已停工工地3个，其余工地正在逐一核实，预计今日20时前全部停工到位，请予以知悉为盼谢谢'],
    undefined,
  ],
  ['a title alone', ['报告'], undefined],
])('%s', (_, lines, signature) => {
  expect(of(...lines).signature).toEqual(signature);
});

test('a numbered line that is a sentence is a paragraph: nothing of it is lost', () => {
  const text = '一、各单位要按照要求落实到位。';
  expect(of('报告', text).blocks).toEqual([{ kind: 'paragraph', text }]);
});
