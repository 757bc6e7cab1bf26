/** The ledger of an episode as sheets (§5.2 台账): of the whole district, or of one unit. */
import { kindOf, nameOf, unitsOf } from '../episode/state.js';
import type { EpisodeState, UnitState } from '../episode/state-types.js';
import { beijingDate } from '../plan/rules/calendar.js';
import { levelName } from '../plan/wording/words.js';
import { circularsSheet } from './ledger-circulars.js';
import type { LedgerInput } from './ledger-input.js';
import { recordSheet } from './ledger-record.js';
import { figuresSheet, reportsSheet } from './ledger-reports.js';
import { deadlinesSheet, messagesSheet, noticesSheet, problemsSheet, tasksSheet } from './ledger-sheets.js';
import { countOf, outcomesOf } from './review-charts.js';
import { momentCell, type SheetCell, type SheetOfSpreadsheet, type Spreadsheet } from './workbook.js';

/** The whole ledger. */
export function ledgerOf(input: LedgerInput): Spreadsheet {
  const units = unitsOf(input.state);
  return bookOf(input, [
    overviewSheet(input),
    noticesSheet(input),
    unitsSheet(input),
    ...sheetsOf(input, units),
    circularsSheet(input, units),
    messagesSheet(input),
    recordSheet(input),
  ]);
}

/** What a unit has in it: its tasks, reports, deadlines and circulars, and the entries about it. */
export function ledgerOfUnit(input: LedgerInput, unit: UnitState): Spreadsheet {
  const own = { ...input, entries: input.entries.filter(({ unitId }) => unitId === unit.unitId) };
  return bookOf(own, [noticesSheet(own), ...sheetsOf(own, [unit]), circularsSheet(input, [unit]), recordSheet(own)]);
}

const sheetsOf = (input: LedgerInput, units: readonly UnitState[]): SheetOfSpreadsheet[] => [
  tasksSheet(input, units),
  reportsSheet(input, units),
  figuresSheet(input, units),
  problemsSheet(input, units),
  deadlinesSheet(input, units),
];

const bookOf = ({ state }: LedgerInput, sheets: SheetOfSpreadsheet[]): Spreadsheet => ({
  date: beijingDate(state.head.episodeTime),
  sheets,
});

function overviewSheet({ state, district, entries }: LedgerInput): SheetOfSpreadsheet {
  const [start] = state.notices;
  const facts: Array<[string, SheetCell]> = [
    ['区', district],
    ['性质', state.drill ? '【演练】不具效力' : '实际响应'],
    ['过程编号', state.episodeId],
    ['阶段', PHASES[state.phase]],
    ['启动级别', start && levelName(start.level)],
    ['启动生效', start && momentCell(start.effectiveAt)],
    ['解除生效', state.liftedAt === undefined ? undefined : momentCell(state.liftedAt)],
    ['归档', state.closedAt === undefined ? undefined : momentCell(state.closedAt)],
    ['责任单位（个）', unitsOf(state).length],
    ['记录（条）', entries.length],
    ['最后一条记录', momentCell(state.head.episodeTime)],
    ['链头（SHA-256）', state.head.hash],
  ];
  return {
    name: '概况',
    columns: [
      { head: '项目', width: 18 },
      { head: '内容', width: 70 },
    ],
    rows: facts,
  };
}

const PHASES: Record<EpisodeState['phase'], string> = {
  new: '未开始',
  announced: '已发布，未生效',
  active: '响应中',
  reporting: '已解除，待报送',
  reviewing: '已报送，待总结评估',
  closed: '已归档',
};

const KINDS = { department: '部门', street: '街道' } as const;

function unitsSheet({ state }: LedgerInput): SheetOfSpreadsheet {
  return {
    name: '责任单位',
    columns: [
      { head: '责任单位', width: 28 },
      { head: '类别', width: 8 },
      { head: '加入时间', width: 20 },
      { head: '消息已发出（条）', width: 10 },
      { head: '消息未送达（条）', width: 10 },
      { head: '任务（项）', width: 10 },
      { head: '已完成（项）', width: 10 },
      { head: '本单位不涉及（项）', width: 12 },
      { head: '按时（次）', width: 10 },
      { head: '逾期（次）', width: 10 },
      { head: '未办（次）', width: 10 },
    ],
    rows: unitsOf(state).map((unit): SheetCell[] => {
      const tasks = Object.values(unit.tasks);
      const having = (...statuses: string[]) => tasks.filter(({ status }) => statuses.includes(status)).length;
      const outcomes = outcomesOf(unit);
      const { sent, failed, undelivered } = unit.deliveries;
      return [
        nameOf(state, unit.unitId),
        KINDS[kindOf(state, unit.unitId)],
        unit.joinedAt === undefined ? undefined : momentCell(unit.joinedAt),
        sent - undelivered,
        failed + undelivered,
        having('open', 'done', 'not-applicable'),
        having('done'),
        having('not-applicable'),
        countOf(outcomes, 'met'),
        countOf(outcomes, 'late'),
        countOf(outcomes, 'missed'),
      ];
    }),
  };
}
