import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldedNumber } from './notice-numbers.js';

const NUMBER = '乌环委办〔2026〕12号';

describe('the number of a notice', () => {
  test.each([
    ['brackets of another shape', '乌环委办[2026]12号'],
    ['full-width brackets', '乌环委办［2026］12号'],
    ['lenticular brackets', '乌环委办【2026】12号'],
    ['full-width digits', '乌环委办〔２０２６〕１２号'],
    ['white space around and inside', ' 乌环委办 〔2026〕　12 号\t'],
    ['invisible characters', '\uFEFF乌环委办\u200B〔2026〕12\u200D号\uFE0F'],
  ])('is the same with %s', (_how, typed) => {
    expect(foldedNumber(typed)).toBe(foldedNumber(NUMBER));
  });

  test.each(['乌环委办〔2026〕13号', '乌环委〔2026〕12号', '乌环委办〔2025〕12号'])('%s is another', (other) => {
    expect(foldedNumber(other)).not.toBe(foldedNumber(NUMBER));
  });

  test('stays the same folded again, and whatever invisible is put between', () => {
    const blank = fc.constantFrom(' ', '\u3000', '\u00A0', '\u200B', '\u2060', '\uFE0F', '\t');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(blank), fc.nat(), (number, blanks, at) => {
        const folded = foldedNumber(number);
        expect(foldedNumber(folded)).toBe(folded);
        const characters = [...NUMBER];
        characters.splice(at % characters.length, 0, ...blanks);
        expect(foldedNumber(characters.join(''))).toBe(foldedNumber(NUMBER));
      }),
    );
  });
});
