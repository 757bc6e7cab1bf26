/** Parses the rows of a sheet into records, with every error. Pure. */
import { mobileIn } from '../../lib/normal/telephone.js';
import { compact } from '../../lib/normal/text.js';
import { unitsMeant } from '../../lib/normal/unit.js';
import { quoted } from '../../lib/quoted.js';
import { type Cell, type CellFault, MOST_CHARACTERS, type TableRow } from '../../lib/tables/table.js';
import type { Holder } from '../../plan/people/holders.js';
import type { DutyRow } from '../../plan/people/roster.js';
import { begunAgainBy, type FoundSheet, titleIn, writtenTitle } from './find-sheets.js';
import { type Cells, contactOf, dutyOf, type ReadContact } from './read-row.js';
import { KEPT, NEEDED, SHEETS, type SheetKind, titleOf, unguarded } from './sheets.js';

/** Rows are counted as a spreadsheet does. */
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
  /** The keys of columns that the list has not: what it does not say stays as it is. */
  unsaid: readonly string[];
}

export interface ContactLine extends Line {
  contact: ReadContact;
}

/** A row may name a person or holder by id or by name alone. */
export interface DutyLine extends Line {
  duty: Omit<DutyRow, 'contactId'>;
  contactId: string;
  name: string;
}

/** A remark about a file: nothing is wrong, but somebody should know. */
export interface FileRemark {
  sheet: string;
  detail: string;
}

export interface Lines {
  contacts: ContactLine[];
  roster: DutyLine[];
  errors: BadCell[];
  /** Holders of whom a row could not be read, by kind; `*` when a row does not say whose it is. */
  faulty: Array<{ kind: SheetKind; holder: string }>;
  remarks: FileRemark[];
  /** Rows in which anything of ours stands. */
  rows: number;
}

/** The district in whose short forms units are named. */
interface Directory {
  holders: readonly Holder[];
  district: string;
}

const MOST_ROWS = 5_000;

export function recordsOf(sheets: readonly FoundSheet[], directory: Directory): Lines {
  const parts = sheets.flatMap((sheet) => linesOfSheet(sheet, directory));
  const errors = parts.flatMap((part) => part.errors ?? []);
  const rows = parts.reduce((sum, part) => sum + (part.rows ?? 0), 0);
  return {
    contacts: parts.flatMap(({ contacts = [] }) => contacts),
    roster: parts.flatMap(({ roster = [] }) => roster),
    errors,
    faulty: parts.flatMap(({ faulty = [] }) => faulty),
    remarks: [
      ...parts.flatMap(({ remarks = [] }) => remarks),
      ...(rows + errors.length === 0 ? sheets.map(emptySheet) : []),
    ],
    rows,
  };
}

const emptySheet = ({ kind }: FoundSheet): FileRemark => ({
  sheet: SHEETS[kind].name,
  detail: '表头下面没有内容，什么也不会更改。要更改的，请逐行填写后重新上传',
});

function linesOfSheet(sheet: FoundSheet, directory: Directory): Array<Partial<Lines>> {
  const { kind, header } = sheet;
  const titles = Array.from(header.cells, (cell) => titleIn(cell?.text ?? ''));
  const { length } = sheet.rows;
  // Too many are not looked at one by one.
  const rows = (length > MOST_ROWS ? [] : sheet.rows).flatMap((row) => {
    if (isRule(row)) return [];
    const begun = begunAgainBy(row, sheet);
    return begun === 'repeated' ? [] : [{ ...row, isAnother: begun === 'another' }];
  });
  const another = rows.find(({ isAnother }) => isAnother)?.number ?? Number.POSITIVE_INFINITY;
  const errors = errorsOfHeader(sheet, titles, directory);
  if (errors.length > 0) return [{ errors, faulty: [{ kind, holder: '*' }], rows: length }];
  const columns = Object.entries(SHEETS[kind].columns).map(([key, title]) => [key, titles.indexOf(title)] as const);
  const unsaid = columns.flatMap(([key, at]) => (at < 0 ? [key] : []));
  const named = ({ cells }: TableRow): Cells =>
    Object.fromEntries(columns.flatMap(([key, at]) => (cells[at] ? [[key, bare(cells[at])]] : [])));
  return [
    { remarks: [...renamedIn(sheet, titles), ...keptBy(kind, unsaid), ...remarksOf(kind, titles, rows)] },
    ...rows.flatMap((row) => {
      const cells = named(row);
      if (Object.keys(cells).length === 0) return [];
      if (row.number >= another) return row.isAnother ? [anotherTable(kind, row.number)] : [];
      if (isNote(cells)) return [{ remarks: [noteBelow(kind, row.number, cells)] }];
      const line = withMobile({ kind, row: row.number, unsaid }, cells);
      return [{ ...lineOf(line.place, line.cells, directory), rows: 1 }];
    }),
  ];
}

