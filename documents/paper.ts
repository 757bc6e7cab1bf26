/** A paper's content as data: what it says. How it looks is the business of its page and of its DOCX. */

export interface Paper {
  title: string;
  isDrill: boolean;
  /** Not issued yet: each page says so. */
  isDraft?: boolean;
  /** The day of its content. The file bears it in place of the moment at which it is made: the same paper is the same bytes. */
  date: string;
  /** The red head of an official document (GB/T 9704—2012 §7.2): who issues it, and its number. */
  head?: { issuer: string; number?: string };
  addressee?: string;
  blocks: readonly Block[];
  /** Who signs, and the day beside the name. */
  signature?: { by: string; date?: string };
  /** Tables below the signature. */
  annexes?: readonly PaperTable[];
}

export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  | PaperTable
  | PaperChart;

export interface PaperTable {
  kind: 'table';
  caption: string;
  columns: readonly PaperColumn[];
  rows: ReadonlyArray<readonly string[]>;
}

/** Bars over categories, stacked; the numbers stand in a table beside it. */
export interface PaperChart {
  kind: 'chart';
  caption: string;
  categories: readonly string[];
  series: ReadonlyArray<{ name: string; values: readonly number[] /** Six hexadecimal digits. */; colour: string }>;
}

export interface PaperColumn {
  head: string;
  /** Its share of the table's width, beside the other columns' shares. */
  share: number;
  align?: 'left' | 'right' | 'center';
}
