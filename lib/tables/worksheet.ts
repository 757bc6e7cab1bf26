/** The cells of one sheet of a workbook, from its XML (ECMA-376, 18.3). */
import type { Tag } from 'sax';
import { type NumberFormat, numberText } from './number-formats.js';
import { type Cell, cellWith, MOST_COLUMNS, type TableRow, UnreadableTable } from './table.js';
import type { XmlReader } from './xml.js';

export interface Workbook {
  strings: readonly string[];
  /** By the number of a cell's style. */
  formats: readonly NumberFormat[];
  is1904: boolean;
}

export interface SheetContent {
  rows: TableRow[];
  /** Areas such as A1:C1. */
  merged: string[];
  /** The id of a relation by the cell that links. */
  links: Map<string, string>;
}

/** Each is looked for among all rows. */
const MOST_MERGED = 10_000;

interface OpenCell {
  column: number;
  type: string;
  style: number;
  value?: string;
  hasFormula: boolean;
  inline: string;
}

/** Takes the elements of a sheet as they come. */
export function worksheetReader(workbook: Workbook): { reader: XmlReader; content: SheetContent } {
  const content: SheetContent = { rows: [], merged: [], links: new Map() };
  let row: TableRow = { number: 0, cells: [] };
  let nextColumn = 0;
  let cell: OpenCell | undefined;

  const starts: Record<string, (attributes: Tag['attributes']) => void> = {
    row({ r, hidden }) {
      row = { number: r === undefined ? row.number + 1 : Number(r), cells: [] };
      if (hidden === '1' || hidden === 'true') row.isHidden = true;
      nextColumn = 0;
    },
    c({ r, t = 'n', s = '0' }) {
      const column = r === undefined ? nextColumn : placeOf(r).column;
      nextColumn = column + 1;
      cell = { column, type: t, style: Number(s), hasFormula: false, inline: '' };
    },
    f() {
      if (cell) cell.hasFormula = true;
    },
    mergeCell({ ref = '' }) {
      content.merged.push(ref);
    },
    hyperlink({ ref = '', id }) {
      if (id !== undefined) content.links.set(ref.split(':')[0]!, id);
    },
  };
  const ends: Record<string, (text: string) => void> = {
    v(text) {
      if (cell) cell.value = text;
    },
    t(text) {
      if (cell) cell.inline += text;
    },
    c() {
      const read = cell && cellOf(cell, workbook);
      if (cell && read && cell.column < MOST_COLUMNS) row.cells[cell.column] = read;
      cell = undefined;
    },
    row() {
      if (row.cells.length > 0) content.rows.push(row);
    },
  };
  return { reader: { starts, ends, skipped: ['rPh'] }, content };
}

function cellOf({ type, style, value, hasFormula, inline }: OpenCell, workbook: Workbook): Cell | undefined {
  if (type === 'e') return { text: value ?? '#N/A', fault: 'error' };
  if (hasFormula && type !== 'str' && (value ?? '') === '') return { text: '', fault: 'uncalculated' };
  const text = type === 'inlineStr' ? unescaped(inline) : textOf(type, value ?? '', style, workbook);
  return text === '' ? undefined : cellWith(text);
}

function textOf(type: string, value: string, style: number, { strings, formats, is1904 }: Workbook): string {
  if (value === '') return '';
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace(/T00:00:00(\.0+)?Z?$/, '').replace(/T(\d\d:\d\d).*$/, ' $1');
  if (type !== 'n') return unescaped(value);
  const number = Number(value);
  return Number.isNaN(number) ? value : numberText(number, formats[style], is1904);
}

/** Characters that XML cannot hold are written by their number: _x000D_ (ECMA-376, 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** B3 is the third row's second cell, counted from 0. */
export function placeOf(name: string): { row: number; column: number } {
  const [, letters = 'A', digits = '1'] = /^\$?([A-Z]+)\$?(\d+)$/i.exec(name) ?? [];
  const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(digits), column };
}

/**
 * A merged area says in each of its rows what stands in its first cell: one unit beside five people. Across columns it
 * says nothing of the columns behind the first.
 * @throws UnreadableTable
 */
export function withMerged({ rows, merged }: SheetContent): TableRow[] {
  if (merged.length === 0) return rows;
  if (merged.length > MOST_MERGED)
    throw new UnreadableTable(`合并的格超过 ${MOST_MERGED} 处，请取消合并，逐格填写，然后重新上传。`);
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  for (const area of merged) {
    const [from = '', until = from] = area.split(':');
    const first = placeOf(from);
    const last = placeOf(until);
    const shown = byNumber.get(first.row)?.cells[first.column];
    if (!shown) continue;
    for (const row of rows) {
      if (row.number < first.row || row.number > last.row) continue;
      row.cells[first.column] ??= shown;
      for (let column = first.column + 1; column <= Math.min(last.column, MOST_COLUMNS); column += 1)
        row.cells[column] ??= { text: '', fault: 'merged' };
    }
  }
  return rows;
}
