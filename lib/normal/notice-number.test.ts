import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldedNumber, isSameNumber } from './notice-number.js';

const NUMBER = '乌环委办〔2026〕12号';

describe('the number of a notice', () => {
  test.each([
    ['brackets of another shape', '乌环委办[2026]12号'],
    ['full-width brackets', '乌环委办［2026］12号'],
    ['lenticular brackets', '乌环委办【2026】12号'],
    ['full-width digits', '乌环委办〔２０２６〕１２号'],
    ['white space around and inside', ' 乌环委办 〔2026〕　12 号\t'],
    ['tortoise-shell brackets of small form', '乌环委办﹝2026﹞12号'],
    ['white tortoise-shell brackets', '乌环委办〘2026〙12号'],
    ['corner brackets', '乌环委办「2026」12号'],
    ['round brackets', '乌环委办(2026)12号'],
    ['full-width round brackets', '乌环委办（2026）12号'],
    ['the word 第, which GB/T 9704 forbids', '乌环委办〔2026〕第12号'],
    ['zeros before it, which GB/T 9704 forbids', '乌环委办〔2026〕012号'],
    ['a word before it', '文号：乌环委办〔2026〕12号'],
    ['brackets around it', '（乌环委办〔2026〕12号）'],
    ['文件 behind it', '乌环委办〔2026〕12号文件'],
    ['how urgent it is behind it', '乌环委办〔2026〕12号（特急）'],
    ['號', '乌环委办〔2026〕12號'],
    ['no 号', '乌环委办〔2026〕12'],
    ['No. before it', '乌环委办〔2026〕No.12'],
    ['№ before it', '乌环委办〔2026〕№12号'],
    ['文 behind it', '乌环委办〔2026〕12号文'],
    ['a stop behind it', '乌环委办〔2026〕12号。'],
    ['its year in Chinese', '乌环委办〔二〇二六〕12号'],
    ['its place in Chinese', '乌环委办〔2026〕十二号'],
    ['the word 年', '乌环委办〔2026年〕12号'],
    ['angle brackets', '乌环委办<2026>12号'],
    ['invisible characters', '\uFEFF乌环委办\u200B〔2026〕12\u200D号\uFE0F'],
  ])('is the same with %s', (_how, typed) => {
    expect(foldedNumber(typed)).toBe(foldedNumber(NUMBER));
  });

  test.each([
    ['2024-2025年第11期', '2024—2025年 第11期'],
    ['2024-2025年第11期', '2024——2025年第11期'],
    ['2024-2025年第11期', '２０２４－２０２５年第１１期'],
    ['WH-12', 'ｗｈ‑12'],
  ])('%s is %s', (one, other) => {
    expect(isSameNumber(one, other)).toBe(true);
  });

  test.each(['乌环委办〔2026〕13号', '乌环委〔2026〕12号', '乌环委办〔2025〕12号', '乌环委办〔2026〕12号-1'])(
    '%s is another',
    (other) => {
      expect(foldedNumber(other)).not.toBe(foldedNumber(NUMBER));
    },
  );

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

  test('of another organ, year or place in the year stays another, however it is typed', () => {
    const brackets = fc.constantFrom('〔〕', '[]', '［］', '【】', '（）', '()', '﹝﹞');
    const numbers = fc.record({
      organ: fc.constantFrom('乌环委办', '乌环委', '新政办', '昌州环委办发'),
      year: fc.integer({ min: 2013, max: 2030 }),
      place: fc.integer({ min: 1, max: 300 }),
    });
    type Parts = { organ: string; year: number; place: number };
    const typed = ({ organ, year, place }: Parts, [opening, closing]: string, isWide: boolean) => {
      const number = `${organ}${opening}${year}${closing}${place}号`;
      return isWide ? number.replace(/\d/g, (digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0)) : number;
    };
    fc.assert(
      fc.property(numbers, numbers, brackets, brackets, fc.boolean(), (one, other, first, second, isWide) => {
        const isOne = JSON.stringify(one) === JSON.stringify(other);
        expect(isSameNumber(typed(one, first, false), typed(other, second, isWide))).toBe(isOne);
      }),
    );
  });
});
