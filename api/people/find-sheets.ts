/** Finds our two tables in a file: by their headers, wherever these stand in the first rows of any sheet. */
import { compact } from '../../lib/normal/text.js';
import { quoted } from '../../lib/quoted.js';
import { tablesIn } from '../../lib/tables/read-tables.js';
import { type Table, type TableRow, UnreadableTable } from '../../lib/tables/table.js';
import { Problem } from '../http/problems.js';
import { inTurn } from './in-turn.js';
import { KINDS, SHEETS, type SheetKind, TITLES_ALSO } from './sheets.js';

/** A table of ours as it stands in a file. */
export interface FoundSheet {
  kind: SheetKind;
  header: TableRow;
  /** Below the header. */
  rows: TableRow[];
}

const ROWS_WITH_HEADER = 10;
const LEAST_TITLES = 3;
/** Where no row has so many, one with two is the header, whose other columns are then asked for. */
const LEAST_AT_ALL = 2;
/** A longer cell is no title. */
const LONGEST_TITLE = 100;

/** A title as it is compared: 单　位, 姓名*, 日期（年月日）; 手机 is 短信号码. */
export const titleIn = (cell: string): string => {
  const title = writtenTitle(cell);
  return TITLES_ALSO[title.toLowerCase()] ?? title;
};

/** The same in the words of the file. */
export const writtenTitle = (cell: string): string =>
  cell.length > LONGEST_TITLE ? '' : compact(cell).replace(/[(（【[].*[)）】\]]$|[*:：]+$/gu, '');

type Titles = ReadonlySet<string>;

const titlesOf = ({ cells }: TableRow): Titles => new Set(Array.from(cells, (cell) => titleIn(cell?.text ?? '')));

const sharedWith = (kind: SheetKind, titles: Titles): number =>
  Object.values(SHEETS[kind].columns).filter((title) => titles.has(title)).length;

function mostShared(cells: readonly string[]): number {
  const titles = new Set(cells.map(titleIn));
  return Math.max(...KINDS.map((kind) => sharedWith(kind, titles)));
}

/** The kind of the table that begins with these titles. */
function kindBegunBy(titles: Titles, least = LEAST_TITLES): SheetKind | undefined {
  const [first, second] = KINDS.map((kind) => ({ kind, shared: sharedWith(kind, titles) })).toSorted(
    (a, b) => b.shared - a.shared,
  );
  if (first!.shared < least) return undefined;
  if (first!.shared > second!.shared) return first!.kind;
  // A list of days that has telephones beside the names is a roster.
  return titles.has(SHEETS.roster.columns.date) ? 'roster' : undefined;
}

/** @throws Problem when the file is no table, has none of ours, or has one twice */
export async function sheetsIn(bytes: Buffer): Promise<FoundSheet[]> {
  try {
    return await inTurn(async () => oursAmong(await tablesIn(bytes, mostShared)));
  } catch (error) {
    if (error instanceof UnreadableTable)
      throw new Problem(error.isTooLarge ? 'body-too-large' : 'file-unreadable', error.message);
    throw error;
  }
}

function oursAmong(tables: readonly Table[]): FoundSheet[] {
  const found = tables.flatMap((table) => foundIn(table).map((sheet) => ({ ...sheet, table })));
  const shown = found.filter(({ table }) => !table.isHidden);
  if (shown.length === 0) throw new UnreadableTable(noneOfOurs(found.map(({ table }) => table.name)));
  const twice = shown.filter(({ kind }, i) => shown.findIndex((other) => other.kind === kind) !== i);
  for (const { kind } of twice) {
    const names = shown.filter((one) => one.kind === kind).map(({ table }) => quoted(table.name));
    throw new UnreadableTable(
      `工作表${names.join('、')}都是“${SHEETS[kind].name}”，不知道用哪一张。请只留一张，或者隐藏其余的，然后重新上传。`,
    );
  }
  return shown.map(({ kind, header, rows }) => ({ kind, header, rows }));
}

function foundIn(table: Table): FoundSheet[] {
  const found = beginningIn(table, LEAST_TITLES) ?? beginningIn(table, LEAST_AT_ALL);
  return found ? [found] : [];
}

function beginningIn({ rows }: Table, least: number): FoundSheet | undefined {
  for (const [at, row] of rows.slice(0, ROWS_WITH_HEADER).entries()) {
    const both = inTwoRows(row, rows[at + 1]);
    const header = both ?? row;
    const kind = kindBegunBy(titlesOf(header), least);
    if (kind) return { kind, header, rows: rows.slice(at + (both ? 2 : 1)) };
  }
  return undefined;
}

const TITLES: ReadonlySet<string> = new Set(KINDS.flatMap((kind) => Object.values(SHEETS[kind].columns)));

/** A header of two rows as one: 联系方式 over 手机 and 邮箱. The lower says more of a column, and nothing else. */
function inTwoRows(upper: TableRow, lower: TableRow | undefined): TableRow | undefined {
  const below = Array.from(lower?.cells ?? [], (cell) => titleIn(cell?.text ?? ''));
  if (!below.some(Boolean) || below.some((title) => title !== '' && !TITLES.has(title))) return undefined;
  const above = Array.from(upper.cells, (cell) => titleIn(cell?.text ?? ''));
  // A title over the whole list is no part of its header; a header over another begins a table of its own.
  if (!above.some((title) => TITLES.has(title))) return undefined;
  // 联系方式 over several columns is the heading of all of them.
  const isOverSeveral = (i: number) => !above[i + 1] && Boolean(below[i + 1]);
  const differs = (title: string, i: number) => title !== '' && TITLES.has(above[i] ?? '') && above[i] !== title;
  if (below.some((title, i) => differs(title, i) && !isOverSeveral(i))) return undefined;
  const cells = [...upper.cells];
  for (const [i, title] of below.entries()) if (title !== '') cells[i] = lower!.cells[i]!;
  return { ...upper, cells };
}

const noneOfOurs = (hidden: readonly string[]): string =>
  hidden.length > 0
    ? `名单在隐藏的工作表${hidden.map(quoted).join('、')}里。请取消隐藏，核对后重新上传。`
    : `前 ${ROWS_WITH_HEADER} 行里没有“${SHEETS.contacts.name}”或“${SHEETS.roster.name}”的表头，例如：${Object.values(SHEETS.roster.columns).join('、')}。请下载现有文件，在其中修改后上传。`;

/** Whether a row begins another table, and whether it only repeats the header for printing. */
export function begunAgainBy(row: TableRow, { kind, header }: FoundSheet): 'repeated' | 'another' | undefined {
  const titles = titlesOf(row);
  if (kindBegunBy(titles) === undefined) return undefined;
  return sharedWith(kind, titles) === sharedWith(kind, titlesOf(header)) ? 'repeated' : 'another';
}
