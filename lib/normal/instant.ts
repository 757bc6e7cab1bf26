import { isCalendarDay, weekdayOf } from './day.js';
import { withDigits } from './numerals.js';
import { DASH, plain } from './text.js';
import { clockOf, timeIn, ZONE_WORDS } from './time-of-day.js';

const ZONES: Record<string, string> = { 北京时间: '+08:00', 新疆时间: '+06:00', 乌鲁木齐时间: '+06:00', Z: 'Z' };

const MOMENT =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T ]?(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::?(\d{1,2})(\.\d+)?秒?)?(?: ?(Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?$/iu;
/** A day and a time in words: `2026年1月10日下午6时`. */
const IN_WORDS = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日[T ]?|[T ]|(?=\D))(\D*\d.*)$/u;
/** The name of a zone beside its offset, as programs write it: `+08:00[Asia/Shanghai]`. */
const WEEKDAY_BEHIND = /(?<=\d日?) ?\(?(?:星期|周)([日天一二三四五六])\)? ?/u;
/** Without signs, as programs write it: `20261201T200000+0800`. */
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?=[Z+-])/i;
const NAME_OF_ZONE = /(?<=\d)\[[A-Za-z_/]+\]$/u;

export interface MomentSaid {
  /** ISO 8601 without offset, seconds and all; `24:00` is kept. */
  clock: string;
  /** Absent where no zone is named. */
  offset?: string;
}

/** A moment as people and programs write it: `2026-12-2 0:00+0800`, `2026年12月2日0时（北京时间）`. */
export function momentIn(typed: string): MomentSaid | undefined {
  const text = plain(typed).replaceAll(DASH, '-').replace(NAME_OF_ZONE, '').replace(BASIC, '$1-$2-$3T$4:$5:$6');
  const zone = ZONE_WORDS.exec(text)?.[1];
  const weekday = WEEKDAY_BEHIND.exec(text)?.[1]?.replace('天', '日');
  const said = withDigits(text.replace(ZONE_WORDS, '').replace(WEEKDAY_BEHIND, '').trim());
  const [, year, month, day, hour, minute = '00', second = '00', fraction = '', offset = zone] =
    MOMENT.exec(inDigits(said)) ?? [];
  const two = (digits = '') => digits.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined || !isCalendarDay(date) || !isClock(Number(hour), Number(minute), Number(second)))
    return undefined;
  if (weekday !== undefined && weekday !== weekdayOf(date)) return undefined;
  const clock = `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
  return offset === undefined ? { clock } : { clock, offset: offsetOf(offset) };
}

/** The same with its time as a clock shows it, where the time is in words. */
function inDigits(said: string): string {
  const [, year, month, day, time = ''] = IN_WORDS.exec(said) ?? [];
  const clock = timeIn(time);
  if (year === undefined || MOMENT.test(said) || 'why' in clock || clock.day) return said;
  return `${year}-${month}-${day} ${clock.minutes === 1440 ? '24:00' : clockOf(clock.minutes)}`;
}

const isClock = (hour: number, minute: number, second: number): boolean =>
  minute < 60 && second < 60 && (hour < 24 || (hour === 24 && minute === 0 && second === 0));

/** `+08` and `+0800` are `+08:00`. */
const offsetOf = (offset: string): string =>
  ZONES[offset.toUpperCase()] ??
  offset.replace(
    /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?$/i,
    (_, sign: string, hours: string, minutes = '00') => `${sign}${hours.padStart(2, '0')}:${minutes}`,
  );
