import type { Instant } from '../../episode/commands.js';
import type { Digest } from '../../episode/digest.js';
import type { Entry } from '../../episode/entries.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { KeptEdition } from '../../plan/edition/edition.js';
import type { DeskValues } from '../../plan/wording/frame.js';

export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** The input of a message: the state of the episode when the message goes out, and its texts. */
export interface MessageInput {
  publicUrl: string;
  state: EpisodeState;
  /** The entries that the message reports. */
  entries: Entry[];
  /** The entries that carry the city's notices (§3.1.2, §3.1.5). */
  announcements: Announcement[];
  /** The circulars that the entries tell of, by id. */
  circulars: ReadonlyMap<string, EntryOf<'circular.issued'>>;
  /** The texts of the public that the entries tell of again, by the numbers of their entries. */
  texts: ReadonlyMap<number, EntryOf<'text.issued'>>;
  /** Episode time of sending. */
  now: Instant;
  /** Daily reports of the days that entries sum up. */
  digests: ReadonlyMap<string, Digest>;
  /** Text of a task: verbatim from the edition, or as it was added. */
  textOf(taskId: string): string;
  /** The words of the edition that the episode is bound to. */
  edition: EditionWords;
  /** Who is on duty in the office, and the number to ring. */
  desk: DeskValues;
  /** Names and numbers of the people on duty for units that nobody has reached: for the office alone. */
  toRing: ReadonlyMap<string, string>;
}

/** An edition's words for tasks and messages. */
export type EditionWords = Pick<
  KeptEdition,
  'plan' | 'items' | 'textOf' | 'sentenceOf' | 'taskWordsOf' | 'alsoDoneBy' | 'briefOf' | 'messages'
>;

export type Announcement = EntryOf<'warning.issued' | 'level.adjusted' | 'warning.lifted'>;
