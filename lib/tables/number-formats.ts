/** How a workbook shows its numbers: which are days and times, which have zeros before them. */
import { dateOfSerial } from '../normal/day.js';

export type NumberFormat = 'day' | 'clock' | { digits: number } | undefined;

/** ECMA-376, 18.8.30: built in, and those of Chinese. */
const DAYS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const CLOCKS = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56]);

/** A format is no longer (ECMA-376, 18.8.31). */
const MOST_CHARACTERS_OF_CODE = 255;

/** What stands in quotation marks, behind a backslash or in brackets is no part of the pattern, but [h] is. */
const LITERAL = /"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu;

export function numberFormatOf(id: number, code: string | undefined): NumberFormat {
  if (code !== undefined && code.length > MOST_CHARACTERS_OF_CODE) return undefined;
  if (code === undefined) return DAYS.has(id) ? 'day' : CLOCKS.has(id) ? 'clock' : undefined;
  const [pattern = ''] = code.replaceAll(LITERAL, '').split(';');
  if (/^0{2,}$/.test(pattern.replaceAll('-', ''))) return { digits: pattern.replaceAll('-', '').length };
  const letters = pattern.replaceAll(/general|am\/pm|a\/p|上午\/下午/giu, '').toLowerCase();
  if (/[yde]/.test(letters)) return 'day';
  if (/[hs]/.test(letters)) return 'clock';
  return /m/.test(letters) ? 'day' : undefined;
}

/** A number as its format means it. Days are counted from 1904 in some workbooks of old Macs. */
export function numberText(value: number, format: NumberFormat, is1904: boolean): string {
  if (format === 'clock' && value >= 0 && value <= 1.5) return clock(value);
  if (format === 'day' || format === 'clock') return value < 1 ? clock(value) : moment(value + (is1904 ? 1_462 : 0));
  const digits = inDigits(value);
  return typeof format === 'object' ? digits.padStart(format.digits, '0') : digits;
}

/** In all its digits: 13900000001, never 1.39E+10. */
const inDigits = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) >= 1e15 ? BigInt(value).toString() : String(value);

const SECONDS_A_DAY = 86_400;

function clock(value: number): string {
  const seconds = Math.round(value * SECONDS_A_DAY);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (seconds % 60 === 0 ? parts.slice(0, 2) : parts).map((part) => String(part).padStart(2, '0')).join(':');
}

function moment(value: number): string {
  const seconds = Math.round(value * SECONDS_A_DAY);
  const time = (seconds % SECONDS_A_DAY) / SECONDS_A_DAY;
  const day = dateOfSerial(Math.floor(seconds / SECONDS_A_DAY));
  return time === 0 ? day : `${day} ${clock(time)}`;
}
