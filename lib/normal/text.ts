/**
 * Normal forms of what people type, one module for each sort of value. A value is kept as it was first written and
 * compared by its normal form, which is the same however often it is taken.
 */

/** Characters that nobody sees. They come along from web pages, chats and telephones. White space is none of them. */
const INVISIBLE = /(?!\s)[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]|\uFEFF/gu;

/** The invisible characters that change how a line is shown or found. Joiners stay: emoji and Uyghur need them. */
const MISLEADING = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** Text to keep: as it was typed, without what misleads and without white space around it. */
export const tidy = (text: string): string => text.replaceAll(MISLEADING, '').normalize('NFC').trim();

/** Text to compare: full and half width, composed or not, with any white space and invisible characters are one. */
export const plain = (text: string): string =>
  text.normalize('NFKC').replaceAll(INVISIBLE, '').replaceAll(/\s+/g, ' ').normalize('NFKC').trim();

/** The same without any white space. */
export const compact = (text: string): string => plain(text).replaceAll(' ', '');

/** Longer than a value that a person types, with a word before it and a remark behind. The patterns take more than its length. */
export const LONGEST_VALUE = 1_000;

/** A word for the sort of value: `手机：`, `QQ邮箱:`. It says nothing of an extension. */
const LABEL = /^(?!.{0,11}(转|分机|内线))[^\d@:<(+]{1,12}: ?/u;
/** A remark: `（微信同号）`. One with a digit may be a part of the value. */
const REMARK = / ?\([^\d()@]*\)$/u;
const STOPS = /[\s;,.、。]+$/u;

/** A value without what people write around it: `手机：13900000001（王伟）、` is `13900000001`. */
export const bare = (text: string): string =>
  plain(text).replace(STOPS, '').replace(LABEL, '').replace(REMARK, '').replace(STOPS, '');

/** Dashes of any length, and the minus signs that stand for one. */
export const DASH = /[\p{Pd}\u2212\u2043\u2500\u30FC]/gu;

/** Signs by which a person says that there is nothing to fill in. */
const NOTHING = new Set(['无', '暂无', '没有', '空', '/', '\\', '-', '--', '---', '——', '—']);

export const isNothing = (text: string): boolean => NOTHING.has(compact(text).replaceAll(DASH, '-'));
