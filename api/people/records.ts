/** Parses the rows of a sheet into records, with every error. Pure. */
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import type { EnteredContact } from '../../ledger/people/contacts.js';
import type { Holder } from '../../plan/people/holders.js';
import type { DutyRow } from '../../plan/people/roster.js';
import { dutyRow } from './roster-schemas.js';
import { contact } from './schemas.js';
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

/** A row may name a person or holder by id or by name alone. */
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

const MOST_ROWS = 5_000;

export const recordsOf = (sheets: readonly Sheet[], holders: readonly Holder[]): Lines =>
  together(sheets.flatMap((sheet) => linesOfSheet(sheet, holders)));

const together = (parts: ReadonlyArray<Partial<Lines>>): Lines => ({
  contacts: parts.flatMap(({ contacts = [] }) => contacts),
  roster: parts.flatMap(({ roster = [] }) => roster),
  errors: parts.flatMap(({ errors = [] }) => errors),
});

type Cells = Record<string, string>;

function linesOfSheet({ kind, rows }: Sheet, holders: readonly Holder[]): Array<Partial<Lines>> {
  const [header = [], ...body] = rows;
  const errors = errorsOfHeader(kind, header, body.length);
  if (errors.length > 0) return [{ errors }];
  const columns = Object.entries(SHEETS[kind].columns).map(([key, title]) => [key, header.indexOf(title)] as const);
  const named = (cells: string[]): Cells => Object.fromEntries(columns.map(([key, at]) => [key, cells[at] ?? '']));
  return body.flatMap((cells, i) => (cells.some(Boolean) ? [lineOf(kind, i + 2, named(cells), holders)] : []));
}

/** The record of a row, or all its errors. */
function lineOf(kind: SheetKind, row: number, cells: Cells, holders: readonly Holder[]): Partial<Lines> {
  const bad = badCell(kind, row);
  const holder = holderNamed(cells, holders);
  if ('detail' in holder) return { errors: [bad('unit', holder.detail)] };
  const said = kind === 'contacts' ? contactOf(cells) : dutyOf(cells);
  if ('issues' in said) return { errors: said.issues.map(({ column, detail }) => bad(column, detail)) };
  const line = { kind, row, holder };
  return 'contact' in said ? { contacts: [{ ...line, ...said }] } : { roster: [{ ...line, ...said }] };
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

type Said =
  | { contact: EnteredContact }
  | { duty: Omit<DutyRow, 'contactId'>; contactId: string; name: string }
  | { issues: Array<{ column: string; detail: string }> };

function contactOf({ unitId: _, unit: __, role, ...cells }: Cells): Said {
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
}: Cells): Said {
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

/** A day as spreadsheets and people write it: 2026/1/5, 2026年1月5日. */
function dateIn(cell: string): string {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(cell) ?? [];
  return year === undefined ? cell : `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** 8:00, 08:00:00, 8：00. */
function timeIn(cell: string): string {
  const [, hour, minute] = /^(\d{1,2})[:：](\d{2})(?::00)?$/.exec(cell) ?? [];
  return hour === undefined ? cell : `${twoDigits(hour)}:${minute}`;
}
