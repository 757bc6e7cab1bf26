import { bare, compact, DASH, LONGEST_VALUE } from './text.js';

/** Signs that people put between the digits, and the apostrophe by which a spreadsheet keeps a number as text. */
const BETWEEN = /[-().·•‧∙_'’‘]/gu;

/** A program that takes a number for a fraction writes 13900000003.0. */
const FRACTION = /^('?\d{11})\.0+$/;

/** The words for a number that often have no colon behind them: 电话0991-4690001. */
const WORD =
  /^(办公|值班|联系|单位)?(手机号码|手机号|手机|电话|座机|固话|市话|值班室|办公室|tel|mobile|phone)[.:]?(?=[+(\d])/iu;

const numberIn = (typed: string): string =>
  typed.length > LONGEST_VALUE ? '' : compact(bare(typed)).replace(WORD, '');

/** The digits, with `+` before another country's code: `0086 139-0000-0001` is `13900000001`, `+86 991…` is `0991…`. */
const dialled = (typed: string): string =>
  numberIn(typed)
    .replace(FRACTION, '$1')
    .replaceAll(DASH, '-')
    .replaceAll(BETWEEN, '')
    .replace(/^00(?=\d{8})/, '+')
    .replace(/^\+?860?(?=1[3-9]\d{9}$)/, '')
    .replace(/^\+?860?(?=([2-9]\d|10)\d{8}$)/, '0');

const MAINLAND = /^0?(1[3-9]\d{9})$/;
const ABROAD = /^\+(?!86)\d{6,15}$/;

/** A number that takes SMS: a mobile of the mainland in eleven digits, or any number abroad with its country's code. */
export function mobileIn(typed: string): string | undefined {
  const number = dialled(typed);
  return MAINLAND.exec(number)?.[1] ?? (ABROAD.test(number) ? number : undefined);
}

/** 转8001, 分机8001, 内线8001, ext. 8001; a third group of digits is one too: 0991-4690000-8001. */
const EXTENSION = /\(?(?:转|轉|分机号?|内线|ext\.?|x|#|,)[:.]?(\d{1,6})\)?$/iu;
const THIRD_GROUP = /^((?:\+86-?)?\(?0\d{2,3}\)?-?\d{7,8})-(\d{1,6})$/;

/** With or without area code; 400 and 800; 110, 12369; 95598. */
const FIXED = /^0(10|2\d|[3-9]\d{2})\d{7,8}$|^[2-9]\d{6,7}$|^[48]00\d{7}$|^1\d{2,4}$|^9[56]\d{3,4}$/;

/** A number that a person can ring, to compare: `(0991) 4690000 分机 8001` is `09914690000转8001`. */
export function phoneIn(typed: string): string | undefined {
  const text = numberIn(typed).replaceAll(DASH, '-');
  const [, main = text.replace(EXTENSION, ''), extension] = THIRD_GROUP.exec(text) ?? [
    text,
    undefined,
    EXTENSION.exec(text)?.[1],
  ];
  const digits = dialled(main);
  const number = mobileIn(main) ?? (FIXED.test(digits) || lacksZero(main) ? digits : undefined);
  return number === undefined || extension === undefined ? number : `${number}转${extension}`;
}

const WITHOUT_ZERO = /^(10|2\d|[3-9]\d{2})[2-8]\d{6,7}$/;

/** A number with its area code whose leading 0 a spreadsheet has taken off: 9914600001. */
export const lacksZero = (typed: string): boolean => {
  const digits = dialled(typed);
  return digits.length >= 10 && !/^[48]00/.test(digits) && mobileIn(typed) === undefined && WITHOUT_ZERO.test(digits);
};

/** The short form in which a spreadsheet writes a long number. Its last digits are gone: 1.39E+10. */
export const isShortened = (typed: string): boolean => /^'?\d(\.\d+)?E\+?\d{1,2}$/i.test(compact(typed));
