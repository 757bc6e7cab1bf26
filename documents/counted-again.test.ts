/** Every number of the papers, counted again from the entries alone (testing/counted.ts), in random lives. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Notice } from '../episode/commands.js';
import { type Digest, digestOf, sumsOverDays } from '../episode/digest.js';
import type { Entry } from '../episode/entries.js';
import type { EpisodeState } from '../episode/state-types.js';
import { of, time } from '../episode/testing/entries-of.js';
import { openInRecord } from '../episode/testing/problem-invariants.js';
import { edition } from '../episode/testing/random-asks.js';
import { live, randomLife } from '../episode/testing/random-life.js';
import { atLength } from '../lib/testing/at-length.js';
import { addDays } from '../plan/rules/calendar.js';
import type { Figure, UnitKind } from '../plan/types.js';
import { dayInWords } from '../plan/wording/words.js';
import { dayPaper, daySpreadsheet } from './day.js';
import { digestText } from './digest-text.js';
import { followUpText } from './follow-up-text.js';
import { ledgerOf } from './ledger.js';
import { reviewPaper } from './review.js';
import { figuresInWords } from './sender.js';
import { levelsIn, outcomesIn, pausedIn, problemsIn, reportsIn, tallyOf, tasksIn, unitsIn } from './testing/counted.js';
import type { SheetCell, Spreadsheet } from './workbook.js';

const sender = { district: '水磨沟区', office: '区环委办' };
const FIGURES = ['toStop', 'stopped', 'swept'];

interface Record {
  state: EpisodeState;
  entries: readonly Entry[];
  units: string[];
  /** The name and the kind of a unit, as the edition or its own entry has them. */
  name(unitId: string): string;
  kind(unitId: string): UnitKind;
}

function recordOf(state: EpisodeState, entries: readonly Entry[]): Record {
  const added = of(entries, 'unit.added').map(({ unitId, data }) => ({ unitId, name: data.name, kind: data.unitKind }));
  const known = new Map([...edition.units, ...added].map((unit) => [unit.unitId, unit]));
  const units = unitsIn(entries);
  return { state, entries, units, name: (id) => known.get(id)!.name, kind: (id) => known.get(id)!.kind };
}

/** `（甲街道、乙街道）`, or nothing. */
const named = ({ units, name }: Record, unitIds: readonly string[]): string => {
  const those = units.filter((unitId) => unitIds.includes(unitId)).map(name);
  return those.length === 0 ? '' : `（${those.join('、')}）`;
};

const countOf = (all: readonly unknown[], one: unknown): number => all.filter((each) => each === one).length;
const hours = (length: number): string =>
  length < 3_600_000 ? `${Math.round(length / 60_000)}分钟` : `${Number((length / 3_600_000).toFixed(1))}小时`;
const LEVELS: { [level: string]: string } = { yellow: '黄色', orange: '橙色', red: '红色' };

/** A figure of a day: one kind of unit alone may count. */
function sumOn({ entries, kind }: Record, date: string, { id, countedBy }: Figure): number {
  const counted = reportsIn(entries).filter(
    (report) => report.date === date && (countedBy ?? kind(report.unitId)) === kind(report.unitId),
  );
  return counted.reduce((sum, { content }) => sum + (content.figures[id] ?? 0), 0);
}

const figures = new Map(Object.values(edition.policy.dailyFigures).flatMap((all) => all.map((one) => [one.id, one])));

/** What a figure came to over all days, in words. */
function overDays(record: Record): string[] {
  const days = [...new Set(reportsIn(record.entries).map(({ date }) => date))];
  const told = new Set(reportsIn(record.entries).flatMap(({ content }) => Object.keys(content.figures)));
  const sums = new Map(
    FIGURES.map((id) => {
      const sums = days.map((date) => sumOn(record, date, figures.get(id)!));
      return [id, id === 'swept' ? sums.reduce((sum, one) => sum + one, 0) : Math.max(...sums)];
    }),
  );
  const gap = told.has('toStop') ? sums.get('toStop')! - sums.get('stopped')! : 0;
  return FIGURES.filter((id) => told.has(id) && (sums.get(id)! > 0 || (id === 'stopped' && gap > 0))).map((id) => {
    const { name, unit } = figures.get(id)!;
    return `${name}${sums.get(id)}${unit}${id === 'stopped' && gap > 0 ? `（尚差${gap}${unit}）` : ''}`;
  });
}

