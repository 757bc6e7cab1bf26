import { withDigits } from './numerals.js';
import { compact, DASH, plain } from './text.js';

/** The reason why text is no day, in the words of an answer. */
export interface NoDay {
  why: string;
}

const WEEKDAYS = '日一二三四五六';
const WEEKDAY = /[(（]?(?:星期|周|礼拜)([日天一二三四五六])[)）]?|[(（]([日天一二三四五六])[)）]/u;
/** The time of day that a spreadsheet's date carries. */
const MIDNIGHT = /[ T]0?0:00(:00(\.0+)?)?(\+08:?00)?$/;

const YMD = /^(\d{4})[-/.年 ](\d{1,2})[-/.月 ](\d{1,2})[日号]?$/;
const EIGHT_DIGITS = /^(\d{4})(\d\d)(\d\d)$/;
/** Days since 1899-12-30: 2000-01-01 is 36526, 2199-12-31 is 109574. */
const SERIAL = /^(3[6-9]|[4-9]\d)\d{3}$/;

const NO_YEAR = /^\d{1,2}[-/.月]\d{1,2}[日号]?$/;
const SHORT_YEAR = /^\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?$/;
const WITH_TIME = /^\d{4}\D\d{1,2}\D\d{1,2}日?[ T]?\d{1,2}[:时点]/;
const SEVERAL = /^\d{4}\D\d{1,2}\D\d{1,2}日? ?[-~～—至到]/u;
const YEAR_LAST = /^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}$/;

/** A day as people write it, `YYYY-MM-DD`, or the reason why not. What may mean two days is refused: 12/11/2026. */
export function dayIn(typed: string): string | NoDay {
  const text = withDigits(withoutWeekday(plain(typed).replaceAll(DASH, '-')))
    .replace(MIDNIGHT, '')
    .replaceAll('、', '.')
    .replaceAll(/ ?([-/.年月日号]) ?/g, '$1')
    .replace(/\.$/, '');
  if (SERIAL.test(text)) return dateOfSerial(Number(text));
  const [, year, month, day] = YMD.exec(text) ?? EIGHT_DIGITS.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return { why: whyNot(text) };
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDay(date)) return { why: '没有这一天' };
  return weekdayFits(typed, date) ?? date;
}

/** The date of a spreadsheet's number. */
export const dateOfSerial = (serial: number): string =>
  new Date(Math.round((Math.floor(serial) - 25_569) * 86_400_000)).toISOString().slice(0, 10);

export const isCalendarDay = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date;
};

/** 日, 一 … 六. */
export const weekdayOf = (date: string): string => WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]!;

const whyNot = (text: string): string => {
  if (NO_YEAR.test(text)) return '没有写年份';
  if (SHORT_YEAR.test(text)) return '年份应写四位，两位的分不清哪个是年';
  if (YEAR_LAST.test(text)) return '分不清哪个是月、哪个是日';
  if (WITH_TIME.test(text)) return '里有时间，时间应填在“开始”和“结束”';
  if (SEVERAL.test(text)) return '像是几天，应一天一行';
  return '看不出是哪一天';
};

const withoutWeekday = (text: string): string => text.replace(WEEKDAY, '').trim();

function weekdayFits(typed: string, date: string): NoDay | undefined {
  const [, word, alone = word] = WEEKDAY.exec(compact(typed)) ?? [];
  const said = alone?.replace('天', '日');
  const is = weekdayOf(date);
  return said === undefined || said === is ? undefined : { why: `这一天是星期${is}，不是星期${said}` };
}
