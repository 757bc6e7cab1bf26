/** The figures of daily reports (§5.1): a day's digest for the office, and what the days come to. */
import { owesDay } from '../plan/rules/calendar.js';
import type { Figure } from '../plan/types.js';
import type { ReportContent } from './entries.js';
import { problemsOfDay } from './problems.js';
import { kindOf, own, responseOf, unitsOf } from './state.js';
import type { EpisodeState } from './state-types.js';
import { isPaused } from './suspensions.js';

/** The figures a unit reports: its own list, or its kind's. */
export function figuresFor(state: EpisodeState, unitId: string): Figure[] {
  const { dailyFigures } = state.policy;
  return own(dailyFigures, unitId) ?? dailyFigures[kindOf(state, unitId)];
}

/** A report in force. */
export interface ReportInForce {
  unitId: string;
  date: string;
  content: ReportContent;
}

export interface SummedFigure extends Figure {
  sum: number;
  /** What the other kind of unit saw of the same thing; it is not added. */
  beside?: number;
  /** Of what was to be done: how much has not been. */
  gap?: number;
}

export interface Digest {
  date: string;
  submitted: number;
  figures: SummedFigure[];
  /** In the reports of the day, and how many of them are still to be put right. */
  problems: { reported: number; open: number };
  /** Units that owe the day and have not reported it. */
  outstanding: string[];
  /** Units for which the response was suspended all day: they owe nothing. */
  paused: string[];
}

/** `reports`: those in force of that day. */
export function digestOf(state: EpisodeState, date: string, reports: readonly ReportInForce[]): Digest {
  const taking = unitsOf(state).filter((unit) => owesDay(responseOf(state, unit), date));
  const paused = taking.filter((unit) => isPaused(state, unit, date)).map(({ unitId }) => unitId);
  const owing = taking.filter(({ unitId, reports }) => {
    const { status, seq } = reports[date] ?? {};
    return status !== 'withdrawn' && (seq !== undefined || !paused.includes(unitId));
  });
  const outstanding = owing.filter(({ reports }) => reports[date]?.seq === undefined).map(({ unitId }) => unitId);
  return {
    date,
    submitted: owing.length - outstanding.length,
    figures: sumsOfDay(state, reports),
    problems: problemsOfDay(state, date),
    outstanding,
    paused,
  };
}

/** The figures that were reported at all, over all days. */
export function sumsOverDays(state: EpisodeState, reports: readonly ReportInForce[]): SummedFigure[] {
  const days = [...new Set(reports.map(({ date }) => date))].map((day) =>
    sumsOfDay(
      state,
      reports.filter(({ date }) => date === day),
    ),
  );
  const reported = new Set(reports.flatMap(({ content }) => Object.keys(content.figures)));
  const totals = allFigures(state)
    .filter(({ id }) => reported.has(id))
    .map((figure) => {
      const sums = days.map((day) => day.find(({ id }) => id === figure.id)!.sum);
      const sum = figure.acrossDays === 'most' ? Math.max(...sums) : sums.reduce((total, one) => total + one, 0);
      return { ...figure, sum };
    });
  return withGaps(totals);
}

function sumsOfDay(state: EpisodeState, reports: readonly ReportInForce[]): SummedFigure[] {
  const kinds = new Map(reports.map(({ unitId }) => [unitId, kindOf(state, unitId)]));
  const sumOf = (id: string, isOf: (unitId: string) => boolean) =>
    reports.reduce((total, { unitId, content }) => total + (isOf(unitId) ? (content.figures[id] ?? 0) : 0), 0);
  const sums = allFigures(state).map((figure) => {
    const { id, countedBy } = figure;
    const counts = (unitId: string) => countedBy === undefined || kinds.get(unitId) === countedBy;
    const beside = countedBy === undefined ? {} : { beside: sumOf(id, (unitId) => !counts(unitId)) };
    return { ...figure, sum: sumOf(id, counts), ...beside };
  });
  return withGaps(sums);
}

const withGaps = (figures: readonly SummedFigure[]): SummedFigure[] =>
  figures.map((figure) => {
    const whole = figures.find(({ id }) => id === figure.outOf);
    return whole ? { ...figure, gap: whole.sum - figure.sum } : figure;
  });

/** Of every unit and kind, each once; what was to be done stands before what has been: 应停, then 已停. */
function allFigures({ policy: { dailyFigures } }: EpisodeState): Figure[] {
  const all = Object.values(dailyFigures).flat();
  const ordered = all.flatMap((figure) => [...all.filter(({ id }) => id === figure.outOf), figure]);
  return [...new Map(ordered.map((figure) => [figure.id, figure])).values()];
}
