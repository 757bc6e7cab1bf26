/** The tables of a workbook (xlsx). Pictures and all else that is no table stay packed. */
import type { Archive } from '../zip.js';
import { type NumberFormat, numberFormatOf } from './number-formats.js';
import { type Table, UnreadableTable } from './table.js';
import { placeOf, unescaped, type Workbook, withMerged, worksheetReader } from './worksheet.js';
import { readXml, type XmlReader } from './xml.js';

const MOST_UNPACKED_MIB = 5;

/** @throws UnreadableTable when it is too large or damaged */
export async function tablesInWorkbook(archive: Archive): Promise<Table[]> {
  const parts = partsOf(archive);
  const folder = 'xl';
  const relations = await parts.relations(`${folder}/_rels/workbook.xml.rels`);
  const { sheets, is1904 } = await sheetList(parts);
  const workbook = { is1904, strings: await stringsOf(parts), formats: await formatsOf(parts) };
  const tables: Table[] = [];
  for (const { name, isHidden, id } of sheets) {
    const path = pathOf(folder, relations.get(id) ?? '');
    if (/worksheets\//i.test(path)) tables.push({ name, isHidden, rows: await rowsOf(parts, path, workbook) });
  }
  return tables;
}

interface Parts {
  /** Reads a part, if there is one. */
  read(path: string, reader: XmlReader): Promise<void>;
  /** The targets of a part's relations, by id. */
  relations(path: string): Promise<Map<string, string>>;
}

/** The parts of an archive, of which no more is unpacked than is allowed for all of them together. */
function partsOf(archive: Archive): Parts {
  let left = MOST_UNPACKED_MIB * 1_048_576;
  async function* unpacked(path: string): AsyncGenerator<Uint8Array> {
    for await (const chunk of archive.open(path)) {
      left -= chunk.length;
      if (left < 0)
        throw new UnreadableTable(
          `表格的内容超过 ${MOST_UNPACKED_MIB} MiB（图片不计），请删去用不到的工作表和空行，或者分成几个文件后重新上传。`,
        );
      yield chunk;
    }
  }
  const read = async (path: string, reader: XmlReader) => {
    if (archive.has(path)) await readXml(unpacked(path), reader);
  };
  return {
    read,
    async relations(path) {
      const targets = new Map<string, string>();
      const relation = ({ Id = '', Target = '' }: Record<string, string>) => void targets.set(Id, Target);
      await read(path, { starts: { Relationship: relation } });
      return targets;
    },
  };
}

/** A target is relative to the folder of its part, or absolute. */
const pathOf = (folder: string, target: string): string =>
  target.startsWith('/') ? target.slice(1) : `${folder}/${target}`.replace(/[^/]+\/\.\.\//g, '');

async function sheetList(parts: Parts) {
  const sheets: Array<{ name: string; isHidden: boolean; id: string }> = [];
  let is1904 = false;
  await parts.read('xl/workbook.xml', {
    starts: {
      workbookPr: ({ date1904 }) => {
        is1904 = date1904 === '1' || date1904 === 'true';
      },
      sheet: ({ name = '', state = 'visible', id = '' }) =>
        void sheets.push({ name, isHidden: state !== 'visible', id }),
    },
  });
  return { sheets, is1904 };
}

async function stringsOf(parts: Parts): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  await parts.read('xl/sharedStrings.xml', {
    skipped: ['rPh'],
    starts: {
      si: () => {
        text = '';
      },
    },
    ends: {
      t: (part) => {
        text += part;
      },
      si: () => void strings.push(unescaped(text)),
    },
  });
  return strings;
}

async function formatsOf(parts: Parts): Promise<NumberFormat[]> {
  const codes = new Map<string, string>();
  const ids: string[] = [];
  let isOfCells = false;
  await parts.read('xl/styles.xml', {
    starts: {
      numFmt: ({ numFmtId = '', formatCode = '' }) => void codes.set(numFmtId, formatCode),
      cellXfs: () => {
        isOfCells = true;
      },
      xf: ({ numFmtId = '0' }) => void (isOfCells && ids.push(numFmtId)),
    },
    ends: {
      cellXfs: () => {
        isOfCells = false;
      },
    },
  });
  return ids.map((id) => numberFormatOf(Number(id), codes.get(id)));
}

async function rowsOf(parts: Parts, path: string, workbook: Workbook): Promise<Table['rows']> {
  const { reader, content } = worksheetReader(workbook);
  await parts.read(path, reader);
  const rows = withMerged(content);
  if (content.links.size === 0) return rows;
  const targets = await parts.relations(path.replace(/([^/]+)$/, '_rels/$1.rels'));
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  for (const [name, id] of content.links) {
    const { row, column } = placeOf(name);
    const cell = byNumber.get(row)?.cells[column];
    const link = targets.get(id);
    if (cell && link !== undefined) cell.link = link;
  }
  return rows;
}
