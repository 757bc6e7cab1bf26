import { DASH, plain } from './text.js';

const OPENING = /[〔【〖〘〚｢「『《〈⟦⟨({]/gu;
const CLOSING = /[〕】〗〙〛｣」』》〉⟧⟩)}]/gu;

/** GB/T 9704—2012, 7.2.5: a number has neither 第 nor zeros before it, and ends with 号. */
const OF_YEAR = /(?<=\])第?0*(?=\d+号)/gu;

/**
 * A notice's number as it is compared: full-width and half-width forms, brackets and hyphens of any shape, case, white
 * space and invisible characters make no difference. `乌环委办〔2026〕 第０１号` is `乌环委办[2026]1号`.
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
    .replaceAll(OF_YEAR, '');

export const isSameNumber = (one: string, other: string): boolean => foldedNumber(one) === foldedNumber(other);
