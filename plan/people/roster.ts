/** Finds who is on duty (§6.1, §6.6). Instants are milliseconds; times of a row are `HH:mm`, Beijing. */
import { addDays, beijingInstant } from '../rules/calendar.js';
import type { KnownContact } from '../types.js';

/**
 * One person for one shift; several may have the same shift. If `until` is not after `from`, it is on the next day.
 * Example: 20:00 to 08:00.
 */
export interface DutyRow {
  date: string;
  from: string;
  until: string;
  contactId: string;
  /** The shift's name: 白班. */
  shift?: string;
}

/** A substitute for a rostered person or an earlier substitute. A cancelled one held until it was cancelled. */
export interface DutyOverride {
  contactId: string;
  from: number;
  until: number;
  cancelledAt?: number;
}

/** A holder's roster, as far as the time in question needs it. */
export interface Roster {
  contacts: readonly KnownContact[];
  rows: readonly DutyRow[];
  /** In the order they were entered. */
  overrides: readonly DutyOverride[];
}

export interface OnDuty {
  contactIds: string[];
  /** `fallback`: nobody is rostered, so the liaisons are on duty, else the deputies, else the lead. */
  source: 'override' | 'roster' | 'fallback';
}

/** A half-open interval [from, until). */
export interface Span {
  from: number;
  until: number;
}

/** Without a roster the first of these roles that somebody has. */
const FALLBACK = ['liaison', 'deputy', 'lead'] as const;

/** Of several substitutes the one entered last. A person who has left the contacts has no duty. */
export function onDutyAt(roster: Roster, instant: number): OnDuty {
  const isThere = (duty: { contactId: string }) => isKnown(roster, duty);
  const substitute = roster.overrides.findLast((one) => isThere(one) && covers(heldBy(one), instant));
  if (substitute) return { contactIds: [substitute.contactId], source: 'override' };

  const rostered = roster.rows.filter((row) => isThere(row) && covers(shiftOf(row), instant));
  if (rostered.length > 0)
    return { contactIds: [...new Set(rostered.map(({ contactId }) => contactId))], source: 'roster' };
  return { contactIds: fallbackOf(roster.contacts), source: 'fallback' };
}

/** The times within [from, until) at which nobody is rostered: intervals in order, none empty, none touching another. */
export function gapsIn(roster: Roster, from: number, until: number): Span[] {
  const held = [
    ...roster.rows.filter((row) => isKnown(roster, row)).map(shiftOf),
    ...roster.overrides.filter((one) => isKnown(roster, one)).map(heldBy),
  ].filter((span) => span.from < span.until);

  const gaps: Span[] = [];
  let reached = from;
  for (const span of held.toSorted((a, b) => a.from - b.from)) {
    if (span.from > reached) gaps.push({ from: reached, until: Math.min(span.from, until) });
    reached = Math.max(reached, span.until);
    if (reached >= until) return gaps;
  }
  return [...gaps, { from: reached, until }];
}

export const shiftOf = ({ date, from, until }: DutyRow): Span => ({
  from: beijingInstant(date, from),
  until: beijingInstant(until <= from ? addDays(date, 1) : date, until),
});

const heldBy = ({ from, until, cancelledAt = until }: DutyOverride): Span => ({
  from,
  until: Math.min(until, cancelledAt),
});

const covers = ({ from, until }: Span, instant: number): boolean => from <= instant && instant < until;

const isKnown = ({ contacts }: Roster, duty: { contactId: string }): boolean =>
  contacts.some(({ contactId }) => contactId === duty.contactId);

function fallbackOf(contacts: readonly KnownContact[]): string[] {
  const role = FALLBACK.find((one) => contacts.some((contact) => contact.role === one));
  return contacts.filter((contact) => contact.role === role).map(({ contactId }) => contactId);
}
