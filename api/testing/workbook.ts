/** Workbooks made by hand, cell by cell, for what no writer of workbooks makes. For tests alone. */
import { type ZipEntry, zip } from './zip.js';

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Parts of a workbook beside its one sheet, or in place of it. */
type Parts = Record<string, string>;

interface Around {
  /** The XML that follows `sheetData`. */
  after?: string;
  sheet?: string;
  parts?: Parts;
  /** Packs the parts. */
  pack?: (files: readonly ZipEntry[]) => Buffer;
}

/** `rows`: the XML within `sheetData`. */
export const workbook = (rows: string, { after = '', sheet = '值班表', parts = {}, pack = zip }: Around = {}): Buffer =>
  pack(
    filesIn({
      'xl/workbook.xml': `<workbook xmlns:r="${REL}"><sheets><sheet name="${sheet}" sheetId="1" r:id="r1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': `<worksheet xmlns:r="${REL}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
      ...parts,
    }),
  );

const filesIn = (texts: Parts): ZipEntry[] => Object.entries(texts).map(([name, content]) => ({ name, content }));

/** An archive of files as they are. */
export const stored = (files: Parts): Buffer => zip(filesIn(files));

const letterOf = (column: number): string => String.fromCharCode(65 + column);

/** Rows of text cells from row `from` on; a cell that begins with `<` is XML as it is, with @ for its name. */
export const textRows = (rows: ReadonlyArray<readonly string[]>, from = 1): string =>
  rows
    .map((cells, i) => {
      const written = cells.map((cell, column) => {
        const name = `${letterOf(column)}${from + i}`;
        if (cell.startsWith('<')) return cell.replace('@', name);
        return cell === '' ? '' : `<c r="${name}" t="inlineStr"><is><t>${cell}</t></is></c>`;
      });
      return `<row r="${from + i}">${written.join('')}</row>`;
    })
    .join('');
