/** Workbooks made by hand, cell by cell, for what no writer of workbooks makes. For tests alone. */
import { crc32 } from 'node:zlib';

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Parts of a workbook beside its one sheet, or in place of it. */
type Parts = Record<string, string>;

/** `rows`: the XML within `sheetData`; `after`: what follows it. */
export const workbook = (
  rows: string,
  { after = '', sheet = '值班表', parts = {} }: { after?: string; sheet?: string; parts?: Parts } = {},
): Buffer =>
  stored({
    'xl/workbook.xml': `<workbook xmlns:r="${REL}"><sheets><sheet name="${sheet}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns:r="${REL}"><sheetData>${rows}</sheetData>${after}</worksheet>`,
    ...parts,
  });

/** An archive of files as they are, not compressed. */
export function stored(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).map(([path, text]) => {
    const content = Buffer.from(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(path), content]);
    const entry = (at: number) => {
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(at, 10);
      return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, rest, Buffer.from(path)]);
    };
    return { local, entry };
  });
  const entries: Buffer[] = [];
  let at = 0;
  for (const { local, entry } of parts) {
    entries.push(entry(at));
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts.map(({ local }) => local), directory, Buffer.from('PK\x05\x06'), end]);
}

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
