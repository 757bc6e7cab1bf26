/** The district's digest of a day: the sums of the units' figures, and the units that have not reported (§5.1). */
import { owesDay } from '../plan/rules/calendar.js';
import type { Figure } from '../plan/types.js';
import type { DailyReportContent } from './commands.js';
import { kindOf, responseOf, unitsOf } from './state.js';
import type { EpisodeState } from './state-types.js';

/** The figures a unit reports. */
export const figuresFor = (state: EpisodeState, unitId: string): Figure[] =>
  state.policy.dailyFigures[kindOf(state, unitId)];

export interface Digest {
  date: string;
  submitted: number;
  figures: Array<Figure & { sum: number }>;
  /** Units that owe the day and have not reported it. */
  outstanding: string[];
}

/** `reports`: the contents in force of that day's reports. */
export function digestOf(state: EpisodeState, date: string, reports: readonly DailyReportContent[]): Digest {
  const owing = unitsOf(state).filter(
    (unit) => owesDay(responseOf(state, unit), date) && unit.reports[date]?.status !== 'withdrawn',
  );
  const outstanding = owing.filter(({ reports }) => reports[date]?.seq === undefined).map(({ unitId }) => unitId);
  const sums = new Map<string, number>();
  for (const { figures } of reports) {
    for (const [id, value] of Object.entries(figures)) sums.set(id, (sums.get(id) ?? 0) + value);
  }
  return {
    date,
    submitted: owing.length - outstanding.length,
    figures: allFigures(state).map((figure) => ({ ...figure, sum: sums.get(figure.id) ?? 0 })),
    outstanding,
  };
}

/** Of every kind of unit, each once. */
export function allFigures(state: EpisodeState): Figure[] {
  const { department, street } = state.policy.dailyFigures;
  return [...new Map([...department, ...street].map((figure) => [figure.id, figure])).values()];
}