/** Cancelled, or about to be: nothing has begun, and the last notice lifts before any of the others is in force. */
function isOrWillBeWithoutResponse(entries: readonly Entry[]): boolean {
  if (of(entries, 'response.cancelled').length > 0) return true;
  const raised = [...of(entries, 'warning.issued'), ...of(entries, 'level.adjusted')];
  const lifted = of(entries, 'warning.lifted').at(-1);
  if (!lifted || of(entries, 'response.started').length > 0) return false;
  const begins = ({ data: { notice } }: { data: { notice: Notice } }) =>
    Date.parse(notice.effectiveAt ?? notice.issuedAt);
  return raised.every((one) => one.seq < lifted.seq && begins(one) >= begins(lifted));
}

function checkFollowUp(record: Record): void {
  const { state, entries, units } = record;
  const said = outcomesIn(entries);
  const sums = figuresInWords(sumsOverDays(state, reportsIn(entries)));
  expect(sums).toEqual(overDays(record));
  const text = followUpText(state, sums, sender);
  const line = (what: string, deadline: string) => {
    const asked = said.filter((one) => one.deadline === deadline);
    const [met, late, missed] = tallyOf(asked);
    const those = (word: string) =>
      named(
        record,
        asked.flatMap((one) => (one.word === word ? one.unitId : [])),
      );
    if (met + late + missed === 0) return `${what}：没有到期应办的。`;
    return `${what}：按时${met}次，逾期${late}次${those('late')}，未报${missed}次${those('missed')}。`;
  };
  expect(text).toContain(line('预警信息确认', 'acknowledgement'));
  expect(text.includes('未启动应急响应')).toBe(isOrWillBeWithoutResponse(entries));
  if (text.includes('未启动应急响应')) return;
  expect(text).toContain(`责任单位共${units.length}个`);
  expect(text).toContain(line('应急措施落实情况报告', 'implementation'));
  expect(text).toContain(line('每日报送', 'report'));
  const tasks = tasksIn(entries);
  const times = (status: string) => tasks.filter((one) => one.status === status).length;
  const open = tasks.flatMap(({ unitId, status }) => (status === 'open' ? unitId : []));
  expect(text).toContain(
    `任务办理：已完成${times('done')}项，未完成${times('open')}项${named(record, open)}，本单位不涉及${times('not-applicable')}项。`,
  );
  const industrial = tasks.filter(({ taskId, status }) => taskId === 'dust-iii' && status !== 'not-applicable');
  const done = industrial.filter(({ status }) => status === 'done').length;
  expect(text).toContain(
    industrial.length === 0
      ? '没有督导工业源减排的任务。'
      : `督导落实工业源减排措施${industrial.length}项，已完成${done}项`,
  );
  const [ended] = of(entries, 'response.ended');
  expect(ended !== undefined).toBe(!text.includes('预警尚未解除'));
  if (!ended) return;
  const [from, until] = [of(entries, 'response.started')[0]!, ended].map(({ data }) => time(data.effectiveAt));
  const levels = [...levelsIn(entries)];
  const each = levels.map(([level, length]) => `${LEVELS[level]}预警${hours(length)}`).join('、');
  const paused = pausedIn(entries, from!, until!);
  expect(text).toContain(
    `共${hours(until! - from!)}${levels.length < 2 ? '' : `，其中${each}`}${paused > 0 ? `；其间应急响应整体暂停${hours(paused)}` : ''}。`,
  );
}

const CARDS = ['降尘', '其他'];
const cardOf = (taskId: string) => (taskId.startsWith('dust') ? '降尘' : '其他');

