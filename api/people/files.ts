/** Files of contacts and roster: written from the present lists, and read back. */
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import type { Holder } from '../../plan/people/holders.js';
import { Problem } from '../http/problems.js';
import { rowsInCsv } from './csv.js';
import { ROLES, SHEETS, type Sheet, type SheetKind } from './sheets.js';
import { sheetsInXlsx } from './xlsx.js';

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

const ZIP = Buffer.from('PK');

/** @throws Problem when it is neither such a workbook nor such a CSV */
export async function sheetsIn(bytes: Buffer): Promise<Sheet[]> {
  return bytes.subarray(0, 2).equals(ZIP) ? sheetsOfWorkbook(bytes) : [sheetOfCsv(rowsInCsv(bytes))];
}

const KINDS = Object.keys(SHEETS) as SheetKind[];

async function sheetsOfWorkbook(bytes: Buffer): Promise<Sheet[]> {
  const worksheets = await sheetsInXlsx(bytes);
  const sheets = KINDS.flatMap((kind) => {
    const worksheet = worksheets.find(({ name }) => name.trim() === SHEETS[kind].name);
    return worksheet ? [{ kind, rows: worksheet.rows }] : [];
  });
  if (sheets.length > 0) return sheets;
  throw new Problem('file-unreadable', '文件中没有名为“联系人”或“值班表”的工作表，请下载现有文件，在其中修改后上传。');
}

/** A CSV has one sheet: the one that shares more columns with it. */
function sheetOfCsv(rows: string[][]): Sheet {
  const header = rows[0] ?? [];
  const shared = (kind: SheetKind) =>
    Object.values<string>(SHEETS[kind].columns).filter((one) => header.includes(one)).length;
  const [kind] = KINDS.toSorted((a, b) => shared(b) - shared(a));
  if (kind && shared(kind) > 2) return { kind, rows };
  throw new Problem('file-unreadable', '第一行不是“联系人”或“值班表”的表头，请下载现有文件，在其中修改后上传。');
}
