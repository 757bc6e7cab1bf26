import path from 'node:path';
import { Tinypool } from 'tinypool';
import type { SheetData } from 'write-excel-file/node';
import { guidesOf } from './guides.js';
import { inTurn, MOST_AT_ONCE } from './in-turn.js';
import { guarded, SHEETS, type Sheet } from './sheets.js';

const MOST_HEAP_MB = 256;
const PATIENCE_MS = 10_000;

/** Threads with a bound on memory and time: writing the lists of a whole district keeps one busy for a while. */
const threads = new Tinypool({
  filename: path.join(import.meta.dirname, 'workbook-thread.mjs'),
  minThreads: 0,
  maxThreads: MOST_AT_ONCE,
  idleTimeout: 1_000,
  resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
});

const write = (sheets: unknown): Promise<Uint8Array> =>
  threads.run(sheets, { name: 'write', signal: AbortSignal.timeout(PATIENCE_MS) });

/** Writes a workbook. Every cell is text, dates too, so that it is read back unchanged; each column says what it takes. */
export async function xlsxOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const written = sheets.map((sheet) => ({
    sheet: SHEETS[sheet.kind].name,
    data: sheet.rows.map((row) => row.map(guarded)) satisfies SheetData,
    guides: guidesOf(sheet, sheets),
  }));
  return Buffer.from(await inTurn(() => write(written)));
}
