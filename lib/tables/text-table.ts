/** The table in a text, with whatever separator it was saved. */
import { CsvError, parse } from 'csv-parse/sync';
import { quoted } from '../quoted.js';
import { type Cell, cellWith, MOST_COLUMNS, type Table, UnreadableTable } from './table.js';

const SEPARATORS = [',', '\t', ';', '，', '；', '|', '｜'];
/** The separator that suits these lines shows itself in them. */
const LINES_TO_LOOK_AT = 10;

/**
 * `titles`: the columns that a header may have. The separator is the one that finds most of them.
 * @throws UnreadableTable
 */
export function tableInText(text: string, titles: (cells: readonly string[]) => number): Table {
  const [, said, body = text] = /^sep=(.)\r?\n([\s\S]*)$/i.exec(text) ?? [];
  const lines = body.split(/\r\n|\n|\r/, LINES_TO_LOOK_AT);
  const found = (separator: string) => Math.max(...lines.map((line) => titles(line.split(separator, MOST_COLUMNS))));
  const separator = said ?? SEPARATORS.toSorted((one, other) => found(other) - found(one))[0]!;
  const skipped = body.length < text.length ? 1 : 0;
  const rows = recordsIn(body, separator).flatMap((record, i) => {
    const cells: Cell[] = [];
    for (const [column, text] of record.slice(0, MOST_COLUMNS).entries())
      if (text.trim() !== '') cells[column] = cellWith(text);
    return cells.length === 0 ? [] : [{ number: i + 1 + skipped, cells }];
  });
  return { name: '', isHidden: false, rows };
}

function recordsIn(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      // A quotation mark within a word is one: 6"班.
      relax_quotes: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableTable(brokenAt(text));
  }
}

/** A field that begins with a quotation mark ends with one. The first line where they are odd has the fault. */
function brokenAt(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const at = lines.findIndex((line) => (line.match(/"/g) ?? []).length % 2 === 1);
  const line = lines[Math.max(at, 0)] ?? '';
  return `第 ${Math.max(at, 0) + 1} 行 ${quoted(line)} 有一个英文引号没有配对，请删去或补上，例如 "白班"，然后重新上传。`;
}
