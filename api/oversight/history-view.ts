import type { PersonalReference } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import { readPersonalData } from '../../ledger/people/personal-data.js';
import { findEntries } from '../../ledger/reading/reading.js';
import type { Context } from '../engine/context.js';

/**
 * Entries, and beside them content that is not hashed: who telephoned with a notice or for a unit, and the text of an
 * added task, which only the entry of its first unit holds.
 */
export async function withViews({ database }: Context, episodeId: string, entries: Entry[]): Promise<object[]> {
  const callers = await readPersonalData(database, entries.flatMap(referencesIn));
  const textsIn = [...new Set(entries.flatMap(textIn))];
  const texts = new Map(
    (await findEntries(database, episodeId, textsIn)).flatMap(({ seq, data }) =>
      'text' in data ? [[seq, data.text]] : [],
    ),
  );
  return entries.map((entry) => {
    const caller = referencesIn(entry).map(({ reference }) => callers.get(reference))[0];
    const text = textIn(entry).map((seq) => texts.get(seq))[0];
    const view = { ...(caller === undefined ? {} : { caller }), ...(text === undefined ? {} : { text }) };
    return Object.keys(view).length === 0 ? entry : { ...entry, view };
  });
}

const textIn = ({ kind, data }: Entry): number[] =>
  kind === 'task.added' && data.textIn !== undefined ? [data.textIn] : [];

/** The person who rang for a unit, or who rang with a notice. */
function referencesIn({ data }: Entry): PersonalReference[] {
  if ('onBehalf' in data && data.onBehalf !== undefined) return [data.onBehalf];
  const from = 'notice' in data ? data.notice.received?.from : undefined;
  return from ? [from] : [];
}
