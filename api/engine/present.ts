import { breachesOfOffice } from '../../episode/breaches.js';
import { episodeTimeAt } from '../../episode/clock.js';
import type { Instant, Notice } from '../../episode/commands.js';
import type { Entry, ReportedProblem } from '../../episode/entries.js';
import { profileOf } from '../../episode/level-tasks.js';
import type { NoticeView } from '../../episode/notice-views.js';
import { openProblemsOf, problemIn } from '../../episode/problems.js';
import { kindOf } from '../../episode/state.js';
import type { EpisodeState, ProblemState, WhereSaid } from '../../episode/state-types.js';
import {
  type EpisodeView,
  episodeViewOf,
  type TaskView,
  type UnitPage,
  type UrgeView,
  unitPageOf,
} from '../../episode/views.js';
import { keptEdition } from '../../ledger/editions.js';
import { findEntries, type ListedEpisode } from '../../ledger/reading/reading.js';
import type { KeptEdition } from '../../plan/edition/edition.js';
import type { Clause } from '../../plan/rules/clauses.js';
import type { ResponseLevel, TaskWords, Unit } from '../../plan/types.js';
import type { Context } from './context.js';

/** Episode time now, never before the last entry. */
export const episodeNow = ({ clock }: Context, state: EpisodeState): Instant =>
  episodeTimeAt(state.clock, Math.max(clock(), state.head.at));

interface Made extends Pick<Entry, 'seq' | 'at' | 'episodeTime' | 'hash'> {
  kind: string;
}

/** The part of an entry that is shown to the sender of its command. */
export const madeEntry = ({ seq, at, episodeTime, kind, hash }: Made) => ({ seq, at, episodeTime, kind, hash });

type NoticeAnswer = Pick<NoticeView, 'noticeId' | 'number' | 'received'> & Omit<Notice, 'number' | 'received'>;
type EpisodeAnswer = EpisodeView & { notice: NoticeAnswer };

/** An episode with the notice that started it. */
export const episodeAnswer = async (context: Context, state: EpisodeState): Promise<EpisodeAnswer> =>
  answerWith(context, state, await theEntry(context, state.episodeId, 1));

/** The same in a list. What was late in it, of its units and its office, is for those who see the whole: a unit does not read it. */
export function listedAnswer(context: Context, { state, first, units }: ListedEpisode, isOfAll: boolean) {
  const answer = answerWith(context, state, first);
  if (!isOfAll) return answer;
  const ofOffice = breachesOfOffice(state).map(({ outcome }) => outcome);
  const count = (of: 'late' | 'missed') => units[of] + ofOffice.filter((outcome) => outcome === of).length;
  return {
    ...answer,
    lateness: { late: count('late'), missed: count('missed'), referrals: state.referrals.length },
  };
}

function answerWith(context: Context, state: EpisodeState, issued: Entry): EpisodeAnswer {
  if (issued.kind !== 'warning.issued') throw new Error(`episode ${state.episodeId} does not begin with its warning`);
  const view = episodeViewOf(state, episodeNow(context, state));
  const { noticeId, number, ownNotice, received } = view.notices[0]!;
  // The numbers may have been added or corrected since; the person who rang stands in the history alone.
  const { number: _, ownNotice: __, received: ___, ...notice } = issued.data.notice;
  const since = { ...(number && { number }), ...(ownNotice && { ownNotice }), ...(received && { received }) };
  return { ...view, notice: { noticeId, ...since, ...notice } };
}

/** An entry that must exist. */
export async function theEntry({ reads }: Context, episodeId: string, seq: number): Promise<Entry> {
  const entry = await reads.entry(episodeId, seq);
  if (!entry) throw new Error(`entry ${seq} of episode ${episodeId} is not in the record`);
  return entry;
}

type TaskAnswer = Omit<TaskView, 'addedSeq' | 'cancelledSeq' | 'notApplicable'> & {
  cancelled?: { reason: string; seq: number };
  notApplicable?: { reason: string; episodeId: string; seq: number };
  level: ResponseLevel;
  text: string;
  alsoClauses?: Clause[];
} & Partial<TaskWords>;

type UrgeAnswer = UrgeView & { text?: string };

