import { type Kysely, sql } from 'kysely';
import { identified } from '../../plan/people/contacts.js';
import type { Contact } from '../../plan/types.js';

const statements = [
  // Who is on duty, by holder and day: \`HH:mm\`, Beijing; a shift that ends not after it begins ends on the next day.
  `create table duty_rows (
    holder text not null,
    date text not null,
    from_time text not null,
    until_time text not null,
    contact_id text not null,
    shift text,
    primary key (holder, date, from_time, until_time, contact_id)
  )`,
  `create index duty_rows_by_date on duty_rows (date)`,

  // Substitutes, in the order they were entered; the times are milliseconds. Who took over what from whom is kept.
  `create table duty_overrides (
    seq integer generated always as identity primary key,
    override_id text not null unique,
    holder text not null,
    contact_id text not null,
    from_at double precision not null,
    until_at double precision not null check (until_at > from_at),
    reason text,
    entered_by text not null,
    entered_at double precision not null,
    cancelled_by text,
    cancelled_at double precision,
    check ((cancelled_by is null) = (cancelled_at is null))
  )`,
  `create index duty_overrides_by_holder on duty_overrides (holder, until_at)`,
  `create function refuse_removal() returns trigger language plpgsql as
    $$ begin raise exception 'overrides are never removed, but cancelled'; end $$`,
  `create trigger overrides_are_kept before delete or truncate on duty_overrides
    for each statement execute function refuse_removal()`,

  // Files that were looked at and wait for confirmation; \`content\` is emptied when it is no longer needed.
  `create table roster_imports (
    import_id text primary key,
    account_id text not null,
    made_at double precision not null,
    preview json not null,
    content json,
    confirmed_at double precision
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  await nameContacts(db);
}

/** Contacts were named by their place; they keep those names, for entries and messages under way have them. */
async function nameContacts(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ holder: string; list: Contact[] }>`select holder, list from contacts`.execute(db);
  for (const { holder, list } of rows) {
    const named = JSON.stringify(identified(list, undefined, () => ''));
    await sql`update contacts set list = ${named} where holder = ${holder}`.execute(db);
  }
}
