/** Characters in a number that people cannot see, or type in several ways. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;
const OPENING = /[〔【〖｢「『《〈({]/gu;
const CLOSING = /[〕】〗｣」』》〉)}]/gu;

/**
 * A notice's number as it is compared: full-width and half-width forms, brackets of any shape, white space and
 * invisible characters make no difference. `乌环委办〔2026〕 １号` is `乌环委办[2026]1号`.
 */
export const foldedNumber = (number: string): string =>
  number.normalize('NFKC').replaceAll(BLANK, '').replaceAll(OPENING, '[').replaceAll(CLOSING, ']').normalize('NFKC');
