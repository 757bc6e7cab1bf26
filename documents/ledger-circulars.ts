/** The circulars of an episode as a sheet: for each unit that one was sent to, what it did (§5.1, §7). */
import { titleOfCircular } from '../episode/circulars.js';
import type { Entry } from '../episode/entries.js';
import { nameOf } from '../episode/state.js';
import type { CircularOfUnit, UnitState } from '../episode/state-types.js';
import { CIRCULARS } from '../plan/wording/words.js';
import type { LedgerInput } from './ledger-input.js';
import { OUTCOMES_OF_DEADLINES } from './ledger-sheets.js';
import { momentCell, type SheetCell, type SheetOfSpreadsheet } from './workbook.js';

const MOMENT = 20;

/** `entries` are the whole record's: the word with which the office closes it for several units stands in one of their entries. */
export function circularsSheet({ state, entries }: LedgerInput, units: readonly UnitState[]): SheetOfSpreadsheet {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const circulars = new Map(state.circulars.map((one) => [one.circularId, one]));
  return {
    name: '通报',
    columns: [
      { head: '责任单位', width: 28 },
      { head: '编号', width: 8 },
      { head: '类别', width: 18 },
      { head: '文号', width: 22 },
      { head: '标题', width: 40 },
      { head: '发出时间', width: MOMENT },
      { head: '应于确认', width: MOMENT },
      { head: '确认时间', width: MOMENT },
      { head: '确认', width: 10 },
      { head: '应于答复', width: MOMENT },
      { head: '答复时间', width: MOMENT },
      { head: '答复', width: 10 },
      { head: '整改情况', width: 50 },
      { head: '办结时间', width: MOMENT },
      { head: '办结意见', width: 30 },
    ],
    rows: units.flatMap((unit) =>
      unit.circulars.map((one): SheetCell[] => {
        const { circularId, openedAt, receipt, measures, answer, closed } = one;
        const circular = circulars.get(circularId);
        return [
          nameOf(state, unit.unitId),
          circularId,
          circular && CIRCULARS[circular.origin],
          circular?.number,
          titleOfCircular(state, circularId),
          momentCell(openedAt),
          momentCell(receipt.dueAt),
          receipt.metAt === undefined ? undefined : momentCell(receipt.metAt),
          OUTCOMES_OF_DEADLINES[receipt.status],
          measures && momentCell(measures.dueAt),
          answer && momentCell(answer.at),
          measures && OUTCOMES_OF_DEADLINES[measures.status],
          answerIn(bySeq, one),
          closed && momentCell(closed.at),
          closingWord(bySeq, one),
        ];
      }),
    ),
  };
}

type BySeq = ReadonlyMap<number, Entry>;

function answerIn(bySeq: BySeq, { answer }: CircularOfUnit): string | undefined {
  const answered = answer && bySeq.get(answer.seq);
  return answered?.kind === 'circular.answered' ? answered.data.text : undefined;
}

function closingWord(bySeq: BySeq, { closed }: CircularOfUnit): string | undefined {
  const entry = closed && bySeq.get(closed.seq);
  if (entry?.kind !== 'circular.closed') return undefined;
  const { note, noteIn } = entry.data;
  const first = noteIn === undefined ? undefined : bySeq.get(noteIn);
  return note ?? (first?.kind === 'circular.closed' ? first.data.note : undefined);
}
