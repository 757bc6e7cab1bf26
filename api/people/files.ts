/** Files of contacts and roster: written from the present lists. */
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import type { Holder } from '../../plan/people/holders.js';
import { ROLES, SHEETS, type Sheet, type SheetKind } from './sheets.js';

/** A sheet with the lists of these holders, or their rows. */
export function sheetOf(kind: SheetKind, holders: readonly Holder[], present: ContactsAndDuties): Sheet {
  const columns = Object.entries(SHEETS[kind].columns);
  const cells = holders.flatMap((holder) => rowsOf[kind](holder, present));
  return {
    kind,
    rows: [columns.map(([, title]) => title), ...cells.map((row) => columns.map(([key]) => row[key] ?? ''))],
  };
}

type Cells = Record<string, string | undefined>;

const rowsOf: Record<SheetKind, (holder: Holder, present: ContactsAndDuties) => Cells[]> = {
  contacts: ({ unitId, name: unit }, { contacts }) =>
    (contacts[unitId] ?? []).map((contact) => ({ ...contact, unitId, unit, role: ROLES[contact.role] })),
  roster({ unitId, name: unit }, { contacts, days }) {
    const nameOf = (id: string) => contacts[unitId]?.find(({ contactId }) => contactId === id)?.name;
    return days
      .filter(({ holder }) => holder === unitId)
      .flatMap(({ rows }) => rows.map((row) => ({ ...row, unitId, unit, name: nameOf(row.contactId) })));
  },
};