function checkReview({ state, entries, units, name }: Record): void {
  const input = { state, summaries: [], sender, signedOn: '2026-02-01', deliveries: [], cards: CARDS };
  const { blocks, annexes } = reviewPaper({ ...input, cardOf: (_, taskId) => cardOf(taskId) });
  const bars = new Map(
    blocks.flatMap((block) =>
      block.kind === 'chart'
        ? [[block.caption, block.categories.map((one, i) => [one, ...block.series.map(({ values }) => values[i])])]]
        : [],
    ),
  );
  const said = outcomesIn(entries);
  const tasks = tasksIn(entries);
  const of = (unitId: string) => tasks.filter((one) => one.unitId === unitId).map(({ status }) => status);
  const tally = (statuses: string[]) => ['done', 'open', 'not-applicable'].map((one) => countOf(statuses, one));
  const byUnit = units.map((unitId) => tallyOf(said.filter((one) => one.unitId === unitId)));
  expect(annexes![0]!.rows).toEqual(
    units.map((unitId, i) => {
      const [done, open] = tally(of(unitId));
      return [name(unitId), ...byUnit[i]!.map(String), `${done}/${done! + open!}`];
    }),
  );
  if (bars.size === 0) return;
  expect(bars.get('各单位按时办理情况（次）')).toEqual(units.map((unitId, i) => [name(unitId), ...byUnit[i]!]));
  expect(bars.get('各单位任务完成情况（项）')).toEqual(units.map((unitId) => [name(unitId), ...tally(of(unitId))]));
  const onCard = (card: string) => tasks.flatMap(({ taskId, status }) => (cardOf(taskId) === card ? status : []));
  for (const [card, ...counts] of bars.get('各类任务完成情况（项）') ?? [])
    expect(counts).toEqual(tally(onCard(String(card))));
  const reports = said.filter(({ deadline }) => deadline === 'report');
  for (const [day, ...counts] of bars.get('每日报送情况（个单位）') ?? [])
    expect(counts).toEqual(tallyOf(reports.filter(({ subject }) => dayInWords(subject).endsWith(`年${day}`))));
}

const rowsIn = ({ sheets }: Spreadsheet, sheet: string) => sheets.find(({ name }) => name === sheet)!.rows;
/** How often each of some cells stands in a row, in order. */
const tallied = (rows: ReadonlyArray<readonly SheetCell[]>, column: number, ...cells: SheetCell[]): number[] =>
  cells.map((cell) => rows.filter((row) => row[column] === cell).length);

function checkLedger({ state, entries, units, name }: Record): void {
  const book = ledgerOf({ state, entries, district: '水磨沟区', textOf: (id) => id, mostEntries: 1e6 });
  const said = outcomesIn(entries);
  const tasks = tasksIn(entries);
  for (const [i, unitId] of units.entries()) {
    const own = (sheet: string) => rowsIn(book, sheet).filter(([unit]) => unit === name(unitId));
    const mine = said.filter((one) => one.unitId === unitId);
    const statuses = tasks.filter((one) => one.unitId === unitId).map(({ status }) => status);
    const [done, open, not] = ['done', 'open', 'not-applicable'].map((one) => countOf(statuses, one));
    const told = (kind: string) => entries.filter((one) => one.unitId === unitId && one.kind === kind).length;
    const lost = told('notification.undelivered');
    expect(rowsIn(book, '责任单位')[i]!.slice(3)).toEqual([
      told('notification.sent') - lost,
      told('notification.failed') + lost,
      statuses.length,
      done,
      not,
      ...tallyOf(mine),
    ]);
    expect(tallied(own('任务'), 3, '已完成', '未完成', '本单位不涉及')).toEqual([done, open, not]);
    expect(tallied(own('时限'), 6, '按时', '逾期', '未办')).toEqual(tallyOf(mine));
    const reports = mine.filter(({ deadline }) => deadline === 'report');
    expect(tallied(own('每日报送'), 3, '按时', '逾期', '缺报')).toEqual(tallyOf(reports));
    const circulars = mine.filter(({ deadline }) => deadline === 'circular');
    expect(tallied(own('通报'), 8, '按时', '逾期', '未办')).toEqual(tallyOf(circulars));
    const isOpen = [...openInRecord(entries)].filter((problem) => problem.startsWith(`${unitId} `)).length;
    expect(tallied(own('问题'), 7, '未整改')).toEqual([isOpen]);
    const heads = book.sheets.find((sheet) => sheet.name === '数据')!.columns.map(({ head }) => head);
    for (const [id, figure] of figures) {
      const place = heads.indexOf(`${figure.name}（${figure.unit}）`);
      const sum = own('数据').reduce((total, row) => total + Number(row[place] ?? 0), 0);
      const reported = reportsIn(entries).filter((report) => report.unitId === unitId);
      expect(sum).toBe(reported.reduce((total, { content }) => total + (content.figures[id] ?? 0), 0));
    }
  }
  expect(rowsIn(book, '全部记录')).toHaveLength(entries.length);
  const notices = of(entries, 'warning.issued', 'level.adjusted', 'warning.lifted');
  expect(rowsIn(book, '通知')).toHaveLength(notices.length);
}

