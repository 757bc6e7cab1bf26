import type { Entry, EntryKind } from '../episode/entries.js';
import type { EpisodeState } from '../episode/state-types.js';

export interface LedgerInput {
  state: EpisodeState;
  /** All of the episode's, oldest first. */
  entries: readonly Entry[];
  district: string;
  /** The text of a task: the edition's, or of its entry. */
  textOf(taskId: string): string;
  /** How many entries the sheets take; further ones are in the file of the whole record alone. */
  mostEntries: number;
}

/** The entries of some kinds, with their types. */
export const entriesOfKinds = <K extends EntryKind>(
  { entries }: Pick<LedgerInput, 'entries'>,
  ...kinds: K[]
): Array<Extract<Entry, { kind: K }>> =>
  entries.filter((entry): entry is Extract<Entry, { kind: K }> => (kinds as EntryKind[]).includes(entry.kind));
