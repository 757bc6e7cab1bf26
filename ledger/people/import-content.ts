import type { DutyRow } from '../../plan/people/roster.js';
import type { KnownContact } from '../../plan/types.js';

/** The scope of a file: holders whose contacts it lists, days of holders that it fills. */
export interface ImportScope {
  contacts: string[];
  days: Array<{ holder: string; date: string }>;
}

/** Contacts and duty rows within a scope, as they are or as they are to become. */
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
