/** Substitutes. None is removed: a later one takes precedence, or it is cancelled, with account and time. */
import type { Selectable } from 'kysely';
import type { DutyOverride, Span } from '../../plan/people/roster.js';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';

export interface StoredOverride extends DutyOverride {
  overrideId: string;
  holder: string;
  reason?: string;
  /** Ids of accounts. */
  enteredBy: string;
  enteredAt: number;
  cancelledBy?: string;
}

/** A known id is a repeat, and stays unchanged. */
export async function enterOverride({ db }: Database, override: StoredOverride): Promise<void> {
  await db
    .insertInto('duty_overrides')
    .values({
      override_id: override.overrideId,
      holder: override.holder,
      contact_id: override.contactId,
      from_at: override.from,
      until_at: override.until,
      reason: override.reason ?? null,
      entered_by: override.enteredBy,
      entered_at: override.enteredAt,
    })
    .onConflict((conflict) => conflict.column('override_id').doNothing())
    .execute();
}

/** Cancels a substitute. A repeat keeps the first account and time. */
export async function cancelOverride({ db }: Database, overrideId: string, by: string, at: number): Promise<void> {
  await db
    .updateTable('duty_overrides')
    .set({ cancelled_by: by, cancelled_at: at })
    .where('override_id', '=', overrideId)
    .where('cancelled_at', 'is', null)
    .execute();
}

export async function findOverride({ db }: Database, overrideId: string): Promise<StoredOverride | undefined> {
  const row = await db
    .selectFrom('duty_overrides')
    .selectAll()
    .where('override_id', '=', overrideId)
    .executeTakeFirst();
  return row && overrideOf(row);
}

/** Substitutes of these holders within a span, cancelled ones too, in order of entry. */
export async function storedOverrides(
  { db }: Database,
  holders: readonly string[],
  { from, until }: Span,
): Promise<StoredOverride[]> {
  if (holders.length === 0) return [];
  const rows = await db
    .selectFrom('duty_overrides')
    .selectAll()
    .where('holder', 'in', holders)
    .where('until_at', '>', from)
    .where('from_at', '<=', until)
    .orderBy('seq')
    .execute();
  return rows.map(overrideOf);
}

const overrideOf = (row: Selectable<Schema['duty_overrides']>): StoredOverride => ({
  overrideId: row.override_id,
  holder: row.holder,
  contactId: row.contact_id,
  from: row.from_at,
  until: row.until_at,
  ...(row.reason === null ? {} : { reason: row.reason }),
  enteredBy: row.entered_by,
  enteredAt: row.entered_at,
  ...(row.cancelled_by === null || row.cancelled_at === null
    ? {}
    : { cancelledBy: row.cancelled_by, cancelledAt: row.cancelled_at }),
});
