/** The units' answers: acknowledgement, implementation and daily report, summary (§3.1.3, §4.2, §5.1, §5.2). */
import { beijingIso, isReportable } from '../../plan/rules/calendar.js';
import type { Actor, CommandBody, Instant } from '../commands.js';
import { reportDue } from '../due.js';
import type { AnsweredNotices } from '../entries.js';
import { hashOf } from '../hash-chain.js';
import { noticeOf, responseOf, shortHash } from '../state.js';
import type { EpisodeState, ImplementationDeadline, UnitState } from '../state-types.js';
import { isPaused } from '../suspensions.js';
import { type Decision, draft, throughOf } from './decision.js';
import { withIds } from './problems.js';
import { refuse, refuseNow } from './refusals.js';

type Body<K extends CommandBody['kind']> = Extract<CommandBody, { kind: K }>;

/**
 * Meets every open acknowledgement, that of a lifting too, or of those only the ones that the command names. With none open,
 * it repeats the last one. After the response only the lifting can be acknowledged.
 */
export function acknowledge(state: EpisodeState, unit: UnitState, body: Body<'acknowledge'>, actor: Actor): Decision {
  const { rules } = state.binding;
  const isOver = state.liftedAt !== undefined;
  const asked = [...(isOver ? [] : unit.acknowledgements), ...(unit.lifting ? [unit.lifting] : [])].filter(
    ({ noticeId }) => body.noticeIds?.includes(noticeId) ?? true,
  );
  if (isOver && asked.length === 0) return refuseNow(state, 'lifted');
  const open = answerable(state, asked);
  if (open.noticeIds.length === 0 && unit.acknowledgedSeq !== undefined) return { repeats: unit.acknowledgedSeq };
  return [
    draft(
      'unit.acknowledged',
      actor,
      { ...open, ...throughOf(body) },
      { unitId: unit.unitId, clause: isOver ? rules.lifts : rules.acknowledgement },
    ),
  ];
}

/** §4.2: one implementation report answers every notice whose report is still owed. */
export function reportImplementation(
  state: EpisodeState,
  unit: UnitState,
  body: Body<'reportImplementation'>,
  actor: Actor,
): Decision {
  if (state.liftedAt !== undefined) return refuseNow(state, 'lifted');
  if (state.responseLevel === undefined) return refuseNow(state, 'responseNotStarted');
  return [
    draft(
      'implementation.reported',
      actor,
      { text: body.text, ...answerable(state, unit.implementation), ...throughOf(body) },
      { unitId: unit.unitId, clause: state.binding.rules.implementation },
    ),
  ];
}

/** §5.1: the report of a day that is over. Other content corrects the first. Taken until the episode closes. */
export function submitDailyReport(
  state: EpisodeState,
  unit: UnitState,
  { date, content: given, ...body }: Body<'submitDailyReport'>,
  actor: Actor,
  now: Instant,
): Decision {
  if (state.responseLevel === undefined || !isReportable(responseOf(state, unit), date, now))
    return refuse('reportDay', state.binding.rules, { date });
  const before = unit.reports[date];
  // A suspension may be entered after the report: what the day's digest sums up can still be corrected.
  if (before?.seq === undefined && isPaused(state, unit, date))
    return refuse('dayPaused', state.binding.rules, { date });
  const options = { unitId: unit.unitId, clause: state.binding.rules.daily };
  const problems = given.problems && withIds(state, unit, date, given.problems, now);
  if (problems && 'type' in problems) return problems;
  const { problems: _, ...told } = given;
  const content = { ...told, ...(problems && { problems }) };
  const contentHash = hashOf(content);
  if (before?.seq !== undefined) {
    if (before.hash === shortHash(contentHash)) return { repeats: before.seq };
    const data = { date, corrects: before.seq, content, contentHash, ...throughOf(body) };
    return [draft('report.corrected', actor, data, options)];
  }
  const dueAt = reportDue(state, date);
  return [
    draft(
      'report.submitted',
      actor,
      { date, dueAt: beijingIso(dueAt), late: now > dueAt, content, contentHash, ...throughOf(body) },
      options,
    ),
  ];
}

/** §5.2: work, lessons, shortcomings, proposals; taken from lifting until the episode closes. */
export function submitSummary(
  state: EpisodeState,
  unit: UnitState,
  { content, ...body }: Body<'submitSummary'>,
  actor: Actor,
  now: Instant,
): Decision {
  if (state.summaryDueAt === undefined)
    return refuseNow(state, state.liftedAt === undefined ? 'notLifted' : 'cancelled');
  const contentHash = hashOf(content);
  const before = unit.summary;
  if (before?.seq !== undefined && before.hash === shortHash(contentHash)) return { repeats: before.seq };
  const late = before?.seq === undefined ? now > state.summaryDueAt : before.status === 'late';
  return [
    draft(
      'summary.submitted',
      actor,
      {
        dueAt: beijingIso(state.summaryDueAt),
        late,
        content,
        contentHash,
        ...(before?.seq === undefined ? {} : { corrects: before.seq }),
        ...throughOf(body),
      },
      { unitId: unit.unitId, clause: state.binding.rules.summary },
    ),
  ];
}

type Answerable = Pick<ImplementationDeadline, 'noticeId' | 'status'>;

function answerable(state: EpisodeState, deadlines: readonly Answerable[]): AnsweredNotices {
  const ids = (...statuses: string[]) =>
    deadlines.filter(({ status }) => statuses.includes(status)).map(({ noticeId }) => noticeId);
  const noticeIds = ids('pending', 'missed', 'suspended');
  const noticeNumbers = noticeIds.flatMap((noticeId) => noticeOf(state, noticeId).number ?? []);
  return { noticeIds, noticeNumbers, lateFor: ids('missed') };
}