/** A list with one column of numbers: a mobile in it takes SMS, and says nothing of another telephone. */
function withMobile(place: Omit<Line, 'holder'>, cells: Cells): { place: Omit<Line, 'holder'>; cells: Cells } {
  const { phone, ...others } = cells;
  if (place.kind === 'roster' || !phone || !place.unsaid.includes('sms') || mobileIn(phone.text) === undefined)
    return { place, cells };
  const unsaid = [...place.unsaid.filter((key) => key !== 'sms'), 'phone'];
  return { place: { ...place, unsaid }, cells: { ...others, sms: phone } };
}

/** The line under the header of a table in Markdown: `|---|:---:|`. */
const isRule = ({ cells }: TableRow): boolean => {
  const texts = cells.flatMap((cell) => cell?.text.trim() ?? []);
  return texts.length > 1 && texts.every((text) => /^:?-{3,}:?$/.test(text));
};

/** The words with which people close a list: 注：…, 制表人：…. */
const NOTE =
  /^(注|备注|附注|说明|制表|填表|填报|审核|审批|复核|值班电话|联系电话|监督电话)(人|单位|日期|时间)?\s*[:：]/u;

const isNote = (cells: Cells): boolean => Object.values(cells).every((cell) => cell && NOTE.test(cell.text));

const noteBelow = (kind: SheetKind, row: number, cells: Cells): FileRemark => ({
  sheet: SHEETS[kind].name,
  detail: `第 ${row} 行${quoted(Object.values(cells)[0]?.text ?? '')}是表下的说明，没有读入；如果是人员，请改写后重新上传`,
});

const bare = (cell: Cell): Cell => ({ ...cell, text: unguarded(cell.text) });

const anotherTable = (kind: SheetKind, row: number): Partial<Lines> => ({
  errors: [badCell(kind, row)('', '从这一行起是另一张表，请把它移到另一张工作表，然后重新上传')],
  faulty: [{ kind, holder: '*' }],
});

/** What stays as it is, because the list has no column for it. */
function keptBy(kind: SheetKind, unsaid: readonly string[]): FileRemark[] {
  const kept = KEPT[kind].filter((key) => unsaid.includes(key)).map((key) => quoted(titleOf(kind, key)));
  if (kept.length === 0) return [];
  const oneColumn = kind === 'contacts' && unsaid.includes('sms') && !unsaid.includes('phone');
  const stays =
    kind === 'contacts' ? '原有的人这几项照旧不变，新增的人这几项空着' : '同一人同一时间的班照旧，其余的班没有这一项';
  const sheet = SHEETS[kind].name;
  return [
    { sheet, detail: `文件里没有${kept.join('、')}这几列：${stays}，请核对` },
    ...(oneColumn ? [{ sheet, detail: '“电话”一列里的手机，作为“短信号码”读入，请核对' }] : []),
  ];
}

/** The columns that the list calls otherwise. */
function renamedIn({ kind, header }: FoundSheet, titles: readonly string[]): FileRemark[] {
  const renamed = Array.from(header.cells, (cell) => writtenTitle(cell?.text ?? '')).flatMap((written, i) =>
    written === titles[i] ? [] : [`${quoted(written)}作为${quoted(titles[i]!)}`],
  );
  return renamed.length === 0
    ? []
    : [{ sheet: SHEETS[kind].name, detail: `列名不同的，已把${renamed.join('、')}读入，请核对` }];
}

function remarksOf(kind: SheetKind, titles: readonly string[], rows: readonly TableRow[]): FileRemark[] {
  const ours: string[] = Object.values(SHEETS[kind].columns);
  const own = [...new Set(titles.filter((title) => title !== '' && !ours.includes(title)))];
  const hidden = rows.filter(({ isHidden }) => isHidden).map(({ number }) => number);
  const sheet = SHEETS[kind].name;
  return [
    ...(own.length > 0
      ? [{ sheet, detail: `没有读${own.map(quoted).join('、')}这几列，要读的请照表头的列名改名` }]
      : []),
    ...(hidden.length > 0
      ? [{ sheet, detail: `第 ${hidden.slice(0, 10).join('、')} 行在文件中是隐藏的，也读入了，请核对` }]
      : []),
  ];
}

