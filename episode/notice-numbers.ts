/** Characters in a number that people cannot see, or type in several ways. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;
const OPENING = /[〔【〖〘〚｢「『《〈⟦⟨({]/gu;
const CLOSING = /[〕】〗〙〛｣」』》〉⟧⟩)}]/gu;
/** A Chinese dash is two characters wide, and is typed as one or as two. */
const HYPHENS = /[\p{Pd}\u2212\u2043]+/gu;

/**
 * A notice's number as it is compared: full-width and half-width forms, brackets and hyphens of any shape, case, white
 * space and invisible characters make no difference. `乌环委办〔2026〕 １号` is `乌环委办[2026]1号`.
 */
export const foldedNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .replaceAll(BLANK, '')
    .replaceAll(OPENING, '[')
    .replaceAll(CLOSING, ']')
    .replaceAll(HYPHENS, '-')
    .toLowerCase()
    .normalize('NFKC');

export const isSameNumber = (one: string, other: string): boolean => foldedNumber(one) === foldedNumber(other);
