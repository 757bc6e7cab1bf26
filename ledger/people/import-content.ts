import type { DutyRow } from '../../plan/people/roster.js';
import type { KnownContact } from '../../plan/types.js';

/** What a file is about: holders whose contacts it lists, days of holders it fills. */
export interface ImportScope {
  contacts: string[];
  days: Array<{ holder: string; date: string }>;
}

/** What stands within a scope, or is to stand. */
export interface Standing {
  contacts: Record<string, KnownContact[]>;
  days: Array<{ holder: string; date: string; rows: DutyRow[] }>;
}

/** What a confirmation writes, and the hash of what stood when it was looked at. */
export interface ImportContent {
  scope: ImportScope;
  basis: string;
  changes: Standing;
}
