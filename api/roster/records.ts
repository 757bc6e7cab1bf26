/** From the rows of a sheet to what they say, and everything that is wrong with them. Pure. */
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import type { EnteredContact } from '../../ledger/contacts.js';
import type { DutyRow } from '../../plan/roster.js';
import type { Holder } from '../holders.js';
import { contact, MOST_CONTACTS } from '../schemas/requests.js';
import { dutyRow } from '../schemas/roster.js';
import { ROLES, SHEETS, type Sheet, type SheetKind, titleOf } from './sheets.js';

/** Rows are counted as a spreadsheet does: the header is row 1. */
export interface BadCell {
  sheet: string;
  row: number;
  column: string;
  detail: string;
}

interface Line {
  kind: SheetKind;
  row: number;
  holder: Holder;
}

export interface ContactLine extends Line {
  contact: EnteredContact;
}

/** Who it is may be named by the id or by the name alone. */
export interface DutyLine extends Line {
  duty: Omit<DutyRow, 'contactId'>;
  contactId: string;
  name: string;
}

export interface Lines {
  contacts: ContactLine[];
  roster: DutyLine[];
  errors: BadCell[];
}

export const MOST_ROWS = 10_000;

export const linesOf = (sheets: readonly Sheet[], holders: readonly Holder[]): Lines => {
  const read = sheets.map((sheet) => linesOfSheet(sheet, holders));
  return {
    contacts: read.flatMap(({ contacts }) => contacts),
    roster: read.flatMap(({ roster }) => roster),
    errors: read.flatMap(({ errors }) => errors),
  };
};

type Cells = Record<string, string>;

function linesOfSheet({ kind, rows }: Sheet, holders: readonly Holder[]): Lines {
  const [header = [], ...body] = rows;
  const lines: Lines = { contacts: [], roster: [], errors: errorsOfHeader(kind, header, body.length) };
  if (lines.errors.length > 0) return lines;

  const columns = Object.entries(SHEETS[kind].columns).map(([key, title]) => [key, header.indexOf(title)] as const);
  const counts = new Map<string, number>();
  body.forEach((cells, i) => {
    if (cells.every((cell) => cell === '')) return;
    const named = Object.fromEntries(columns.map(([key, at]) => [key, cells[at] ?? '']));
    const bad = badCell(kind, i + 2);
    const holder = holderNamed(named, holders);
    if ('detail' in holder) {
      lines.errors.push(bad('unit', holder.detail));
      return;
    }
    const line = { kind, row: i + 2, holder };
    if (kind === 'roster') take(dutyOf(named), line, bad);
    else if (isOneTooMany(counts, holder))
      lines.errors.push(bad('unit', `一个单位最多 ${MOST_CONTACTS} 名联系人，请删减`));
    else take(contactOf(named), line, bad);
  });
  return lines;

  function take(result: Judged, line: Line, bad: ReturnType<typeof badCell>): void {
    if ('issues' in result) lines.errors.push(...result.issues.map(({ column, detail }) => bad(column, detail)));
    else if ('contact' in result) lines.contacts.push({ ...line, ...result });
    else lines.roster.push({ ...line, ...result });
  }
}

export const badCell =
  (kind: SheetKind, row: number) =>
  (column: string, detail: string): BadCell => ({
    sheet: SHEETS[kind].name,
    row,
    column: titleOf(kind, column),
    detail,
  });

function errorsOfHeader(kind: SheetKind, header: readonly string[], rows: number): BadCell[] {
  const { name: sheet, columns } = SHEETS[kind];
  const titles: string[] = Object.values(columns);
  const error = (column: string, detail: string): BadCell => ({ sheet, row: 1, column, detail });
  return [
    ...titles.filter((title) => !header.includes(title)).map((title) => error(title, '缺少这一列，请补上')),
    ...header
      .filter((title) => title !== '' && !titles.includes(title))
      .map((title) => error(title, '没有这一列，请改名或删去')),
    ...header
      .filter((title, i) => title !== '' && header.indexOf(title) !== i)
      .map((title) => error(title, '这一列重复，请只留一个')),
    ...(rows > MOST_ROWS ? [error('', `最多 ${MOST_ROWS} 行，请分几次导入`)] : []),
  ];
}

function holderNamed({ unitId, unit }: Cells, holders: readonly Holder[]): Holder | { detail: string } {
  const isNamed = ({ name, aliases }: Holder) => unit === name || aliases.includes(unit ?? '');
  if (!unitId && !unit) return { detail: '请填写单位编号或单位' };
  const holder = holders.find((one) => (unitId ? one.unitId === unitId : isNamed(one)));
  if (!holder) return { detail: '名录中没有这个单位，或者不是本单位，请核对单位编号和单位' };
  return unitId && unit && !isNamed(holder) ? { detail: `单位编号“${unitId}”是${holder.name}，请核对` } : holder;
}

function isOneTooMany(counts: Map<string, number>, { unitId }: Holder): boolean {
  counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
  return counts.get(unitId)! > MOST_CONTACTS;
}

type Judged =
  | { contact: EnteredContact }
  | { duty: Omit<DutyRow, 'contactId'>; contactId: string; name: string }
  | { issues: Array<{ column: string; detail: string }> };

function contactOf({ unitId: _, unit: __, role, ...cells }: Cells): Judged {
  const known = Object.entries(ROLES).find(([, word]) => word === role)?.[0];
  if (!known) return { issues: [{ column: 'role', detail: `应为${Object.values(ROLES).join('、')}之一` }] };
  const result = contact.safeParse({ ...filled(cells), role: known }, { error: zhCN().localeError });
  return result.success ? { contact: result.data as EnteredContact } : { issues: issuesOf(result.error) };
}

const duty = dutyRow.omit({ contactId: true });

function dutyOf({
  unitId: _,
  unit: __,
  contactId = '',
  name = '',
  date = '',
  from = '',
  until = '',
  ...cells
}: Cells): Judged {
  const times = { date: dateIn(date), from: timeIn(from), until: timeIn(until).replace('24:00', '00:00') };
  const result = duty.safeParse({ ...filled(cells), ...times }, { error: zhCN().localeError });
  if (!result.success) return { issues: issuesOf(result.error) };
  if (!contactId && !name) return { issues: [{ column: 'name', detail: '请填写姓名或人员编号' }] };
  return { duty: result.data as Omit<DutyRow, 'contactId'>, contactId, name };
}

const filled = (cells: Cells): Cells => Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''));

const issuesOf = (error: z.ZodError) =>
  error.issues.map((issue) => ({ column: String(issue.path[0] ?? ''), detail: issue.message }));

const twoDigits = (digits = ''): string => digits.padStart(2, '0');

/** As a spreadsheet or a person writes a day: 2026/1/5, 2026年1月5日. */
function dateIn(cell: string): string {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell) ?? [];
  return year === undefined ? cell : `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** 8:00, 08:00:00, 8：00. */
function timeIn(cell: string): string {
  const [, hour, minute] = /^(\d{1,2})[:：](\d{2})(?::00)?$/.exec(cell) ?? [];
  return hour === undefined ? cell : `${twoDigits(hour)}:${minute}`;
}