/** The record of a row, or all its errors: one for a cell. */
function lineOf(place: Omit<Line, 'holder'>, cells: Cells, directory: Directory): Partial<Lines> {
  const { kind, row, unsaid } = place;
  const bad = badCell(kind, row);
  const faults = Object.entries(cells).flatMap(([key, cell]) => (cell?.fault ? [bad(key, faultOf(cell))] : []));
  const holder = holderNamed(cells, directory);
  if ('detail' in holder) {
    const told = faults.length > 0 ? faults : [bad('unit', holder.detail)];
    return { errors: told, faulty: [{ kind, holder: '*' }] };
  }
  const faulty = [{ kind, holder: holder.unitId }];
  if (faults.length > 0) return { errors: faults, faulty };
  const said = kind === 'contacts' ? contactOf(cells, !unsaid.includes('role')) : dutyOf(cells);
  if ('issues' in said) {
    const firsts = said.issues.filter(({ column }, i) => said.issues.findIndex((one) => one.column === column) === i);
    return { errors: firsts.map(({ column, detail }) => bad(column, detail)), faulty };
  }
  const line = { ...place, holder };
  return 'contact' in said ? { contacts: [{ ...line, ...said }] } : { roster: [{ ...line, ...said }] };
}

const FAULTS: Record<CellFault, (shown: string) => string> = {
  error: (shown) => `${quoted(shown)}是表格没有算出来的结果，请填写正确的内容，没有的留空`,
  uncalculated: () => '这一格是公式，文件里没有它的结果。请用 Excel 或 WPS 打开，保存一次后重新上传，或者把公式改为值',
  merged: () => '这一格与左边的格合并了，看不出是什么内容，请取消合并，逐格填写',
  long: (shown) => `${quoted(shown)}太长，一格最多 ${MOST_CHARACTERS} 个字，请删减`,
};

const faultOf = ({ fault, text }: Cell): string => FAULTS[fault!](text);

export const badCell =
  (kind: SheetKind, row: number) =>
  (column: string, detail: string): BadCell => ({
    sheet: SHEETS[kind].name,
    row,
    column: titleOf(kind, column),
    detail,
  });

function errorsOfHeader(found: FoundSheet, header: readonly string[], { holders }: Directory): BadCell[] {
  const { kind } = found;
  const { length: rows } = found.rows;
  const { name: sheet, columns } = SHEETS[kind];
  const titles: string[] = Object.values(columns);
  const error = (column: string, detail: string): BadCell => ({ sheet, row: found.header.number, column, detail });
  const missing = NEEDED[kind]
    .map(({ of, example }) => ({ titles: of.map((key) => titleOf(kind, key)), example }))
    .filter((group) => !group.titles.some((title) => header.includes(title)))
    // A unit's own list is about that unit alone.
    .filter((group) => holders.length > 1 || !group.titles.includes(columns.unit));
  return [
    ...missing.map((group) =>
      error(group.titles[0]!, `缺少${group.titles.map(quoted).join('或')}这一列，请补上，例如 ${group.example}`),
    ),
    ...(missing.length === 0 ? [] : header)
      .filter((title) => title !== '' && !titles.includes(title))
      .map((title) =>
        error(title, `不认得${quoted(title)}这一列，如果它就是缺少的那一列，请改名。列名有${titles.join('、')}`),
      ),
    ...header
      .filter((title, i) => titles.includes(title) && header.indexOf(title) !== i)
      .map((title) => error(title, `${quoted(title)}这一列重复，请只留一个`)),
    ...(rows > MOST_ROWS ? [error('', `共有 ${rows} 行，一次最多 ${MOST_ROWS} 行，请分几次导入`)] : []),
  ];
}

function holderNamed(cells: Cells, { holders, district }: Directory): Holder | { detail: string } {
  const unitId = compact(cells.unitId?.text ?? '').toLowerCase();
  const unit = cells.unit?.text ?? '';
  if (!unitId && !unit && holders.length === 1) return holders[0]!;
  if (!unitId && !unit) return { detail: '请填写单位编号或单位，例如 education 或 区教育局' };
  const named = unit ? unitsMeant(holders, unit, district) : [];
  if (!unitId && named.length > 1)
    return { detail: `${quoted(unit)}可能是${named.map(({ name }) => name).join('或')}，请写全称或填写单位编号` };
  const holder = unitId ? holders.find((one) => one.unitId === unitId) : named[0];
  if (!holder)
    return { detail: `名录中没有${quoted(unitId || unit)}，或者不是本单位，请照从本系统下载的文件填写单位编号和单位` };
  return unitId && unit && !named.includes(holder)
    ? { detail: `单位编号${quoted(unitId)}是${holder.name}，不是${quoted(unit)}，请核对` }
    : holder;
}
