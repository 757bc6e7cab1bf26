/** The table in a text, in whatever encoding and with whatever separator it was saved. */
import { CsvError, parse } from 'csv-parse/sync';
import { NOT_WRITTEN } from '../control-characters.js';
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

const MARKS: ReadonlyArray<readonly [mark: string, encoding: string]> = [
  ['efbbbf', 'utf-8'],
  ['84319533', 'gb18030'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
];

/** The text of a file: by its mark, else as UTF-8, UTF-16, or GB 18030, as a Chinese Excel saves “CSV”. */
export function textIn(bytes: Buffer): string | undefined {
  const marked = MARKS.find(([mark]) => bytes.subarray(0, mark.length / 2).toString('hex') === mark)?.[1];
  for (const encoding of marked ? [marked] : [...wideIn(bytes), 'utf-8', 'gb18030']) {
    const text = decoded(bytes, encoding);
    if (text !== undefined && !NOT_WRITTEN.test(text)) return text.replace(/^\uFEFF/, '');
  }
  return undefined;
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** In UTF-16 the line breaks, digits and commas have a zero byte each, all on the same side. */
function wideIn(bytes: Buffer): string[] {
  const beginning = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [i, byte] of beginning.entries()) if (byte === 0) zeros[i % 2]! += 1;
  if (zeros[0]! + zeros[1]! === 0) return [];
  return [zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be'];
}
