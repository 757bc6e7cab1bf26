import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { beginningOf, endOf, inShort } from './graphemes.js';

const FAMILY = '👨‍👩‍👧‍👦';
const ACCENTED = 'e\u0301\u0323';

test.each([
  ['a pair of surrogates', `一𠮷`, 2, '一'],
  ['an emoji of four people', `一${FAMILY}二`, 8, '一'],
  ['a letter with its accents', `一${ACCENTED}`, 3, '一'],
  ['a whole character', `一${ACCENTED}二`, 4, `一${ACCENTED}`],
  ['a text that fits', '一二', 2, '一二'],
])('%s is not split', (_what, text, limit, beginning) => {
  expect(beginningOf(text, limit)).toBe(beginning);
});

test('a character with more parts than any limit is cut between two of them', () => {
  const beginning = beginningOf(`a${'\u0301'.repeat(500)}`, 100);
  expect(beginning).toHaveLength(100);
});

test('of any text: a beginning within the limit, and no half of a character', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('一', '𠮷', FAMILY, ACCENTED, 'ﷺ', 'ئۇ')), fc.nat(40), (parts, limit) => {
      const text = parts.join('');
      const beginning = beginningOf(text, limit);
      expect(beginning.length).toBeLessThanOrEqual(limit);
      const characters = Array.from(new Intl.Segmenter('zh').segment(text), ({ segment }) => segment);
      let whole = '';
      for (const character of characters)
        if (whole.length + character.length <= limit) whole += character;
        else break;
      expect(beginning).toBe(whole);
    }),
  );
});

test('a text in short shows that it was cut; the end of one begins with a whole character', () => {
  expect(['一二', '一二三', '一𠮷二'].map((text) => inShort(text, 2))).toEqual(['一二', '一二…', '一…']);
  expect(['一𠮷二', '一二'].map((text) => endOf(text, 2))).toEqual(['二', '一二']);
});
