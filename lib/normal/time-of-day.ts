import { withDigits } from './numerals.js';
import { compact, DASH } from './text.js';

/** Minutes from midnight, at most 1440, and the day that was said. */
export interface TimeSaid {
  minutes: number;
  day?: 'same' | 'next';
}

export interface NoTime {
  why: string;
}

const NEXT = /^(次日|次晨|翌日|翌晨|第二天|第二日|隔天|明日|明早|次)/u;
/** The day behind the time: 09:00（次日）. */
const DAY_BEHIND = /^(.*\d.*?)\(?(次日|翌日|第二天|当日|当天)\)?$/u;
const SAME = /^(当日|当天|当晚|今日|今晚)/u;

/**
 * The hours that a part of the day may have, as written and as meant: 下午3点 is 15:00 and 下午15点 as well. What two people
 * read differently is missing: 晚上1点.
 */
const PARTS: ReadonlyArray<readonly [words: RegExp, least: number, most: number, added: number]> = [
  [/^凌晨/u, 0, 6, 0],
  [/^(清晨|早晨|早上|早间|早|晨)/u, 4, 11, 0],
  [/^上午/u, 0, 12, 0],
  [/^AM/iu, 0, 11, 0],
  [/^AM/iu, 12, 12, -12],
  [/^(中午|正午|午间)/u, 11, 13, 0],
  [/^(中午|正午|午间)/u, 1, 2, 12],
  [/^(下午|午后|傍晚|PM)/iu, 1, 11, 12],
  [/^(下午|午后|傍晚|PM)/iu, 12, 23, 0],
  [/^(晚上|晚间|夜间|夜里|晚|夜)/u, 5, 12, 12],
  [/^(晚上|晚间|夜间|夜里|晚|夜)/u, 17, 24, 0],
  [/^(深夜|半夜|午夜)/u, 10, 11, 12],
  [/^(深夜|半夜|午夜)/u, 22, 24, 0],
];

/** The zones that people name in words. The clock of Ürümqi is two hours behind that of Beijing. */
export const ZONE_WORDS = /[(]?(北京时间|新疆时间|乌鲁木齐时间)[)]?/u;
const BEHIND = 120;

const CLOCK =
  /^(?!0+\.)(\d{1,2})(?:[:.](\d\d)分?|[点时h](?:(\d{1,2})分?|(半)|([123])刻|整|正|钟)?)(?::?(\d{1,2})(?:\.0+)?秒?)?$/iu;
const DIGITS = /^(\d{1,2})(\d\d)?$/;
/** A spreadsheet keeps a time of day as a part of a day: 0.375 is 09:00. Two digits may be minutes. */
const FRACTION = /^0?\.(\d|\d{3,})$/;
/** A time that a spreadsheet shows with its first day. */
const FIRST_DAY = /^(1899-12-3[01]|1900-0?1-0?[01])T?(?=\d)/;

/** A time of day as people write it, or the reason why not: 9点, 上午9:30, 下午3点半, 次日08:00, 24:00, 0830. */
export function timeIn(typed: string): TimeSaid | NoTime {
  const whole = compact(typed).replaceAll(DASH, '-').replace(FIRST_DAY, '');
  const zone = ZONE_WORDS.exec(whole)?.[1];
  const text = whole
    .replace(ZONE_WORDS, '')
    .replace(/([ap])\.m\.?$/iu, '$1m')
    .replace(DAY_BEHIND, '$2$1');
  if (zone !== undefined && zone !== '北京时间') return { why: inBeijing(timeIn(text)) };
  if (FRACTION.test(text)) return { minutes: Math.round(Number(text) * 1440) };
  const day = NEXT.test(text) ? ('next' as const) : SAME.test(text) ? ('same' as const) : undefined;
  const rest = withDigits(
    text
      .replace(/^(次晨|翌晨|明早)/u, '$&早')
      .replace(/^(当晚|今晚)/u, '$&晚')
      .replace(NEXT, '')
      .replace(SAME, ''),
  );
  const [, clock = '', suffix] = /^(.*?)([AP]M)$/iu.exec(rest) ?? [rest, rest];
  const read = minutesIn(suffix ? `${suffix}${clock}` : clock);
  return typeof read === 'number' ? { minutes: read, ...(day && { day }) } : read;
}

/** Whoever reads the roster goes by one clock. */
const inBeijing = (local: TimeSaid | NoTime): string =>
  'minutes' in local && local.minutes + BEHIND < 1440
    ? `应按北京时间填写，即 ${clockOf(local.minutes + BEHIND)}`
    : '应按北京时间填写';

function minutesIn(text: string): number | NoTime {
  const parts = PARTS.filter(([words]) => words.test(text));
  const clock = parts.length > 0 ? text.replace(parts[0]![0], '') : text;
  const [, hours, digits, words, half, quarters, seconds = '0'] = CLOCK.exec(clock) ?? DIGITS.exec(clock) ?? [];
  if (hours === undefined) return { why: '看不出是几点几分' };
  if (Number(seconds) !== 0) return { why: '时间只到分' };
  const hour = Number(hours);
  const minute = half ? 30 : quarters ? 15 * Number(quarters) : Number(digits ?? words ?? 0);
  const added = parts.length === 0 ? 0 : parts.find(([, least, most]) => hour >= least && hour <= most)?.[3];
  if (added === undefined) return { why: '分不清是上午还是下午、当天还是次日' };
  const minutes = (hour + added) * 60 + minute;
  return minute < 60 && hour <= 24 && minutes <= 1440 ? minutes : { why: '没有这个时间' };
}

/** `HH:mm` of minutes from midnight; midnight at the end of a day is 00:00. */
export const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const TO = /至|到|~|∼|→|-+>?/gu;

/** Both ends of a shift in one cell: `09:00-次日09:00`, `8点至20点`. */
export function spanIn(typed: string): [from: string, until: string] | undefined {
  const text = compact(typed)
    .replaceAll(DASH, '-')
    .replaceAll(/[〜～]/gu, '~')
    // The Chinese one is taken for a dash.
    .replace(/(?<=:\d\d|[点时])[一━](?=\d)/u, '-')
    .replace(/^从/u, '');
  const [from, until, ...more] = text.split(TO);
  const both = from !== undefined && until !== undefined && more.length === 0;
  return both && 'minutes' in timeIn(from) && 'minutes' in timeIn(until) ? [from, until] : undefined;
}

export interface NoShift extends NoTime {
  at: 'from' | 'until';
}

/**
 * The two times of a shift, `HH:mm`. One that does not end after it begins ends on the next day: 20:00 to 08:00. What was
 * said of the day has to agree: from 08:00 until 09:00 of the next day is longer than a day.
 */
export function shiftIn(from: string, until: string): { from: string; until: string } | NoShift {
  const begins = timeIn(from);
  const ends = timeIn(until);
  if ('why' in begins) return { at: 'from', ...begins };
  if ('why' in ends) return { at: 'until', ...ends };
  if (begins.day === 'next' || begins.minutes === 1440) return { at: 'from', why: '是第二天的时间，日期应写第二天' };
  const isNextDay = ends.minutes <= begins.minutes;
  if (ends.day === 'next' && (!isNextDay || ends.minutes === 1440))
    return { at: 'until', why: '一班超过了 24 小时，应分成两行' };
  if (ends.day === 'same' && isNextDay) return { at: 'until', why: '结束时间不晚于开始时间' };
  return { from: clockOf(begins.minutes), until: clockOf(ends.minutes) };
}
