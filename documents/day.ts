/** A day of the whole district (§5.1): the paper that goes to the city, and the same figures as sheets. */
import { type Digest, figuresFor, type ReportInForce, type SummedFigure } from '../episode/digest.js';
import type { Entry, ReportedProblem } from '../episode/entries.js';
import { levelOfDay } from '../episode/policy.js';
import { isOpenProblem, problemIn, problemsToldOn } from '../episode/problems.js';
import { nameOf, unitsOf } from '../episode/state.js';
import type { EpisodeState } from '../episode/state-types.js';
import { dayInWords, levelName, timeBriefly } from '../plan/wording/words.js';
import type { Paper, PaperTable } from './paper.js';
import { paperOfText } from './text-to-paper.js';
import { momentCell, type SheetCell, type Spreadsheet } from './workbook.js';

export interface DayOfDistrict {
  state: EpisodeState;
  digest: Digest;
  /** Of the day before, where the response was on: figures are compared with it. */
  before?: Digest | undefined;
  /** The day's reports in force. */
  reports: readonly ReportInForce[];
  /** Entries that have the words of the day's problems: a report in force may have left one out. */
  problemEntries: readonly Entry[];
}

/**
 * The text for the city, and below it what it sums up: figures with those of the day before, who did not report, problems.
 * `signedOn` is a day, `YYYY-MM-DD`.
 */
export function dayPaper(day: DayOfDistrict, text: string, signedOn: string): Paper {
  const { drill: isDrill } = day.state;
  const paper = paperOfText(text, { isDrill, date: signedOn, signedOn: dayInWords(signedOn) });
  const tables = [figuresTable(day), outstandingTable(day), problemsTable(day)].filter(({ rows }) => rows.length > 0);
  return { ...paper, annexes: tables.map((table, i) => ({ ...table, caption: `附表${i + 1} ${table.caption}` })) };
}

function figuresTable({ digest, before }: DayOfDistrict): PaperTable {
  const told = digest.figures.filter(
    ({ id, sum, beside = 0, gap = 0 }) => sum + beside + gap + (sumIn(before, id) ?? 0) > 0,
  );
  return {
    kind: 'table',
    caption: `${dayInWords(digest.date)}各项数据`,
    columns: [
      { head: '项目', share: 4 },
      { head: '单位', share: 1.2, align: 'center' },
      { head: '当日', share: 1.4, align: 'right' },
      { head: '前一日', share: 1.4, align: 'right' },
      { head: '增减', share: 1.4, align: 'right' },
      { head: '说明', share: 4 },
    ],
    rows: told.map((figure) => {
      const earlier = sumIn(before, figure.id);
      return [
        figure.name,
        figure.unit,
        String(figure.sum),
        earlier === undefined ? '—' : String(earlier),
        earlier === undefined ? '—' : signedNumber(figure.sum - earlier),
        remarkOn(figure),
      ];
    }),
  };
}

const sumIn = (digest: Digest | undefined, figureId: string): number | undefined =>
  digest?.figures.find(({ id }) => id === figureId)?.sum;

const signedNumber = (difference: number): string => (difference > 0 ? `+${difference}` : String(difference));

const COUNTED_BY = { department: '部门', street: '街道' } as const;
const OTHERS = { department: '街道', street: '部门' } as const;

/** Departments and streets see the same sites: one of them counts, the other stands beside for comparison. */
function remarkOn({ countedBy, beside = 0, gap = 0, unit }: SummedFigure): string {
  return [
    ...(gap > 0 ? [`尚差${gap}${unit}`] : []),
    ...(gap < 0 ? [`比应做的多${-gap}${unit}，请核对`] : []),
    ...(countedBy && beside > 0
      ? [`按${COUNTED_BY[countedBy]}填报计；${OTHERS[countedBy]}另报${beside}${unit}，不重复计入`]
      : []),
  ].join('；');
}

const outstandingTable = ({ state, digest }: DayOfDistrict): PaperTable => ({
  kind: 'table',
  caption: '尚未报送的责任单位',
  columns: [
    { head: '序号', share: 1, align: 'center' },
    { head: '责任单位', share: 9 },
  ],
  rows: digest.outstanding.map((unitId, i) => [String(i + 1), nameOf(state, unitId)]),
});

