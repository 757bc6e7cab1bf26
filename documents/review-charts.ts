/** The figures of a review as bars: how units answered, what became of their tasks, and the reports of each day (§5.2). */

import type { DeliveryCount } from '../episode/message-standing.js';
import { isWithoutResponse, nameOf, unitsOf } from '../episode/state.js';
import type { EpisodeState, HoldableStatus, UnitState } from '../episode/state-types.js';
import { wayInWords } from '../plan/wording/channel-words.js';
import { dayBriefly } from '../plan/wording/words.js';
import type { PaperChart } from './paper.js';

const GOOD = '2E7D32';
const LATE = 'F9A825';
const MISSED = 'C62828';
const NONE = '9E9E9E';

export const countOf = <T>(all: readonly T[], one: T): number => all.filter((each) => each === one).length;

/** What became of each thing that was asked of a unit by a time. */
export const outcomesOf = (unit: UnitState): HoldableStatus[] =>
  [
    ...unit.acknowledgements,
    ...(unit.lifting ? [unit.lifting] : []),
    ...unit.implementation,
    ...unit.taskDeadlines,
    ...unit.circulars.flatMap(({ receipt, measures }) => (measures ? [receipt, measures] : [receipt])),
    ...Object.values(unit.reports),
    ...(unit.summary ? [unit.summary] : []),
  ].map(({ status }) => status);

/** What the charts need beside the state. */
export interface ChartInput {
  /** The cards of tasks in their order, and the card of a unit's task. */
  cards: readonly string[];
  cardOf(unit: UnitState, taskId: string): string;
  deliveries: readonly DeliveryCount[];
}

/** None without a response: there was nothing to do. */
export function reviewCharts(state: EpisodeState, { cards, cardOf, deliveries }: ChartInput): PaperChart[] {
  if (isWithoutResponse(state)) return [];
  const units = unitsOf(state);
  const categories = units.map(({ unitId }) => nameOf(state, unitId));
  const outcomes = units.map(outcomesOf);
  const tasks = units.map((unit) => Object.values(unit.tasks).map(({ status }) => status));
  const days = daysOf(units);
  const onCards = cards.map((card) =>
    units.flatMap((unit) =>
      Object.entries(unit.tasks).flatMap(([taskId, { status }]) => (cardOf(unit, taskId) === card ? [status] : [])),
    ),
  );
  const used = onCards.filter((statuses) => statuses.length > 0);
  const reports = days.map((day) => units.map((unit) => unit.reports[day]?.status));
  const charts = [
    chart('各单位按时办理情况（次）', categories, [
      bars('按时', GOOD, outcomes, 'met'),
      bars('逾期', LATE, outcomes, 'late'),
      bars('未办', MISSED, outcomes, 'missed'),
    ]),
    chart('各单位任务完成情况（项）', categories, [
      bars('已完成', GOOD, tasks, 'done'),
      bars('未完成', MISSED, tasks, 'open'),
      bars('本单位不涉及', NONE, tasks, 'not-applicable'),
    ]),
    chart(
      '各类任务完成情况（项）',
      cards.filter((_, i) => onCards[i]!.length > 0),
      [
        bars('已完成', GOOD, used, 'done'),
        bars('未完成', MISSED, used, 'open'),
        bars('本单位不涉及', NONE, used, 'not-applicable'),
      ],
    ),
    chart('每日报送情况（个单位）', days.map(dayBriefly), [
      bars('按时', GOOD, reports, 'met'),
      bars('逾期', LATE, reports, 'late'),
      bars('缺报', MISSED, reports, 'missed'),
    ]),
    chart(
      '各渠道消息情况（次）',
      deliveries.map(({ channel }) => wayInWords(channel)),
      [
        { name: '已发出', colour: GOOD, values: deliveries.map(({ taken }) => taken) },
        { name: '未送达', colour: MISSED, values: deliveries.map(({ failed }) => failed) },
      ],
    ),
  ];
  return charts.filter((one) => one.categories.length > 0);
}

/** The days that somebody owed or reported. */
const daysOf = (units: readonly UnitState[]): string[] =>
  [
    ...new Set(
      units.flatMap(({ reports }) =>
        Object.entries(reports).flatMap(([day, { status }]) => (status === 'withdrawn' ? [] : day)),
      ),
    ),
  ].sort();

const chart = (caption: string, categories: readonly string[], series: PaperChart['series']): PaperChart => ({
  kind: 'chart',
  caption,
  categories,
  series,
});

const bars = <T>(
  name: string,
  colour: string,
  all: ReadonlyArray<readonly T[]>,
  one: T,
): PaperChart['series'][number] => ({
  name,
  colour,
  values: all.map((each) => countOf(each, one)),
});
