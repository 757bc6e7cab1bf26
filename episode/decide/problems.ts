/** Problems that units find: told in daily reports, and put right there or by a word of their own. */
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Actor, CommandBody, GivenProblem, Instant, Refusal } from '../commands.js';
import type { ReportedProblem } from '../entries.js';
import { hashOfProblem, isOpenProblem, MOST_PROBLEMS, numberOfProblem } from '../problems.js';
import { own } from '../state.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { type Decision, draft, throughOf } from './decision.js';
import { refuse } from './refusals.js';

/**
 * Gives each problem of a report its id. Without one, a problem is the one of the same words that is open or stands in a
 * report of the day, or else a new one. So a report sent again, or corrected, doubles none. One that was put right and is
 * there again on a later day is a new one: under its old id nobody would look for it.
 */
export function withIds(
  state: EpisodeState,
  unit: UnitState,
  date: string,
  given: readonly GivenProblem[],
  now: Instant,
): ReportedProblem[] | Refusal {
  const { rules } = state.binding;
  const told: ReportedProblem[] = [];
  let found = state.problemsFound;
  const known = idsByHash(unit, date);
  const taken = new Set(given.flatMap(({ problemId }) => problemId ?? []));
  for (const { problemId, ...words } of given) {
    const early = [words.foundAt, words.resolvedAt].find((time) => time !== undefined && Date.parse(time) > now);
    if (early !== undefined) return refuse('problemTime', rules, { what: words.what, time: early });
    if (problemId !== undefined) {
      const before = own(unit.problems, problemId);
      if (!before) return refuse('problemUnknown', rules, { problemId });
      const isAgain = !isOpenProblem(before) && !before.days.includes(date) && words.resolvedAt === undefined;
      if (isAgain) return refuse('problemSettled', rules, { problemId });
    }
    const same = known.get(hashOfProblem(words))?.find((one) => !taken.has(one));
    const id = problemId ?? same ?? `p${found + 1}`;
    taken.add(id);
    found = Math.max(found, numberOfProblem(id));
    told.push({ problemId: id, ...words });
  }
  const ofUnit = Object.keys(unit.problems).length + found - state.problemsFound;
  if (found > MOST_PROBLEMS.ofEpisode || ofUnit > MOST_PROBLEMS.ofUnit)
    return refuse('problemsTooMany', rules, { most: MOST_PROBLEMS.ofUnit, inAll: MOST_PROBLEMS.ofEpisode });
  return told;
}

/** The problems that a report of the day may mean by their words. */
function idsByHash({ problems }: UnitState, date: string): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const [id, problem] of Object.entries(problems))
    if (isOpenProblem(problem) || problem.days.includes(date))
      ids.set(problem.hash, [...(ids.get(problem.hash) ?? []), id]);
  return ids;
}

/** Also after lifting, as long as the episode is open. */
export function settleProblem(
  state: EpisodeState,
  unit: UnitState,
  { problemId, at, note, ...body }: Extract<CommandBody, { kind: 'settleProblem' }>,
  actor: Actor,
  now: Instant,
): Decision {
  const { rules } = state.binding;
  const problem = own(unit.problems, problemId);
  if (!problem) return refuse('problemUnknown', rules, { problemId });
  if (!isOpenProblem(problem)) return refuse('problemSettled', rules, { problemId });
  const moment = at === undefined ? now : Date.parse(at);
  if (moment > now) return refuse('problemTime', rules, { what: problemId, time: at! });
  const data = { problemId, at: beijingIso(moment), note, ...throughOf(body) };
  return [draft('problem.settled', actor, data, { unitId: unit.unitId, clause: rules.daily })];
}
