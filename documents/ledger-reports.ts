import { figuresFor } from '../episode/digest.js';
import { nameOf } from '../episode/state.js';
import type { EpisodeState, ReportState, UnitState } from '../episode/state-types.js';
import type { Figure } from '../plan/types.js';
import { entriesOfKinds, type LedgerInput } from './ledger-input.js';
import { momentCell, type SheetCell, type SheetOfSpreadsheet } from './workbook.js';

const STATUSES: Record<ReportState['status'], string> = {
  met: '按时',
  late: '逾期',
  missed: '缺报',
  withdrawn: '不需要报送',
};

/** What each unit wrote of each day: the text in force. */
export function reportsSheet(input: LedgerInput, units: readonly UnitState[]): SheetOfSpreadsheet {
  const texts = inForce(input);
  return {
    name: '每日报送',
    columns: [
      { head: '责任单位', width: 28 },
      { head: '日期', width: 12 },
      { head: '首次报送', width: 20 },
      { head: '结果', width: 12 },
      { head: '情况', width: 70 },
    ],
    rows: daysOf(units).map(({ unit, date, report }): SheetCell[] => [
      nameOf(input.state, unit.unitId),
      { day: date },
      report.submittedAt === undefined ? undefined : momentCell(report.submittedAt),
      STATUSES[report.status],
      report.seq === undefined ? undefined : texts.get(report.seq)?.text,
    ]),
  };
}

/** What each unit counted on each day. Days that are owed no more are left out, as the sums of the report to the city leave them out. */
export function figuresSheet(input: LedgerInput, units: readonly UnitState[]): SheetOfSpreadsheet {
  const contents = inForce(input);
  const figures = figuresOf(input.state, units);
  return {
    name: '数据',
    columns: [
      { head: '责任单位', width: 28 },
      { head: '日期', width: 12 },
      ...figures.map(({ name, unit }) => ({ head: `${name}（${unit}）`, width: 14 })),
    ],
    rows: daysOf(units).flatMap(({ unit, date, report }): SheetCell[][] => {
      const content = report.seq === undefined ? undefined : contents.get(report.seq);
      if (!content || report.status === 'withdrawn') return [];
      return [[nameOf(input.state, unit.unitId), { day: date }, ...figures.map(({ id }) => content.figures[id])]];
    }),
  };
}

const inForce = (input: LedgerInput) =>
  new Map(entriesOfKinds(input, 'report.submitted', 'report.corrected').map(({ seq, data }) => [seq, data.content]));

const daysOf = (units: readonly UnitState[]) =>
  units.flatMap((unit) =>
    Object.entries(unit.reports)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([date, report]) => ({ unit, date, report })),
  );

const figuresOf = (state: EpisodeState, units: readonly UnitState[]): Figure[] => [
  ...new Map(units.flatMap(({ unitId }) => figuresFor(state, unitId).map((figure) => [figure.id, figure]))).values(),
];
