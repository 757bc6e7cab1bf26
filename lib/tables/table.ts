/** A table as it was read from a file: rows of cells that say what they are. */
import { beginningOf } from '../graphemes.js';

/**
 * `error`: a spreadsheet's error such as #N/A. `uncalculated`: a formula whose result was never saved. `merged`: the part
 * of a merged area that has nothing of its own. `long`: only the beginning was read.
 */
export type CellFault = 'error' | 'uncalculated' | 'merged' | 'long';

export interface Cell {
  /** As a person reads it: a day as `2026-01-05`, a time as `09:00`, a number in all its digits. */
  text: string;
  fault?: CellFault;
  /** The address behind the text. */
  link?: string;
}

export interface TableRow {
  /** As a spreadsheet counts: the first is 1. */
  number: number;
  /** Sparse where nothing stands. */
  cells: Cell[];
  isHidden?: boolean;
}

export interface Table {
  /** Of the sheet; empty for text. */
  name: string;
  isHidden: boolean;
  /** Those in which anything stands. */
  rows: TableRow[];
}

/** A file that is no table; the message is Chinese and says what to do. */
export class UnreadableTable extends Error {
  constructor(
    message: string,
    readonly isTooLarge = false,
  ) {
    super(message);
  }
}

/** Columns further right are of nobody's list. */
export const MOST_COLUMNS = 256;
/** Nobody's list has more in a cell. Patterns that look through a cell take the square of its length. */
export const MOST_CHARACTERS = 1_000;

export function cellWith(text: string): Cell {
  if (text.length > MOST_CHARACTERS) return { text: beginningOf(text, MOST_CHARACTERS), fault: 'long' };
  return isErrorWord(text) ? { text: text.trim(), fault: 'error' } : { text };
}

/** The words of spreadsheets for a calculation that failed. They stand in exported text too. */
const ERROR_WORDS = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)$/i;

export const isErrorWord = (text: string): boolean => ERROR_WORDS.test(text.trim());