/**
 * A unit's page with the words of each task. The edition's tasks take them from the episode's own edition, added tasks
 * from their entry. A duty that runs at several levels has the level in force.
 */
export async function unitAnswer(
  context: Context,
  state: EpisodeState,
  unitId: string,
): Promise<
  Omit<UnitPage, 'tasks' | 'urges'> & {
    tasks: TaskAnswer[];
    urges: UrgeAnswer[];
    openProblems: ReportedProblem[];
    publishes?: true;
  }
> {
  const edition = await keptEdition(context.database, state.binding.editionHash);
  const unit = { unitId, kind: kindOf(state, unitId) };
  const page = unitPageOf(state, unitId, episodeNow(context, state));
  const inForce = state.responseLevel ?? 'III';
  const open = openProblemsOf(state.units[unitId]!);
  const told = await toldIn(context, state, page, open);
  const publishes = edition.plan.publicInformation.published.units.includes(unitId);
  return {
    ...page,
    ...(publishes ? { publishes: true as const } : {}),
    tasks: page.tasks.map(({ addedSeq, cancelledSeq, notApplicable, ...task }) => ({
      ...task,
      level: task.level ?? inForce,
      ...(addedSeq === undefined ? wordsOf(edition, task.taskId, unit) : { text: told.text(addedSeq) }),
      ...(cancelledSeq !== undefined && { cancelled: { reason: told.reason(cancelledSeq), seq: cancelledSeq } }),
      ...(notApplicable && { notApplicable: whySaid(state, unitId, notApplicable, told.reason) }),
    })),
    urges: page.urges.map((one) => ({ ...one, ...(told.text(one.seq) && { text: told.text(one.seq) }) })),
    openProblems: open.map(([problemId, { seq }]) => told.problem(seq, problemId)),
  };
}

/** What entries say: texts of added tasks, the office's words with an urge, reasons of those that are not applicable, words of problems. */
async function toldIn(
  { database }: Context,
  { episodeId }: EpisodeState,
  { tasks, urges }: Pick<UnitPage, 'tasks' | 'urges'>,
  problems: ReadonlyArray<[problemId: string, ProblemState]>,
) {
  const ofTasks = tasks.flatMap(({ addedSeq, cancelledSeq, notApplicable }) => [
    ...(addedSeq === undefined ? [] : [addedSeq]),
    ...(cancelledSeq === undefined ? [] : [cancelledSeq]),
    ...(notApplicable && 'seq' in notApplicable ? [notApplicable.seq] : []),
  ]);
  const seqs = [...ofTasks, ...urges.map(({ seq }) => seq), ...problems.map(([, { seq }]) => seq)];
  const entries = await findEntries(database, episodeId, [...new Set(seqs)]);
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const said = (seq: number) => bySeq.get(seq)?.data as { text?: string; reason?: string } | undefined;
  return {
    text: (seq: number): string => said(seq)?.text ?? '',
    reason: (seq: number): string => said(seq)?.reason ?? '',
    /** Of an open one: a report that says it was put right has been corrected. */
    problem(seq: number, problemId: string): ReportedProblem {
      const { resolvedAt: _, ...words } = problemIn(bySeq.get(seq), problemId)!;
      return words;
    },
  };
}

function whySaid(
  state: EpisodeState,
  unitId: string,
  where: WhereSaid,
  reasonIn: (seq: number) => string,
): NonNullable<TaskAnswer['notApplicable']> {
  if ('seq' in where) return { reason: reasonIn(where.seq), episodeId: state.episodeId, seq: where.seq };
  const { reason, episodeId, seq } = profileOf(state, unitId).find(({ taskId }) => taskId === where.profile)!;
  return { reason, episodeId, seq };
}

function wordsOf(
  { textOf, taskWordsOf, alsoDoneBy }: KeptEdition,
  taskId: string,
  unit: Pick<Unit, 'unitId' | 'kind'>,
) {
  const alsoClauses = alsoDoneBy(taskId, unit);
  return {
    text: textOf(taskId),
    ...taskWordsOf(taskId, unit),
    ...(alsoClauses.length === 0 ? {} : { alsoClauses }),
  };
}
