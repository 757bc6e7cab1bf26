import { createRequire } from 'node:module';
import { isDate } from 'node:util/types';
import type { Sheet as ReadSheet } from 'read-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { Problem } from '../http/problems.js';
import { beside } from './in-worker-thread.js';
import { guarded, SHEETS, type Sheet, unguarded } from './sheets.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const { resolve } = createRequire(import.meta.url);

/** A workbook with a sheet for each; every cell is text, dates too, so that it comes back as it was. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const written = sheets.map(({ kind, rows }) => ({
    sheet: SHEETS[kind].name,
    data: rows.map((row) => row.map(guarded)) satisfies SheetData,
    stickyRowsCount: 1,
  }));
  const library = resolve('write-excel-file/node');
  return Buffer.from(await beside<Uint8Array>(WRITE, { library, sheets: written }));
}

const WRITE = `
  require(given.library).default(given.sheets).toBuffer().then(answer);`;

export interface Worksheet {
  name: string;
  rows: string[][];
}

const MOST_UNPACKED = 64 * 1_048_576;

/** @throws Problem when it cannot be read, or would unpack to too much */
export async function sheetsInXlsx(bytes: Buffer): Promise<Worksheet[]> {
  const read = unpackedSize(bytes) > MOST_UNPACKED ? [] : await sheetsRead(bytes);
  if (read.length > 0)
    return read.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
  throw new Problem(
    'file-unreadable',
    '读不懂这个 Excel 文件，请另存为 xlsx（不加密、不含大量空行）或者“CSV UTF-8”后重新上传。',
  );
}

const sheetsRead = (bytes: Buffer): Promise<ReadSheet[]> =>
  beside<ReadSheet[]>(READ, { library: resolve('read-excel-file/node'), bytes }).catch(() => []);

const READ = `
  require(given.library).default(Buffer.from(given.bytes)).then(answer);`;

const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');
const DIRECTORY_ENTRY = 0x02014b50;

/** What the directory of the archive says its files come to; too much, if there is none. */
function unpackedSize(bytes: Buffer): number {
  const end = bytes.lastIndexOf(END_OF_DIRECTORY);
  if (end < 0 || end + 22 > bytes.length) return Number.POSITIVE_INFINITY;
  let size = 0;
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= end && bytes.readUInt32LE(at) === DIRECTORY_ENTRY) {
    size += bytes.readUInt32LE(at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return size;
}

function textOf(cell: unknown): string {
  if (isDate(cell)) return dateText(cell);
  return cell === null || cell === undefined ? '' : unguarded(String(cell));
}

const HALF_A_MINUTE = 30_000;

/** A date cell, which has no zone; a time of day is one of the day that spreadsheets count from. */
function dateText(date: Date): string {
  const [day = '', time = ''] = new Date(date.getTime() + HALF_A_MINUTE).toISOString().slice(0, 16).split('T');
  if (day < '1901') return time;
  return time === '00:00' ? day : `${day} ${time}`;
}
