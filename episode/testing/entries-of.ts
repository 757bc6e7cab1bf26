/** Entries by kind, for judging a life from its record. */
import type { Entry, EntryKind } from '../entries.js';

export type Of<K extends EntryKind> = Extract<Entry, { kind: K }>;

export const of = <K extends EntryKind>(entries: readonly Entry[], ...kinds: K[]): Of<K>[] =>
  entries.filter((entry): entry is Of<K> => (kinds as string[]).includes(entry.kind));
export const time = (text: string): number => Date.parse(text);
