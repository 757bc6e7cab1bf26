/** CSV as spreadsheets in Chinese offices read it: UTF-8 with a mark. */
import { stringify } from 'csv-stringify/sync';
import { guarded } from './sheets.js';

/** With the mark, Excel reads the file as UTF-8. */
export const csvOf = (rows: readonly string[][]): Buffer =>
  Buffer.from(
    stringify(
      rows.map((row) => row.map(guarded)),
      { bom: true, record_delimiter: 'windows' },
    ),
  );
