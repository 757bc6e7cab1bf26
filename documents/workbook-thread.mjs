// Writes sheets as a workbook, in a thread. JavaScript as it is: threads load neither TypeScript nor what jest makes of it.
import writeXlsxFile from 'write-excel-file/node';
import { printable, unmarked } from './office-file.mjs';

const HEAD = { fontWeight: 'bold', backgroundColor: '#e8edf2', wrap: true, alignVertical: 'center' };

/** `{date, sheets}` → the bytes of an XLSX, the same for the same sheets. Heads stay in view, and columns have filters. */
export async function workbook({ date, sheets }) {
  const made = await writeXlsxFile(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      data: [
        columns.map(({ head }) => ({ value: head, type: String, ...HEAD })),
        ...rows.map((row) => row.map((value, i) => cellOf(value, columns[i]))),
      ],
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
    })),
    { features: [filters(sheets)] },
  ).toBuffer();
  return unmarked(made, date);
}

const alignVertical = 'center';

function cellOf(value, { width, isRaw }) {
  if (value === undefined) return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm:ss', alignVertical };
  if (value.day) return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd', alignVertical };
  if (typeof value === 'number') return { value, type: Number, alignVertical };
  const wrap = !isRaw && (value.includes('\n') || value.length > width || isWider(value, width));
  return { value: printable(value).slice(0, MOST_CHARACTERS), type: String, wrap, alignVertical };
}

/** A Chinese character is as wide as two letters. */
const isWider = (text, width) => text.length > width / 2 && text.length + (text.match(WIDE)?.length ?? 0) > width;
const WIDE = /[\u0300-\uffff]/g;

/** A cell takes no more (ECMA-376 §18.4.12). */
const MOST_CHARACTERS = 32_767;

const filters = (sheets) => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        insert: (_content, { sheetIndex }) => {
          const { columns, rows } = sheets[sheetIndex];
          return `<autoFilter ref="A1:${columnName(columns.length)}${rows.length + 1}"/>`;
        },
      },
    },
  },
});

/** 1 → `A`, 27 → `AA`. */
const columnName = (number) =>
  number === 0 ? '' : columnName(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26));
