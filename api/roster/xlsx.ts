import { createRequire } from 'node:module';
import { isDate } from 'node:util/types';
import { Worker } from 'node:worker_threads';
import writeXlsx from 'write-excel-file/node';
import { Problem } from '../problems.js';
import { guarded, SHEETS, type Sheet, unguarded } from './sheets.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const STICKY_HEADER = { stickyRowsCount: 1 };

/** A workbook with a sheet for each; every cell is text, dates too, so that it comes back as it was. */
export const xlsxOf = (sheets: readonly Sheet[]): Promise<Buffer> =>
  writeXlsx(
    sheets.map(({ kind, rows }) => ({
      sheet: SHEETS[kind].name,
      data: rows.map((row, i) =>
        row.map((cell) => ({
          value: guarded(cell),
          type: String,
          ...(i === 0 ? { fontWeight: 'bold' as const } : {}),
        })),
      ),
      ...STICKY_HEADER,
    })),
  ).toBuffer();

export interface Worksheet {
  name: string;
  rows: string[][];
}

const MOST_UNPACKED = 64 * 1_048_576;
const PATIENCE_MS = 10_000;

/**
 * The sheets of a workbook. A small file may hold a very large sheet: it is read beside the event loop, with a bound on
 * memory and time.
 * @throws Problem when it cannot be read
 */
export async function sheetsInXlsx(bytes: Buffer): Promise<Worksheet[]> {
  if (unpackedSize(bytes) > MOST_UNPACKED) throw unreadable();
  const worker = new Worker(READ, {
    eval: true,
    workerData: { library: createRequire(import.meta.url).resolve('read-excel-file/node'), bytes },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const timer = setTimeout(() => worker.terminate(), PATIENCE_MS);
  try {
    const read = await new Promise<Array<{ sheet: string; data: unknown[][] }>>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject).once('exit', reject);
    });
    return read.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
  } catch {
    throw unreadable();
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const READ = `
  const { parentPort, workerData } = require('node:worker_threads');
  require(workerData.library).default(Buffer.from(workerData.bytes)).then((sheets) => parentPort.postMessage(sheets));`;

const unreadable = (): Problem =>
  new Problem(
    'file-unreadable',
    '读不懂这个 Excel 文件，请另存为 xlsx（不加密、不含大量空行）或者“CSV UTF-8”后重新上传。',
  );

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
