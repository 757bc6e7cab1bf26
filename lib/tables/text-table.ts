/** The table in a text, with whatever separator it was saved. */
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { quoted } from '../quoted.js';
import { type Cell, cellWith, MOST_COLUMNS, type Table, type TableRow, UnreadableTable } from './table.js';

const SEPARATORS = [',', '\t', ';', '，', '；', '|', '｜'];
/** The separator that suits these lines shows itself in them. */
const LINES_TO_LOOK_AT = 10;
/** Between two of these, a few milliseconds each, other requests are served. */
const PIECE = 16_384;

/**
 * `titles`: the columns that a header may have. The separator is the one that finds most of them.
 * @throws UnreadableTable
 */
export async function tableInText(text: string, titles: (cells: readonly string[]) => number): Promise<Table> {
  const [, said, body = text] = /^sep=(.)\r?\n([\s\S]*)$/i.exec(text) ?? [];
  const lines = body.split(/\r\n|\n|\r/, LINES_TO_LOOK_AT);
  const found = (separator: string) => Math.max(...lines.map((line) => titles(line.split(separator, MOST_COLUMNS))));
  const separator = said ?? SEPARATORS.toSorted((one, other) => found(other) - found(one))[0]!;
  const skipped = body.length < text.length ? 1 : 0;
  const rows: TableRow[] = [];
  let number = skipped;
  try {
    for await (const record of recordsIn(body, separator)) {
      number += 1;
      const cells = cellsOf(record);
      if (cells.length > 0) rows.push({ number, cells });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableTable(brokenAt(body));
  }
  return { name: '', isHidden: false, rows };
}

function cellsOf(record: readonly string[]): Cell[] {
  const cells: Cell[] = [];
  for (const [column, text] of record.slice(0, MOST_COLUMNS).entries())
    if (text.trim() !== '') cells[column] = cellWith(text);
  return cells;
}

const recordsIn = (text: string, delimiter: string): AsyncIterable<string[]> =>
  Readable.from(piecesOf(text)).pipe(
    parse({
      delimiter,
      relax_column_count: true,
      // A quotation mark within a word is one: 6"班.
      relax_quotes: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
    }),
  );

/** Cut between two characters, because each piece is read as bytes. */
async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, at + PIECE);
    const isCut = /[\ud800-\udbff]/.test(text[end - 1]!) && end < text.length;
    yield text.slice(at, isCut ? end + 1 : end);
    at = isCut ? end + 1 : end;
    await setImmediate();
  }
}

/** A field that begins with a quotation mark ends with one. The first line where they are odd has the fault. */
function brokenAt(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const at = lines.findIndex((line) => (line.match(/"/g) ?? []).length % 2 === 1);
  const line = lines[Math.max(at, 0)] ?? '';
  return `第 ${Math.max(at, 0) + 1} 行 ${quoted(line)} 有一个英文引号没有配对，请删去或补上，例如 "白班"，然后重新上传。`;
}
