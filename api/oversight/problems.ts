import { type ListedProblem, listProblems, type ProblemFilter } from '../../ledger/reading/problems.js';
import type { Context } from '../engine/context.js';

/** Nothing is added to a sealed record: what was open then stays listed, and says so. */
const OPEN_AT_THE_END = '过程已归档，归档时尚未整改；后续整改请由本单位自行登记，再次发现的在以后的过程中填报';

interface Asked extends Omit<ProblemFilter, 'open'> {
  state?: 'open' | 'resolved';
}

export async function problemsAnswer({ database }: Context, { state, ...filter }: Asked) {
  const page = await listProblems(database, { ...filter, ...(state === undefined ? {} : { open: state === 'open' }) });
  return { status: 200 as const, body: { ...page, items: page.items.map(problemView) } };
}

function problemView({ report, words, settlement, ...problem }: ListedProblem) {
  const { resolvedAt: _, ...told } = words;
  const day = 'date' in report.data ? { reportedOn: report.data.date } : {};
  return {
    ...problem,
    ...told,
    ...day,
    ...(settlement && settlementView(settlement, words.problemId)),
    ...(problem.open && problem.phase === 'closed' ? { note: OPEN_AT_THE_END } : {}),
  };
}

function settlementView({ kind, data }: NonNullable<ListedProblem['settlement']>, problemId: string) {
  if (kind === 'problem.settled') return { resolvedAt: data.at, ...(data.note === '' ? {} : { note: data.note }) };
  if (kind !== 'report.submitted' && kind !== 'report.corrected') return {};
  const told = data.content.problems?.find((one) => one.problemId === problemId);
  return told?.resolvedAt === undefined ? {} : { resolvedAt: told.resolvedAt };
}
