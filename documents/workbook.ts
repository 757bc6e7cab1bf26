import { beijingIso } from '../plan/rules/calendar.js';
import { inThread } from './threads.js';

/** Sheets as data. Every text is a text: nothing that a person wrote becomes a formula. */
export interface Spreadsheet {
  /** The day of its content, in place of the moment at which the file is made: the same sheets are the same bytes. */
  date: string;
  sheets: readonly SheetOfSpreadsheet[];
}

export interface SheetOfSpreadsheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: ReadonlyArray<readonly SheetCell[]>;
}

export interface SheetColumn {
  head: string;
  /** In characters of a Latin letter's width. */
  width: number;
  /** For machines: what is longer than the column is cut there, instead of making its row as high as a page. */
  isRaw?: true;
}

/** A moment is shown by the clock of Beijing; see `momentCell`. A day is `YYYY-MM-DD`. */
export type SheetCell = string | number | Date | { day: string } | undefined;

/** A moment for a cell. Spreadsheets know no zones, so its wall clock is written. */
export const momentCell = (instant: number | string): Date =>
  new Date(`${beijingIso(typeof instant === 'string' ? Date.parse(instant) : instant).slice(0, 19)}Z`);

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The same sheets are the same bytes. */
export const xlsxOfSpreadsheet = inThread<Spreadsheet>('workbook-thread.mjs', 'workbook', 1_024);
