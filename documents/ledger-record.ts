/** The record itself: every entry as it is hashed, as a sheet and as CSV. */
import { stringify } from 'csv-stringify/sync';
import type { Entry } from '../episode/entries.js';
import { canonical } from '../episode/hash-chain.js';
import { nameOf } from '../episode/state.js';
import type { EpisodeState } from '../episode/state-types.js';
import { ENTRY_NAMES } from './entry-names.js';
import type { LedgerInput } from './ledger-input.js';
import { momentCell, type SheetCell, type SheetOfSpreadsheet } from './workbook.js';

const ROLES: Record<string, string> = {
  office: '区环委办',
  unit: '责任单位',
  supervisor: '监督问责',
  administrator: '管理员',
  system: '系统',
};

const MOMENT = 20;
const COLUMNS = [
  { head: '序号', width: 8 },
  { head: '过程时间', width: MOMENT },
  { head: '记录时间', width: MOMENT },
  { head: '类别', width: 14 },
  { head: '代码', width: 24 },
  { head: '责任单位', width: 28 },
  { head: '操作人', width: 12 },
  { head: '账号', width: 20 },
  { head: '条款', width: 12 },
  { head: '内容（JSON）', width: 60, isRaw: true },
  { head: '哈希（SHA-256）', width: 66 },
] as const;

/** Of a longer record the sheet has the first entries, and says where all are. */
export function recordSheet({ state, entries, mostEntries }: LedgerInput): SheetOfSpreadsheet {
  const rows: SheetCell[][] = entries
    .slice(0, mostEntries)
    .map((entry) => cellsOf(state, entry).map((cell, i) => (i === 1 || i === 2 ? momentCell(String(cell)) : cell)));
  if (entries.length <= mostEntries) return { name: '全部记录', columns: COLUMNS, rows };
  const note = `共${entries.length}条，此表只有前${mostEntries}条；全部记录请下载 ledger.csv。`;
  return { name: '全部记录', columns: COLUMNS, rows: [...rows, [undefined, undefined, undefined, note]] };
}

/** A page of the record as CSV; the first has the heads, and a mark by which Excel reads UTF-8. No cell is a formula. */
export const recordAsCsv = (state: EpisodeState, entries: readonly Entry[], isFirst: boolean): string =>
  stringify([...(isFirst ? [COLUMNS.map(({ head }) => head)] : []), ...entries.map((entry) => cellsOf(state, entry))], {
    bom: isFirst,
    record_delimiter: 'windows',
    escape_formulas: true,
  });

const cellsOf = (state: EpisodeState, entry: Entry): Array<string | number | undefined> => [
  entry.seq,
  entry.episodeTime,
  entry.at,
  ENTRY_NAMES[entry.kind],
  entry.kind,
  entry.unitId && nameOf(state, entry.unitId),
  ROLES[entry.actor.role],
  entry.actor.accountId,
  entry.clause,
  canonical(entry.data),
  entry.hash,
];
