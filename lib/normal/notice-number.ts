import { withDigits } from './numerals.js';
import { DASH, plain } from './text.js';

const OPENING = /[〔【〖〘〚｢「『《〈⟦⟨({<]/gu;
const CLOSING = /[〕】〗〙〛｣」』》〉⟧⟩)}>]/gu;

/** What people write around a number: a word for it, brackets, a stop, and 文 behind 号. */
const LABEL = /^(发?文号|编号|通知):/u;
const WHOLE = /^\[(.*号)文?\]$/u;
const BEHIND = /(?<=号)(文件?|通知)?(\[(特急|加急|平急|急件)\])?[。.,;、]*$/u;
/** 号 in other characters, or left out behind the year. */
const NUMBER_SIGN = /(?<=\])(?:no\.?)?(\d+)[号號]?$/u;
/** A year and a number in Chinese: 〔二〇二六〕十二号, 〔2026年〕. */
const IN_CHINESE = /(?<=\[)[〇零○一二三四五六七八九]{4}(?=年?\])|(?<=\]第?)[一二三四五六七八九十]{1,4}(?=号)/gu;
const OF_YEAR_WORD = /(?<=\[\d{4})年(?=\])/gu;

/** GB/T 9704—2012, 7.2.5: a number has neither 第 nor zeros before it, and ends with 号. */
const OF_YEAR = /(?<=\])第?0*(?=\d+(号|$))/gu;

/**
 * A notice's number as it is compared: full-width and half-width forms, brackets and hyphens of any shape, case, white
 * space and invisible characters make no difference, nor what is written around it. `（乌环委办〔2026〕 第０１号）` is
 * `乌环委办[2026]1号`.
 */
export const foldedNumber = (number: string): string =>
  plain(number)
    .replaceAll(/\s/g, '')
    .replaceAll(OPENING, '[')
    .replaceAll(CLOSING, ']')
    // A Chinese dash is two characters wide, and is typed as one or as two.
    .replaceAll(new RegExp(`(${DASH.source})+`, 'gu'), '-')
    .toLowerCase()
    .normalize('NFKC')
    .replace(LABEL, '')
    .replaceAll('號', '号')
    .replace(BEHIND, '')
    .replace(WHOLE, '$1')
    .replaceAll(IN_CHINESE, withDigits)
    .replaceAll(OF_YEAR_WORD, '')
    .replaceAll(OF_YEAR, '')
    .replace(NUMBER_SIGN, '$1号');

export const isSameNumber = (one: string, other: string): boolean => foldedNumber(one) === foldedNumber(other);
