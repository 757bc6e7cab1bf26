// Writes sheets as a workbook, in a thread. JavaScript as it is: threads load neither TypeScript nor what jest makes of it.
import writeXlsxFile from 'write-excel-file/node';
import {
  findElement,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  replaceElement,
} from 'write-excel-file/utility';
import { printable, unmarked } from './office-file.mjs';

const HEAD = { fontWeight: 'bold', backgroundColor: '#e8edf2', wrap: true, alignVertical: 'center' };

/**
 * `{date, sheets}` → the bytes of an XLSX, the same for the same sheets. Heads stay in view, and columns have filters. On paper a
 * sheet is as wide as a page, and each page has the heads.
 */
export async function workbook({ date, sheets }) {
  const made = await writeXlsxFile(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      data: [
        columns.map(({ head }) => ({ value: head, type: String, ...HEAD })),
        ...rows.map((row) => rowOf(row, columns)),
      ],
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape',
    })),
    { features: [filtersAndPaper(sheets)] },
  ).toBuffer();
  return unmarked(made, date);
}

/** Not every program makes a row as high as its text by itself. In points, the most that a row can have. */
const LINE_HEIGHT = 16;
const MOST_HIGH = 400;

function rowOf(row, columns) {
  const cells = row.map((value, i) => cellOf(value, columns[i]));
  const lines = Math.max(1, ...row.map((value, i) => (cells[i]?.wrap ? linesOf(value, columns[i].width) : 1)));
  const first = cells.findIndex((cell) => cell !== null);
  if (lines > 1) cells[first] = { ...cells[first], height: Math.min(MOST_HIGH, lines * LINE_HEIGHT) };
  return cells;
}

const linesOf = (text, width) =>
  text
    .split('\n')
    .reduce((sum, part) => sum + Math.max(1, Math.ceil(widthOf(part.slice(0, MOST_CHARACTERS)) / width)), 0);

const alignVertical = 'center';

function cellOf(value, { width, isRaw }) {
  if (value === undefined) return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm:ss', alignVertical };
  if (value.day) return { value: new Date(`${value.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd', alignVertical };
  if (typeof value === 'number') return { value, type: Number, alignVertical };
  const wrap = !isRaw && (value.includes('\n') || value.length > width || widthOf(value) > width);
  return { value: printable(value).slice(0, MOST_CHARACTERS), type: String, wrap, alignVertical };
}

/** A Chinese character is as wide as two letters. */
const widthOf = (text) => text.length + (text.match(WIDE)?.length ?? 0);
const WIDE = /[\u0300-\uffff]/g;

/** A cell takes no more (ECMA-376 §18.4.12). */
const MOST_CHARACTERS = 32_767;

/** What the sheets have beyond their cells. The order of elements matters to Excel. */
const filtersAndPaper = (sheets) => ({
  files: {
    transform: {
      [SHEET]: {
        transform: (xml, _options, { sheetIndex }) => {
          const { columns, rows } = sheets[sheetIndex];
          const filter = `<autoFilter ref="A1:${columnName(columns.length)}${rows.length + 1}"/>`;
          return withElement(withElement(xml, filter), '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
        },
        transformElementAttributes: (tag, attributes) =>
          tag === 'pageSetup' ? { ...attributes, paperSize: A4, fitToWidth: 1, fitToHeight: 0 } : attributes,
      },
      'xl/workbook.xml': {
        transform: (xml) =>
          replaceElement(
            xml,
            findElement(xml, 'definedNames'),
            `<definedNames>${sheets.map(titles).join('')}</definedNames>`,
          ),
      },
    },
  },
});

const A4 = 9;
const SHEET = 'xl/worksheets/sheet{id}.xml';

const withElement = (xml, element) =>
  insertElementMarkupAccordingToOrderOfSiblings(xml, element, getOrderOfSiblings(SHEET, 'worksheet'), 'worksheet');

/** The first row, on each page. Names of sheets are the program's own: none has an apostrophe. */
const titles = ({ name }, i) =>
  `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${name}'!$1:$1</definedName>`;

/** 1 → `A`, 27 → `AA`. */
const columnName = (number) =>
  number === 0 ? '' : columnName(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26));
