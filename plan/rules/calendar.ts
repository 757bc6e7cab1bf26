/** Beijing days and times. Instants are milliseconds since 1970; dates are `YYYY-MM-DD`, Beijing. */
import { IANAZone } from 'luxon';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
const DAY = 24 * HOUR;

const shanghai = IANAZone.create('Asia/Shanghai');

// The zone had summer time until 1991. Since then its offset is constant, and looking it up each time would cost more
// than a turn.
const SETTLED_FROM = Date.UTC(1992, 0, 1);
const SETTLED_OFFSET = shanghai.offset(SETTLED_FROM) * MINUTE;
const offsetAt = (instant: number): number =>
  instant >= SETTLED_FROM ? SETTLED_OFFSET : shanghai.offset(instant) * MINUTE;

const twoDigits = (n: number): string => String(n).padStart(2, '0');

const offsetText = (offset: number): string =>
  `+${twoDigits(Math.trunc(offset / HOUR))}:${twoDigits((offset % HOUR) / MINUTE)}`;

/** `2015-11-27T14:00:00.000+08:00` */
export function beijingIso(instant: number): string {
  const offset = offsetAt(instant);
  return new Date(instant + offset).toISOString().replace('Z', offsetText(offset));
}

/** The Beijing day of an instant. */
export const beijingDate = (instant: number): string => dateOf(Math.floor((instant + offsetAt(instant)) / DAY));

/** The instant of a wall-clock time (`HH:mm`) of a Beijing day. */
export function beijingInstant(date: string, time = '00:00'): number {
  const { from } = dayOf(date);
  if (from >= SETTLED_FROM) return from + Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * MINUTE;
  return instantOf(Date.parse(`${date}T${time}:00Z`));
}

/** The instant of a wall-clock time that is given as if it were UTC. */
function instantOf(wall: number): number {
  if (wall - SETTLED_OFFSET >= SETTLED_FROM) return wall - SETTLED_OFFSET;
  return wall - offsetAt(wall - offsetAt(wall));
}

export const addDays = (date: string, days: number): string => {
  if (days === 1) return dayOf(date).next;
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
};

/** The next instant, from an instant on, that has a wall-clock time. Example: 10:00 from 09:59 on is today, from 10:01 on tomorrow. */
export function nextAt(from: number, time: string): number {
  const today = beijingInstant(beijingDate(from), time);
  return today >= from ? today : beijingInstant(addDays(beijingDate(from), 1), time);
}

/** First instant after a Beijing day. */
export const endOfDay = (date: string): number => dayOf(date).until;

/** First instant of a Beijing day. */
const startOfDay = (date: string): number => dayOf(date).from;

const dates = new Map<number, string>();

/** The date of a number of days since 1970. */
function dateOf(number: number): string {
  const known = dates.get(number);
  if (known) return known;
  const date = new Date(number * DAY).toISOString().slice(0, 10);
  if (dates.size >= FEW) dates.clear();
  dates.set(number, date);
  return date;
}

interface Day {
  from: number;
  until: number;
  next: string;
}

/** The same few days are asked for over and over, and formatting them costs more than all the rest. */
const days = new Map<string, Day>();
const FEW = 5_000;

function dayOf(date: string): Day {
  const known = days.get(date);
  if (known) return known;
  const wall = Date.parse(`${date}T00:00:00Z`);
  const day = { from: instantOf(wall), until: instantOf(wall + DAY), next: dateOf(wall / DAY + 1) };
  if (days.size >= FEW) days.clear();
  days.set(date, day);
  return day;
}

/** A half-open interval [from, until). Without `until` it is open-ended. */
export interface Interval {
  from: number;
  until?: number | undefined;
}

const isEmpty = ({ from, until }: Interval): boolean => until !== undefined && until <= from;

/**
 * Whether a daily report is owed for a Beijing day: the half-open response meets it (§5.1). Example: lifted at 00:00 sharp,
 * the new day is not owed.
 */
export function owesDay(response: Interval, date: string): boolean {
  if (isEmpty(response) || response.from >= endOfDay(date)) return false;
  return response.until === undefined || response.until > startOfDay(date);
}

/** The first Beijing day that is owed. */
export const firstOwedDay = (response: Interval): string => beijingDate(response.from);

/** The last Beijing day that is owed for a response that has ended: that of its last millisecond. */
export const lastOwedDay = (until: number): string => beijingDate(until - 1);

/** The owed days that a board shows at `now`: days that are over, and after the end also the day of ending (§5.1). */
export function reportableDays(response: Interval, now: number): string[] {
  if (isEmpty(response)) return [];
  const last = response.until === undefined ? addDays(beijingDate(now), -1) : lastOwedDay(response.until);
  const days: string[] = [];
  for (let day = firstOwedDay(response); day <= last; day = addDays(day, 1)) {
    if (isReportable(response, day, now)) days.push(day);
  }
  return days;
}

/** A day may be reported once it is over, or from the end of the response for the day of ending (§5.1). */
export function isReportable(response: Interval, date: string, now: number): boolean {
  if (!owesDay(response, date)) return false;
  return now >= endOfDay(date) || (response.until !== undefined && now >= response.until);
}

/**
 * The moment at which a day's report is due: the policy's hour (`HH:mm`) on the day after (§5.1). A day that became owed
 * only later, by a notice entered at `enteredAt`, is due at the first such hour after the entry. Example with 10:00:
 * entered at 09:00, due at 10:00 of that day; entered at 11:00, due at 10:00 of the next.
 */
export function reportDueAt(date: string, time: string, enteredAt: number): number {
  let day = addDays(date, 1);
  if (enteredAt > beijingInstant(day, time)) day = beijingDate(enteredAt);
  const due = beijingInstant(day, time);
  return due > enteredAt ? due : beijingInstant(addDays(day, 1), time);
}
