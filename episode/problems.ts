/** Problems of daily reports: what is known of them, and what a day has of them. */
import type { ProblemWords } from './commands.js';
import type { Entry, ReportedProblem } from './entries.js';
import { hashOf } from './hash-chain.js';
import { shortHash, unitsOf } from './state.js';
import type { EpisodeState, ProblemState, UnitState } from './state-types.js';

/** What the state can carry. One unit does not use up what all have. */
export const MOST_PROBLEMS = { ofUnit: 500, ofEpisode: 5_000 };

export const isOpenProblem = ({ settled }: ProblemState): boolean => settled.length === 0;

export const numberOfProblem = (problemId: string): number => Number(problemId.slice(1));

/** What and where, however they are spaced. */
export const hashOfProblem = ({ what, where }: Pick<ProblemWords, 'what' | 'where'>): string =>
  shortHash(hashOf([what, where].map((words) => words.normalize('NFKC').replaceAll(/\s+/gu, ''))));

export const openProblemsOf = ({ problems }: UnitState): Array<[problemId: string, ProblemState]> =>
  Object.entries(problems).filter(([, problem]) => isOpenProblem(problem));

export const countOpenProblems = (state: EpisodeState): number =>
  unitsOf(state).reduce((count, unit) => count + openProblemsOf(unit).length, 0);

interface ProblemOfUnit {
  unitId: string;
  problemId: string;
  problem: ProblemState;
}

/** Those that reports of a day told of. A correction takes none off by not mentioning it. */
export const problemsToldOn = (state: EpisodeState, date: string): ProblemOfUnit[] =>
  unitsOf(state).flatMap(({ unitId, problems }) =>
    Object.entries(problems).flatMap(([problemId, problem]) =>
      problem.days.includes(date) ? [{ unitId, problemId, problem }] : [],
    ),
  );

/** How many there are, and how many of them are not put right. */
export function problemsOfDay(state: EpisodeState, date: string): { reported: number; open: number } {
  const reported = problemsToldOn(state, date).map(({ problem }) => problem);
  return { reported: reported.length, open: reported.filter(isOpenProblem).length };
}

/** The words of a problem in the report that has them. */
export const problemIn = (entry: Entry | undefined, problemId: string): ReportedProblem | undefined =>
  entry?.kind === 'report.submitted' || entry?.kind === 'report.corrected'
    ? entry.data.content.problems?.find((one) => one.problemId === problemId)
    : undefined;
