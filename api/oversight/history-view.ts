import type { PersonalReference } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import { readPersonalData } from '../../ledger/people/personal-data.js';
import type { Context } from '../engine/context.js';

/** Entries with, beside what is hashed, the personal data they refer to: who rang when the office acted for a unit. */
export async function withViews({ database }: Context, entries: Entry[]): Promise<object[]> {
  const callers = await readPersonalData(database, entries.flatMap(referencesIn));
  return entries.map((entry) => {
    const caller = referencesIn(entry).map(({ reference }) => callers.get(reference))[0];
    return caller === undefined ? entry : { ...entry, view: { caller } };
  });
}

const referencesIn = ({ data }: Entry): PersonalReference[] =>
  'onBehalf' in data && data.onBehalf !== undefined ? [data.onBehalf] : [];
