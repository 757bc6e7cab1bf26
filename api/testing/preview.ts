/** Previews a file against lists in memory, as the route does against the database. For tests alone. */
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import { loadEditionById } from '../../plan/edition/edition.js';
import { holdersOf } from '../../plan/people/holders.js';
import type { DutyRow } from '../../plan/people/roster.js';
import { type ComingDuties, NO_DUTIES } from '../people/coming-duties.js';
import { sheetsIn } from '../people/find-sheets.js';
import { importPreviewOf, importScopeOf, type Preview } from '../people/preview.js';
import { recordsOf } from '../people/records.js';

export const HOLDERS = holdersOf(loadEditionById('shuimogou-2025'));
export const EVERYTHING = { contacts: true, roster: true };

/** The preview of a file against these contacts and duties. */
export async function filePreviewOf(
  bytes: Buffer,
  all: ContactsAndDuties,
  may = EVERYTHING,
  coming: ComingDuties = NO_DUTIES,
  holders = HOLDERS,
): Promise<Preview> {
  const lines = recordsOf(await sheetsIn(bytes), { holders, district: '水磨沟区' });
  const scope = importScopeOf(lines);
  const present = {
    contacts: Object.fromEntries(scope.contacts.map((holder) => [holder, all.contacts[holder] ?? []])),
    days: scope.days.map((day) => ({ ...day, rows: rowsOn(all, day) })),
  };
  return importPreviewOf(lines, present, may, coming);
}

const rowsOn = ({ days }: ContactsAndDuties, { holder, date }: { holder: string; date: string }): DutyRow[] =>
  days.find((day) => day.holder === holder && day.date === date)?.rows ?? [];
