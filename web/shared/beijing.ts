/** Times as Beijing shows them. The device's own zone decides nothing: telephones in Ürümqi are often on UTC+6. */

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  hourCycle: 'h23',
  ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
  second: '2-digit',
});

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** A board names the same few moments thousands of times, and `Intl` is slow. */
const known = new Map<number, Record<Part, string>>();
const MOST_KNOWN = 5_000;

function partsOf(moment: number): Record<Part, string> {
  const before = known.get(moment);
  if (before) return before;
  const found = parts.formatToParts(moment).map(({ type, value }) => [type, value] as const);
  const made = Object.fromEntries(found) as Record<Part, string>;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(moment, made);
  return made;
}

export const millisecondsOf = (time: string | number): number => (typeof time === 'number' ? time : Date.parse(time));

/** `2026-01-10` */
export function beijingDay(time: string | number): string {
  const { year, month, day } = partsOf(millisecondsOf(time));
  return `${year}-${month}-${day}`;
}

/** `21:04` */
export function timeOfDay(time: string | number): string {
  const { hour, minute } = partsOf(millisecondsOf(time));
  return `${hour}:${minute}`;
}

/** `21:04:09` */
export const timeWithSeconds = (time: string | number): string =>
  `${timeOfDay(time)}:${partsOf(millisecondsOf(time)).second}`;

/** `1月10日`; with its year where that is not the year of `now`. */
export function monthAndDay(time: string | number, now: number = Date.now()): string {
  const { year, month, day } = partsOf(millisecondsOf(time));
  const ofYear = year === partsOf(now).year ? '' : `${year}年`;
  return `${ofYear}${Number(month)}月${Number(day)}日`;
}

/** `1月10日 21:04`; without the day where that is the day of `now`. */
export const momentInWords = (time: string | number, now?: number): string =>
  now !== undefined && beijingDay(time) === beijingDay(now)
    ? timeOfDay(time)
    : `${monthAndDay(time, now)} ${timeOfDay(time)}`;

/** `1月10日` of the day `2026-01-10`. */
export const dateInWords = (date: string, now?: number): string => monthAndDay(`${date}T12:00:00+08:00`, now);
/** The value of an `<input type="datetime-local">`: `2026-01-10T21:04`, Beijing wall time. */
export const wallTimeOf = (time: string | number): string => `${beijingDay(time)}T${timeOfDay(time)}`;

/** The same as the API takes it. */
export const fromWallTime = (wallTime: string): string => `${wallTime.slice(0, 16)}:00+08:00`;