const problemsTable = (day: DayOfDistrict): PaperTable => ({
  kind: 'table',
  caption: '发现的问题',
  columns: [
    { head: '序号', share: 0.8, align: 'center' },
    { head: '报送单位', share: 2 },
    { head: '地点', share: 2.4 },
    { head: '问题', share: 3.4 },
    { head: '移交', share: 1.6 },
    { head: '整改情况', share: 2 },
  ],
  rows: problemsOf(day).map(({ unitId, words, isOpen }, i) => [
    String(i + 1),
    nameOf(day.state, unitId),
    words.where,
    words.what,
    words.handedTo ?? '—',
    standingOf(words, isOpen),
  ]),
});

const standingOf = ({ until }: ReportedProblem, isOpen: boolean): string => {
  if (!isOpen) return '已整改';
  return until === undefined ? '未整改' : `未整改，限${timeBriefly(until)}前`;
};

function problemsOf({ state, digest, problemEntries }: DayOfDistrict) {
  const bySeq = new Map(problemEntries.map((entry) => [entry.seq, entry]));
  return problemsToldOn(state, digest.date).map(({ unitId, problemId, problem }) => ({
    unitId,
    words: problemIn(bySeq.get(problem.seq), problemId)!,
    isOpen: isOpenProblem(problem),
  }));
}

/** One row for the district, as the city's form takes it; a row for each unit; a row for each problem. */
export function daySpreadsheet(day: DayOfDistrict): Spreadsheet {
  const { state, digest, reports } = day;
  const { date, submitted, outstanding, paused, figures, problems } = digest;
  const byUnit = new Map(reports.map((report) => [report.unitId, report]));
  const names = (unitIds: readonly string[]) => unitIds.map((unitId) => nameOf(state, unitId)).join('、');
  const figureColumns = figures.map(({ name, unit }) => ({ head: `${name}（${unit}）`, width: 14 }));
  return {
    date,
    sheets: [
      {
        name: '全区汇总',
        columns: [
          { head: '日期', width: 12 },
          { head: '预警级别', width: 22 },
          { head: '应报单位（个）', width: 10 },
          { head: '已报单位（个）', width: 10 },
          { head: '未报单位', width: 30 },
          { head: '暂停的单位', width: 20 },
          { head: '发现问题（个）', width: 10 },
          { head: '未整改（个）', width: 10 },
          ...figureColumns,
        ],
        rows: [
          [
            { day: date },
            levelName(levelOfDay(state, date)),
            submitted + outstanding.length,
            submitted,
            names(outstanding),
            names(paused),
            problems.reported,
            problems.open,
            ...figures.map(({ sum }) => sum),
          ],
        ],
      },
      {
        name: '各单位',
        columns: [
          { head: '责任单位', width: 26 },
          { head: '报送情况', width: 10 },
          { head: '情况说明', width: 50 },
          ...figureColumns,
        ],
        rows: unitsOf(state).map(({ unitId }): SheetCell[] => {
          const report = byUnit.get(unitId);
          const own = new Set(figuresFor(state, unitId).map(({ id }) => id));
          return [
            nameOf(state, unitId),
            report ? '已报送' : statusWithout(digest, unitId),
            report?.content.text,
            ...figures.map(({ id }) => (own.has(id) ? report?.content.figures[id] : undefined)),
          ];
        }),
      },
      {
        name: '问题',
        columns: ['报送单位', '地点', '问题', '发现时间', '移交', '整改期限', '整改情况'].map((head) => ({
          head,
          width: 20,
        })),
        rows: problemsOf(day).map(({ unitId, words, isOpen }): SheetCell[] => [
          nameOf(state, unitId),
          words.where,
          words.what,
          words.foundAt && momentCell(words.foundAt),
          words.handedTo,
          words.until && momentCell(words.until),
          isOpen ? '未整改' : '已整改',
        ]),
      },
    ],
  };
}

function statusWithout({ outstanding, paused }: Digest, unitId: string): string {
  if (outstanding.includes(unitId)) return '未报送';
  return paused.includes(unitId) ? '暂停' : '不需要报送';
}
