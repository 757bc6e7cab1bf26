import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { printedText, textByClause } from './document.js';
import { editionsFolder, loadEditionById } from './edition.js';

const { plan, items, textOf } = loadEditionById('shuimogou-2025');
const withoutSpace = (text: string) => text.replace(/\s/g, '');
const source = withoutSpace(readFileSync(join(editionsFolder(), 'shuimogou-2025', 'source.txt'), 'utf8'));

/** The printed lines that are not part of the document, and nothing else. */
const leftOut = {
  'the covering notice':
    '水政办〔2025〕5号关于印发《水磨沟区重污染天气应急预案（2025年修订版）》的通知各街道办事处，区属各相关部、委、办、局：《水磨沟区重污染天气应急预案（2025年修订版）》经区人民政府第57次常务会审议通过，现予以印发，请认真贯彻执行。水磨沟区人民政府办公室2025年2月25日',
  'a page mark': '—18—',
  'another page mark': '—24—',
  'the heading of annex 2, whose picture is not in the text': '附件2水磨沟区重污染天气应急组织体系框图',
  'the colophon': '水磨沟区人民政府办公室2025年2月25日印发',
};

describe('the document is the plan as printed', () => {
  test.each(Object.entries(leftOut))('%s is left out once', (_, piece) => {
    expect(source.split(piece)).toHaveLength(2);
  });

  test('joined again it is the source, nothing lost and nothing added', () => {
    const expected = Object.values(leftOut).reduce((text, piece) => text.replace(piece, ''), source);
    expect(printedText(plan.document)).toBe(expected);
  });

  test('the covering notice is kept beside it, for the number, the dates and the meeting', () => {
    expect(plan.edition.coveringNotice.text).toBe(leftOut['the covering notice']);
  });

  test('split paragraphs are their entries joined', () => {
    const split = plan.document.flatMap((section) => section.paragraphs).filter(({ parts }) => parts);
    expect(split.length).toBeGreaterThan(12);
    for (const { text, parts } of split) expect(parts!.map((part) => part.text).join('')).toBe(text);
  });

  test('section numbers and level signs are as printed: 4.3.4.3 is followed by 4.3.4.5, Ⅲ and Ⅱ one character, I a Latin letter', () => {
    const clauses = plan.document.map((section) => section.clause);
    expect(clauses[clauses.indexOf('4.3.4.3') + 1]).toBe('4.3.4.5');
    const texts = textByClause(plan.document);
    expect([texts.get('4.3.2'), texts.get('4.3.3'), texts.get('4.3.4')]).toEqual([
      '\u2162级响应措施',
      '\u2161级响应措施',
      'I级响应措施',
    ]);
  });

  test('the text of a task is the text under its clause', () => {
    const texts = textByClause(plan.document);
    for (const item of items) expect(texts.get(item.clause)).toContain(textOf(item.id));
    expect(textOf('duty-net-opinion')).toBe('做好重污染天气网上舆情调控管控工作。');
    expect(() => textOf('no-such-task')).toThrow(RangeError);
  });
});
