/** The people on duty whom somebody can ring. Looked up when a message is sent; names and numbers enter no entry. */
import type { Entry } from '../episode/entries.js';
import type { Database } from '../ledger/database.js';
import type { ReferredContact } from '../ledger/people/contacts.js';
import { recipientsOf } from '../ledger/people/roster.js';
import { numberToRing } from '../plan/people/contacts.js';

/** Name and number of each person on duty for the units that a step names because nobody of them was reached (§6.6). */
export async function peopleToRing(
  database: Database,
  about: readonly Entry[],
  at: number,
): Promise<ReadonlyMap<string, string>> {
  const unitIds = [...new Set(about.flatMap(unreachedIn))];
  if (unitIds.length === 0) return new Map();
  const people = await recipientsOf(
    database,
    unitIds.map((holder) => ({ holder, whom: 'duty' as const })),
    at,
  );
  return new Map(unitIds.map((unitId, i) => [unitId, people[i]!.map(inWords).join('、')]));
}

const unreachedIn = ({ kind, data, unitId }: Entry): string[] =>
  (kind === 'deadline.reminded' || kind === 'deadline.escalated') && data.fellThrough && unitId !== undefined
    ? [unitId]
    : [];

const inWords = (contact: ReferredContact): string => `${contact.name} ${numberToRing(contact) ?? '（没有登记电话）'}`;
