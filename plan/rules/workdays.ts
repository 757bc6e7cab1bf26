/** Working days: the State Council moves them each year (`holidays.yaml`), and a time in them leaves the others out. */
import type { Holidays, TimeGiven } from '../types.js';
import { addDays, beijingDate, beijingInstant, HOUR } from './calendar.js';

/**
 * Until when something is to be done that has a time from a moment on. Hours are counted through. Working days begin after
 * the day of the moment and end at the policy's hour. Example: 3 workdays from Friday 30 January 2026 at 20:00, with 19:00:
 * Wednesday 4 February at 19:00.
 */
export function dueWithin(from: number, given: TimeGiven, holidays: Holidays, workdayEnd: string): number {
  if (typeof given === 'number') return from + given * HOUR;
  let date = beijingDate(from);
  for (let left = workdaysOf(given); left > 0; ) {
    date = addDays(date, 1);
    if (isWorkday(date, holidays)) left -= 1;
  }
  return beijingInstant(date, workdayEnd);
}

/** The number of `3 workdays`. */
export const workdaysOf = (given: Exclude<TimeGiven, number>): number => Number.parseInt(given, 10);

/** A day from Monday to Friday that is no holiday, or one of a weekend that is worked for one. */
export const isWorkday = (date: string, { off, worked }: Holidays): boolean =>
  worked.includes(date) || (!off.includes(date) && !isWeekend(date));

/** Saturday or Sunday. */
export const isWeekend = (date: string): boolean => new Date(`${date}T00:00:00Z`).getUTCDay() % 6 === 0;
