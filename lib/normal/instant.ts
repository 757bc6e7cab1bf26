import { isCalendarDay } from './day.js';
import { withDigits } from './numerals.js';
import { DASH, plain } from './text.js';

/** The zones that people name in words. The clock of Ürümqi is two hours behind that of Beijing. */
const ZONES: Record<string, string> = { 北京时间: '+08:00', 新疆时间: '+06:00', 乌鲁木齐时间: '+06:00', Z: 'Z' };
const ZONE_WORDS = /[(]?(北京时间|新疆时间|乌鲁木齐时间)[)]?/u;

const MOMENT =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T ]?(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::?(\d{1,2})(\.\d+)?秒?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?$/iu;

export interface MomentSaid {
  /** ISO 8601 without offset, seconds and all; `24:00` is kept. */
  clock: string;
  /** Absent where no zone is named. */
  offset?: string;
}

/** A moment as people and programs write it: `2026-12-2 0:00+0800`, `2026年12月2日0时（北京时间）`. */
export function momentIn(typed: string): MomentSaid | undefined {
  const text = plain(typed).replaceAll(DASH, '-');
  const zone = ZONE_WORDS.exec(text)?.[1];
  const [, year, month, day, hour, minute = '00', second = '00', fraction = '', offset = zone] =
    MOMENT.exec(withDigits(text.replace(ZONE_WORDS, '').trim())) ?? [];
  const two = (digits = '') => digits.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined || !isCalendarDay(date) || !isClock(Number(hour), Number(minute), Number(second)))
    return undefined;
  const clock = `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
  return offset === undefined ? { clock } : { clock, offset: offsetOf(offset) };
}

const isClock = (hour: number, minute: number, second: number): boolean =>
  minute < 60 && second < 60 && (hour < 24 || (hour === 24 && minute === 0 && second === 0));

/** `+08` and `+0800` are `+08:00`. */
const offsetOf = (offset: string): string =>
  ZONES[offset.toUpperCase()] ??
  offset.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours: string, minutes = '00') => `${hours}:${minutes}`);
