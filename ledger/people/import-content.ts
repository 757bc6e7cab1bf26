import type { DutyRow } from '../../plan/people/roster.js';
import type { KnownContact } from '../../plan/types.js';

/** The scope of a file: the holders whose contacts it lists, and the days of each holder's roster. */
export interface ImportScope {
  contacts: string[];
  days: Array<{ holder: string; date: string }>;
}

/** Contacts and duty rows within a scope, before or after the change. */
export interface ContactsAndDuties {
  contacts: Record<string, KnownContact[]>;
  days: Array<{ holder: string; date: string; rows: DutyRow[] }>;
}

/** The changes that a confirmation writes, and the hash of the state they were made from. */
export interface ImportContent {
  scope: ImportScope;
  basis: string;
  changes: ContactsAndDuties;
}
