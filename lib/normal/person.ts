import { DASH, plain } from './text.js';

/**
 * Signs that stand between the parts of a Uyghur, Kazakh or foreign name. GB 18030 and input methods have many: the middle
 * dot of GB/T 15834, the bullet, the Japanese middle dots, the full stop.
 */
const DOT = /[·•‧∙⋅・･ㆍ᛫⸱⸳ꞏ·●◦▪⚫.。｡﹒．*]/gu;

const HAN = '\\p{Script=Han}';
/** White space beside a Chinese character pads a short name (王　伟) or stands for a dot. */
const BESIDE_HAN = new RegExp(`(?<=${HAN}) | (?=${HAN})`, 'gu');

/** The stroke that lengthens an Arabic letter, and apostrophes of all shapes. */
const KASHIDA = /\u0640/g;
const APOSTROPHE = /[’‘ʼ`＇]/g;

/**
 * A person's name to compare. Dots, dashes and white space make no difference in Chinese: `阿不都·买买提`, `阿不都•买买提` and
 * `阿不都 买买提` are one, `王　伟` is `王伟`. Between other letters they are one space, for `Ali Khan` is not `Alikhan`.
 */
export function normalName(name: string): string {
  const text = plain(name).toLowerCase().normalize('NFKC').replaceAll(KASHIDA, '').replaceAll(APOSTROPHE, "'");
  const parts = plain(text.replaceAll(DOT, ' ').replaceAll(DASH, ' ')).replaceAll(BESIDE_HAN, '');
  return parts === '' ? text : parts;
}

/** Words in brackets behind a name that tell the duty, not the person. Any other word may tell namesakes apart. */
const DUTY_WORD =
  '带班|值班|值|主班|副班|备班|领班|带班领导|值班领导|值班员|值班长|组长|班长|主|副|白班|夜班|早班|晚班|中班';
const DUTY = new RegExp(`\\((${DUTY_WORD})([、,;/](${DUTY_WORD}))*\\)$`, 'u');

/** The name without a word for the duty behind it: `王伟（带班）` is `王伟`. */
export const withoutDuty = (name: string): string =>
  plain(name)
    .replaceAll(/[[【〔]/g, '(')
    .replaceAll(/[\]】〕]/g, ')')
    .replace(DUTY, '')
    .trim();

/** Signs between the names of several people, but within brackets. */
const BETWEEN_NAMES = /[、，,；;/／\\＼|｜&＆+＋\n](?![^(（]*[)）])/u;

/** The names in a cell that lists several people. */
export const namesIn = (cell: string): string[] =>
  cell
    .split(BETWEEN_NAMES)
    .map((name) => name.trim())
    .filter(Boolean);

/** Characters that a computer without the character's font or encoding has put in its place. */
export const looksEaten = (name: string): boolean => /[?？�□]/u.test(name);
