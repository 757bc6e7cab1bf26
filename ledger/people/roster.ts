/** Duty rosters by holder (§6.1). Read at the moment of sending, never in an entry. */
import { type Selectable, sql } from 'kysely';
import { type DutyRow, type OnDuty, onDutyAt, type Roster, type Span } from '../../plan/people/roster.js';
import { addDays, beijingDate } from '../../plan/rules/calendar.js';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';
import { contactListsOf, oneAtATime, type ReferredContact, referred } from './contacts.js';
import { type StoredOverride, storedOverrides } from './duty-overrides.js';

/** Days from the first to the last, both included. */
export interface Days {
  from: string;
  until: string;
}

/** No roster is entered for a later day. */
export const LAST_DAY = '2199-12-31';

export interface StoredRow extends DutyRow {
  holder: string;
}

export interface StoredRoster extends Roster {
  overrides: StoredOverride[];
}

/** The rows of holders, by day and time. */
export async function dutyRowsOf(
  { db }: Database,
  holders: readonly string[],
  { from, until }: Days,
): Promise<StoredRow[]> {
  if (holders.length === 0) return [];
  const rows = await db
    .selectFrom('duty_rows')
    .selectAll()
    .where('holder', 'in', holders)
    .where('date', '>=', from)
    .where('date', '<=', until)
    .orderBy('holder')
    .orderBy('date')
    .orderBy('from_time')
    .orderBy('until_time')
    .orderBy('contact_id')
    .execute();
  return rows.map(rowOf);
}

/** Replaces a holder's rows of these days. */
export const replaceDutyRows = (
  database: Database,
  holder: string,
  { from, until }: Days,
  rows: readonly DutyRow[],
): Promise<void> =>
  oneAtATime(database, async (alone) => {
    await alone.db
      .deleteFrom('duty_rows')
      .where('holder', '=', holder)
      .where('date', '>=', from)
      .where('date', '<=', until)
      .execute();
    await insertRows(
      alone,
      rows.map((row) => ({ ...row, holder })),
    );
  });

/** Replaces the rows of these days, in two statements for any number. The caller holds the lock on rosters. */
export async function writeDays(
  database: Database,
  days: ReadonlyArray<{ holder: string; date: string; rows: readonly DutyRow[] }>,
): Promise<void> {
  await sql`
    delete from duty_rows using unnest(
      ${days.map(({ holder }) => holder)}::text[],
      ${days.map(({ date }) => date)}::text[]) as day (holder, date)
    where duty_rows.holder = day.holder and duty_rows.date = day.date`.execute(database.db);
  await insertRows(
    database,
    days.flatMap(({ holder, rows }) => rows.map((row) => ({ ...row, holder }))),
  );
}

async function insertRows({ db }: Database, rows: readonly StoredRow[]): Promise<void> {
  await sql`
    insert into duty_rows (holder, date, from_time, until_time, contact_id, shift)
    select * from unnest(
      ${rows.map(({ holder }) => holder)}::text[],
      ${rows.map(({ date }) => date)}::text[],
      ${rows.map(({ from }) => from)}::text[],
      ${rows.map(({ until }) => until)}::text[],
      ${rows.map(({ contactId }) => contactId)}::text[],
      ${rows.map(({ shift }) => shift ?? null)}::text[])`.execute(db);
}

/** Rows, substitutes and contacts that decide who is on duty within a span, for each holder. */
export async function rostersOf(
  database: Database,
  holders: readonly string[],
  span: Span,
): Promise<Map<string, StoredRoster>> {
  // A shift of the day before may reach past midnight.
  const days = { from: addDays(beijingDate(span.from), -1), until: beijingDate(span.until) };
  const contacts = await contactListsOf(database, holders);
  const rows = await dutyRowsOf(database, holders, days);
  const overrides = await storedOverrides(database, holders, span);
  const ofHolder = (holder: string) => (one: { holder: string }) => one.holder === holder;
  return new Map(
    holders.map((holder) => [
      holder,
      {
        contacts: contacts.get(holder) ?? [],
        rows: rows.filter(ofHolder(holder)),
        overrides: overrides.filter(ofHolder(holder)),
      },
    ]),
  );
}

export async function rosterOf(database: Database, holder: string, span: Span): Promise<StoredRoster> {
  return (await rostersOf(database, [holder], span)).get(holder)!;
}

/** Recipients of a message: the people on duty, the leads, or liaisons and leads besides the people on duty. */
export type MessageRecipients = 'duty' | 'lead' | 'everyone';

/** `anybody`: whom the office may ring, deputies too. */
export type Chosen = MessageRecipients | 'anybody';

const chosen: Record<Chosen, (contact: ReferredContact, onDuty: OnDuty) => boolean> = {
  duty: ({ reference }, { contactIds }) => contactIds.includes(reference),
  lead: ({ role }) => role === 'lead',
  anybody: () => true,
  everyone: ({ role, reference }, { contactIds }) => role !== 'deputy' || contactIds.includes(reference),
};

/** A person to be told. */
export interface PersonTold extends ReferredContact {
  isOnDuty: boolean;
}

/**
 * The people to be told for each holder, in order. `at` is the moment of sending, for a drill in episode time. Takes
 * the same few statements for any number.
 */
export async function recipientsOf(
  database: Database,
  asked: ReadonlyArray<{ holder: string; whom: Chosen }>,
  at: number,
): Promise<PersonTold[][]> {
  const holders = [...new Set(asked.map(({ holder }) => holder))];
  const rosters = await rostersOf(database, holders, { from: at, until: at });
  return asked.map(({ holder, whom }) => {
    const roster = rosters.get(holder)!;
    const onDuty = onDutyAt(roster, at);
    return roster.contacts
      .map(referred)
      .filter((contact) => chosen[whom](contact, onDuty))
      .map((contact) => ({ ...contact, isOnDuty: onDuty.contactIds.includes(contact.reference) }));
  });
}

const rowOf = (row: Selectable<Schema['duty_rows']>): StoredRow => ({
  holder: row.holder,
  date: row.date,
  from: row.from_time,
  until: row.until_time,
  contactId: row.contact_id,
  ...(row.shift === null ? {} : { shift: row.shift }),
});
