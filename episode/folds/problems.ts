/** What a daily report, or a correction of one, says of problems. */
import type { Instant } from '../commands.js';
import type { ReportContent } from '../entries.js';
import { hashOfProblem, numberOfProblem } from '../problems.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { changeUnit } from './units.js';

type Problems = UnitState['problems'];

interface Report {
  seq: number;
  /** Real time of the entry. */
  at: Instant;
  date: string;
  content: ReportContent;
  corrects?: number;
}

/** Nothing is taken off by a report that does not mention it. */
export function withProblems(state: EpisodeState, unitId: string, report: Report): EpisodeState {
  const { problems: told = [] } = report.content;
  const numbers = told.map(({ problemId }) => numberOfProblem(problemId));
  const numbered = { ...state, problemsFound: Math.max(state.problemsFound, ...numbers) };
  return changeUnit(numbered, unitId, ({ problems }) => ({ problems: reported(corrected(problems, report), report) }));
}

/**
 * What the corrected report said of putting right no longer holds; the correction says it again, or not. One that is silent
 * about problems leaves it standing.
 */
function corrected(problems: Problems, { seq, corrects, content }: Report): Problems {
  if (corrects === undefined) return problems;
  const next = { ...problems };
  for (const [id, problem] of Object.entries(problems)) {
    if (!problem.settled.some((one) => one.seq === corrects)) continue;
    const settled = content.problems
      ? problem.settled.filter((one) => one.seq !== corrects)
      : problem.settled.map((one) => (one.seq === corrects ? { ...one, seq } : one));
    next[id] = { ...problem, settled };
  }
  return next;
}

function reported(problems: Problems, { seq, at, date, content }: Report): Problems {
  const next = { ...problems };
  for (const { problemId, ...words } of content.problems ?? []) {
    const { days = [], reportedAt = at, settled = [] } = next[problemId] ?? {};
    const here = words.resolvedAt === undefined ? [] : [{ seq, at: Date.parse(words.resolvedAt) }];
    next[problemId] = {
      hash: hashOfProblem(words),
      seq,
      reportedAt,
      days: days.includes(date) ? days : [...days, date],
      settled: [...settled, ...here],
    };
  }
  return next;
}
