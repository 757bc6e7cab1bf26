import path from 'node:path';
import { isDate } from 'node:util/types';
import { Semaphore } from 'async-mutex';
import type { Sheet as ReadSheet } from 'read-excel-file/node';
import { Tinypool } from 'tinypool';
import type { SheetData } from 'write-excel-file/node';
import { unpacksTo } from '../../lib/zip.js';
import { Problem } from '../http/problems.js';
import { guarded, SHEETS, type Sheet, unguarded } from './sheets.js';

const MOST_AT_ONCE = 2;
const MOST_WAITING = 8;
const MOST_HEAP_MB = 256;
const PATIENCE_MS = 10_000;
const MOST_UNPACKED = 64 * 1_048_576;

/** Threads with a bound on memory and time, because a small workbook may unpack to a very large one. */
const threads = new Tinypool({
  filename: path.join(import.meta.dirname, 'workbook-thread.mjs'),
  minThreads: 0,
  maxThreads: MOST_AT_ONCE,
  idleTimeout: 1_000,
  resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
});

const slots = new Semaphore(MOST_AT_ONCE);
let underWay = 0;

/** @throws Problem 503 while too many others are read or written */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= MOST_AT_ONCE + MOST_WAITING) throw busy();
  underWay += 1;
  try {
    return await slots.runExclusive(work);
  } finally {
    underWay -= 1;
  }
}

const inThread = <T>(name: 'read' | 'write', given: unknown): Promise<T> =>
  threads.run(given, { name, signal: AbortSignal.timeout(PATIENCE_MS) });

/** Writes a workbook. Every cell is text, dates too, so that it is read back unchanged. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const written = sheets.map(({ kind, rows }) => ({
    sheet: SHEETS[kind].name,
    data: rows.map((row) => row.map(guarded)) satisfies SheetData,
    stickyRowsCount: 1,
  }));
  return Buffer.from(await inTurn(() => inThread<Uint8Array>('write', written)));
}

export interface Worksheet {
  name: string;
  rows: string[][];
}

/** @throws Problem when it cannot be read, or would unpack to too much */
export async function sheetsInXlsx(bytes: Buffer): Promise<Worksheet[]> {
  const read = await inTurn(() => sheetsRead(bytes).catch(() => []));
  if (read.length === 0) throw unreadable();
  return read.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
}

async function sheetsRead(bytes: Buffer): Promise<ReadSheet[]> {
  return (await unpacksTo(bytes, MOST_UNPACKED)) ? inThread<ReadSheet[]>('read', bytes) : [];
}

const unreadable = (): Problem =>
  new Problem(
    'file-unreadable',
    '读不懂这个 Excel 文件，请另存为 xlsx（不加密、不含大量空行）或者“CSV UTF-8”后重新上传。',
  );

const busy = (): Problem =>
  new Problem('not-ready', '正在处理的 Excel 文件太多，请稍后再试。', { headers: { 'Retry-After': '10' } });

function textOf(cell: unknown): string {
  if (isDate(cell)) return dateText(cell);
  return cell === null || cell === undefined ? '' : unguarded(String(cell));
}

const HALF_A_MINUTE = 30_000;

/** Reads a date cell, which has no zone. A time of day is stored as a time on the spreadsheet's first day. */
function dateText(date: Date): string {
  const [day = '', time = ''] = new Date(date.getTime() + HALF_A_MINUTE).toISOString().slice(0, 16).split('T');
  if (day < '1901') return time;
  return time === '00:00' ? day : `${day} ${time}`;
}
