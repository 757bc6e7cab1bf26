import type { PersonalReference } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import type { Database } from '../../ledger/database.js';
import { contactListsOf } from '../../ledger/people/contacts.js';
import { readPersonalData } from '../../ledger/people/personal-data.js';
import { findEntries } from '../../ledger/reading/reading.js';
import type { Context } from '../engine/context.js';

/**
 * Entries, and beside them content that is not hashed: who telephoned with a notice or for a unit, the name of the contact
 * for whom a link was made, and the text of an added task or why it was taken back, which only the entry of its first unit holds.
 */
export async function withViews({ database }: Context, episodeId: string, entries: Entry[]): Promise<object[]> {
  const callers = await readPersonalData(database, entries.flatMap(referencesIn));
  const nameOf = await namesOfContacts(database, entries);
  const textsIn = [...new Set(entries.flatMap(textIn))];
  const texts = new Map(
    (await findEntries(database, episodeId, textsIn)).flatMap(({ seq, data }) =>
      'text' in data ? [[seq, data.text]] : 'reason' in data ? [[seq, data.reason]] : [],
    ),
  );
  return entries.map((entry) => {
    const caller = referencesIn(entry).map(({ reference }) => callers.get(reference))[0];
    const text = textIn(entry).map((seq) => texts.get(seq))[0];
    const contact = nameOf(entry);
    const view = {
      ...(caller === undefined ? {} : { caller }),
      ...(contact === undefined ? {} : { contact }),
      ...(text === undefined ? {} : { text }),
    };
    return Object.keys(view).length === 0 ? entry : { ...entry, view };
  });
}

/** A person who has left the contacts is known by the reference in the entry alone. */
async function namesOfContacts(database: Database, entries: readonly Entry[]) {
  const holders = entries.flatMap(({ unitId, data }) => (unitId && contactIn(data) ? [unitId] : []));
  const lists = await contactListsOf(database, [...new Set(holders)]);
  return ({ unitId = '', data }: Entry): string | undefined =>
    lists.get(unitId)?.find(({ contactId }) => contactId === contactIn(data))?.name;
}

const contactIn = (data: Entry['data']): string | undefined => ('link' in data ? data.link?.contact : undefined);

function textIn({ kind, data }: Entry): number[] {
  if (kind === 'task.added' && data.textIn !== undefined) return [data.textIn];
  return kind === 'task.cancelled' && data.reasonIn !== undefined ? [data.reasonIn] : [];
}

/** The person who rang for a unit, or who rang with a notice. */
function referencesIn({ data }: Entry): PersonalReference[] {
  if ('onBehalf' in data && data.onBehalf !== undefined) return [data.onBehalf];
  const from = 'notice' in data && typeof data.notice === 'object' ? data.notice.received?.from : undefined;
  return from ? [from] : [];
}
