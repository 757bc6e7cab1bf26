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

/** Words beside a name that tell the duty, not the person. Any other word in brackets may tell namesakes apart. */
const DUTY_WORD =
  '带班领导|值班领导|值班人员|值班员|值班长|带班|值班|值守|值|主班|副班|备班|领班|组长|班长|主|副|白班|夜班|早班|晚班|中班';
const IN_BRACKETS = new RegExp(`\\((${DUTY_WORD})([、,;/](${DUTY_WORD}))*\\)`, 'gu');
const BEFORE_NAME = new RegExp(`(?<![${HAN}])(${DUTY_WORD}): ?`, 'gu');

/** The word for a number and the number beside a name: a mobile, a line with its area code, an extension. */
const NUMBER =
  /\(? ?(?:(?:联系|值班|办公)?(?:电话|手机号码|手机号|手机|座机)|tel)?[.:]? ?(?<!\d)((?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}|0\d{2,3}[ -]?\d{7,8}(?:-\d{1,6})?|\d{3,8})(?!\d) ?\)?/giu;

/** Signs between the names of several people, but within brackets. */
const BETWEEN_NAMES = /[、，,；;/／\\＼|｜&＆+＋\n](?![^(（]*[)）])/u;

/** What a cell of duty says: the names of one person or several, and the numbers beside them. */
export interface NamesSaid {
  names: string[];
  numbers: string[];
}

/** `带班：王伟 13900000001、李芳（值班）` names 王伟 and 李芳. */
export function namesIn(cell: string): NamesSaid {
  const numbers: string[] = [];
  const text = cell
    .split('\n')
    .map(plain)
    .join('\n')
    .replaceAll(/[[【〔]/g, '(')
    .replaceAll(/[\]】〕]/g, ')')
    .replaceAll(DASH, '-')
    .replaceAll(NUMBER, (_, number: string) => {
      numbers.push(number);
      return '、';
    })
    .replaceAll(IN_BRACKETS, '、')
    .replaceAll(BEFORE_NAME, '、');
  const names = text
    .split(BETWEEN_NAMES)
    .map((name) => name.replaceAll(/^[\s:.-]+|[\s:.-]+$/gu, ''))
    .filter(Boolean);
  return { names, numbers };
}

/** Offices and forms of address that stand behind a name: 王伟副局长, 王伟（主任）. */
const OFFICE =
  '局长|主任|书记|主席|区长|县长|处长|科长|股长|所长|站长|队长|大队长|支队长|部长|院长|校长|经理|科员|干部|同志|先生|女士|老师';
const TITLE = new RegExp(`(?<=.{2}) ?(\\((党[组委工]*)?副?(${OFFICE})\\)|(党[组委工]*)?副?(${OFFICE}))$`, 'u');

/** The name without an office behind it, or `undefined` where there is none. */
export function withoutTitle(name: string): string | undefined {
  const text = plain(name);
  const rest = text.replace(TITLE, '');
  return rest === text ? undefined : rest;
}

const MOST_PARTS = 12;

/**
 * The ways to take a text with white space in it for several names: 张 伟 李 芳 is 张伟 and 李芳, or 张 and 伟李芳. `isKnown`
 * tells which names there are.
 */
export function apart(text: string, isKnown: (name: string) => boolean): string[][] {
  const parts = plain(text).split(' ');
  if (parts.length > MOST_PARTS) return [];
  const from = (at: number): string[][] =>
    at === parts.length
      ? [[]]
      : parts.slice(at).flatMap((_, i) => {
          const name = parts.slice(at, at + i + 1).join(' ');
          return isKnown(name) ? from(at + i + 1).map((others) => [name, ...others]) : [];
        });
  return from(0);
}

/** Whether two names may be one that was mistyped: a character in a short one, two in a long one, or a part left out. */
export function looksMistyped(one: string, other: string): boolean {
  const [a, b] = [one, other]
    .map((name) => [...normalName(name).replaceAll(' ', '')])
    .toSorted((x, y) => x.length - y.length);
  if (a!.length < 2 || b!.length > MOST_LETTERS) return false;
  if (a!.length >= 3 && b!.join('').startsWith(a!.join(''))) return true;
  return distance(a!, b!) <= (a!.length > 4 ? 2 : 1);
}

const MOST_LETTERS = 100;

/** The least number of characters to change, add or take away. */
function distance(one: readonly string[], other: readonly string[]): number {
  let row = other.map((_, i) => i + 1);
  for (const [i, letter] of one.entries()) {
    let [before, left] = [i, i + 1];
    row = other.map((another, j) => {
      const least = letter === another ? before : 1 + Math.min(before, left, row[j]!);
      before = row[j]!;
      left = least;
      return least;
    });
  }
  return row.at(-1) ?? one.length;
}

/** Characters that a computer without the character's font or encoding has put in its place. */
export const looksEaten = (name: string): boolean => /[?？�□]/u.test(name);