const digestOn = ({ state, entries }: Record, date: string): Digest =>
  digestOf(
    state,
    date,
    reportsIn(entries).filter((report) => report.date === date),
  );

function checkDay(record: Record, date: string): void {
  const { state, entries, name } = record;
  const reports = outcomesIn(entries).filter((one) => one.deadline === 'report' && one.subject === date);
  const [met, late, missed] = tallyOf(reports);
  const missing = named(
    record,
    reports.flatMap(({ unitId, word }) => (word === 'missed' ? unitId : [])),
  ).slice(1, -1);
  const digest = digestOn(record, date);
  const text = digestText(state, digest, sender);
  expect(text).toContain(
    `${met + late + missed}个责任单位中${met + late}个已报送当日情况${missing && `；尚未报送：${missing}`}。`,
  );
  const told = problemsIn(entries, date);
  const isOpen = [...openInRecord(entries)].filter((problem) => told.has(problem)).length;
  if (told.size > 0) expect(text).toContain(`发现问题${told.size}个，尚未整改${isOpen}个。`);
  const before = addDays(date, -1);
  const inForce = reportsIn(entries).filter((report) => report.date === date);
  const day = { state, digest, before: digestOn(record, before), reports: inForce, problemEntries: entries };
  const sums = FIGURES.map((id) => sumOn(record, date, figures.get(id)!));
  const earlier = FIGURES.map((id) => sumOn(record, before, figures.get(id)!));
  const { annexes = [] } = dayPaper(day, text, date);
  const rowsOf = (caption: string) => annexes.find((table) => table.caption.endsWith(caption))?.rows ?? [];
  for (const [head, , today, yesterday, more] of rowsOf('各项数据')) {
    const i = FIGURES.findIndex((id) => figures.get(id)!.name === head);
    expect([today, yesterday, Number(more)]).toEqual([String(sums[i]), String(earlier[i]), sums[i]! - earlier[i]!]);
  }
  expect(rowsOf('尚未报送的责任单位')).toHaveLength(missed);
  expect(rowsOf('发现的问题')).toHaveLength(told.size);
  const book = daySpreadsheet(day);
  expect(rowsIn(book, '全区汇总')[0]!.slice(2)).toEqual([
    met + late + missed,
    met + late,
    missing,
    digest.paused.map(name).join('、'),
    told.size,
    isOpen,
    ...sums,
  ]);
  expect(tallied(rowsIn(book, '各单位'), 1, '已报送', '未报送')).toEqual([met + late, missed]);
}

test('§5.1, §5.2 every number of follow-up report, review, digest and ledger is that of the entries', () => {
  const seen = { late: 0, done: 0, days: 0 };
  fc.assert(
    fc.property(randomLife, (drawn) => {
      const { life } = live(drawn);
      if (life.state.phase === 'new') return;
      const record = recordOf(life.state, life.entries);
      checkFollowUp(record);
      checkReview(record);
      checkLedger(record);
      const days = of(record.entries, 'digest.compiled').map(({ data }) => data.date);
      for (const date of days) checkDay(record, date);
      if (tallyOf(outcomesIn(record.entries))[1] > 0) seen.late += 1;
      if (tasksIn(record.entries).some(({ status }) => status === 'done')) seen.done += 1;
      if (days.length > 0) seen.days += 1;
    }),
    { numRuns: atLength(2_000, 200) },
  );
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(atLength(40, 2));
});
