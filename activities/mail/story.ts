import type { Entry, EpisodeState } from '../../episode/types.js';
import type { Messages } from '../../plan/messages/templates.js';

export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** What a letter is made from: the episode as it stands when the letter goes out, and its texts. */
export interface Story {
  publicUrl: string;
  state: EpisodeState;
  /** What the letter tells of. */
  entries: Entry[];
  /** The entries that carry the city's notices (§3.1.2, §3.1.5). */
  announcements: Announcement[];
  /** Verbatim text of a task of the edition. */
  textOf(taskId: string): string;
  /** The edition's wording. */
  messages: Messages;
}

export type Announcement = EntryOf<'warning.issued' | 'level.adjusted' | 'warning.lifted'>;
