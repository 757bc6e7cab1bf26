/** CSV as spreadsheets in Chinese offices write and read it: UTF-8 with a mark, or GBK. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { Problem } from '../http/problems.js';
import { guarded, unguarded } from './sheets.js';

/** With the mark, Excel reads the file as UTF-8. */
export const csvOf = (rows: readonly string[][]): Buffer =>
  Buffer.from(
    stringify(
      rows.map((row) => row.map(guarded)),
      { bom: true, record_delimiter: 'windows' },
    ),
  );

/** @throws Problem when it cannot be read */
export function rowsInCsv(bytes: Buffer): string[][] {
  try {
    const rows: string[][] = parse(textIn(bytes), {
      relax_column_count: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    return rows.map((row) => row.map(unguarded));
  } catch {
    throw new Problem(
      'file-unreadable',
      '读不懂这个 CSV 文件，请检查引号和编码，或者另存为“CSV UTF-8”或 xlsx 后重新上传。',
    );
  }
}

/** Reads UTF-8, with or without its mark. Other bytes are taken for GBK, as Chinese Excel saves “CSV”. */
function textIn(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  }
}
