/** The hours of the night in which nothing but an alarm falls due (policy, `quiet`). */
import type { MovedDeadline, QuietHours } from '../types.js';
import { addDays, beijingDate, beijingInstant } from './calendar.js';

type Hours = Pick<QuietHours, 'from' | 'until'>;

/**
 * The end of the quiet hours that an instant lies in; the instant itself outside them. Examples with 22:00 to 09:00: of
 * 04:00 and of 22:00 the next 09:00; of 09:00 and of 21:59 the same.
 */
export function afterQuiet(instant: number, { from, until }: Hours): number {
  const night = nightOf(instant, { from, until });
  return night ? night.until : instant;
}

/**
 * When a deadline is due that its policy puts at `dueAt`. Example of the office's: a start in effect at midnight at yellow,
 * four hours for the implementation report: due at 09:00. At red it is due at 04:00.
 */
export const movedByQuiet = (deadline: MovedDeadline, dueAt: number, quiet: QuietHours): number =>
  quiet.moves.includes(deadline) ? afterQuiet(dueAt, quiet) : dueAt;

/** The beginning of the quiet hours that an instant lies in. */
export const beginningOfQuiet = (instant: number, quiet: Hours): number => nightOf(instant, quiet)?.from ?? instant;

export const isInQuiet = (instant: number, quiet: Hours): boolean => nightOf(instant, quiet) !== undefined;

/** The quiet hours around an instant, which began on its day or on the day before. */
function nightOf(instant: number, { from, until }: Hours): { from: number; until: number } | undefined {
  const today = beijingDate(instant);
  return [addDays(today, -1), today]
    .map((date) => ({
      from: beijingInstant(date, from),
      until: beijingInstant(until > from ? date : addDays(date, 1), until),
    }))
    .find((night) => night.from <= instant && instant < night.until);
}
