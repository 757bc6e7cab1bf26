/**
 * Invariants of every life, judged from its entries alone and by other means than the core's. Each function returns the
 * faults that it finds.
 */
import { addDays, beijingDate, beijingInstant, endOfDay, HOUR, MINUTE } from '../../plan/rules/calendar.js';
import { compareWarnings } from '../../plan/rules/levels.js';
import type { QuietHours, WarningLevel } from '../../plan/types.js';
import type { Entry, EntryKind } from '../entries.js';
import { GENESIS } from '../hash-chain.js';
import { abandonmentFaults } from './abandonment-invariants.js';
import { callFaults } from './call-invariants.js';
import { type Of, of, time } from './entries-of.js';
import { heldFaults, isAtNight, quietFaults, valuesAt } from './level-invariants.js';
import { effectFaults, endQuestionFaults, enteredNotices, numberFaults } from './notice-invariants.js';
import { problemFaults } from './problem-invariants.js';
import { referralFaults, supervisorFaults } from './referral-invariants.js';
import { stepFaults } from './step-invariants.js';
import { submissionFaults } from './submission-invariants.js';
import { isDayPaused, suspensionFaults } from './suspension-invariants.js';
import { tasksTold } from './task-invariants.js';

export const lifeFaultsOf = (entries: readonly Entry[], now: number): string[] => [
  ...chainFaults(entries),
  ...orderFaults(entries),
  ...toldFaults(entries),
  ...noticeDeadlineFaults(entries, now),
  ...reportFaults(entries, now),
  ...closingDeadlineFaults(entries, now),
  ...taskDeadlineFaults(entries, now),
  ...tasksTold(entries).faults,
  ...stepFaults(entries),
  ...quietFaults(entries),
  ...heldFaults(entries),
  ...supervisorFaults(entries),
  ...referralFaults(entries),
  ...digestFaults(entries, now),
  ...problemFaults(entries),
  ...submissionFaults(entries, (date) => reportDueOf(entries, date)),
  ...messageFaults(entries),
  ...callFaults(entries),
  ...withdrawnNoticeFaults(entries),
  ...abandonmentFaults(entries, now),
  ...numberFaults(entries),
  ...effectFaults(entries, now),
  ...endQuestionFaults(entries, now),
  ...suspensionFaults(entries, now),
];

/** The end of the response for the units: lifting, or the end of a drill that nobody touched. */
function responseEndOf(entries: readonly Entry[]): number {
  const [ended] = of(entries, 'response.ended');
  if (ended) return time(ended.data.effectiveAt);
  const [abandoned] = of(entries, 'drill.abandoned');
  return abandoned ? time(abandoned.data.abandonedAt) : Number.POSITIVE_INFINITY;
}

/** Numbers and links; that each hash is that of its entry has a test of its own. */
function chainFaults(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry, i) => {
    const good = entry.seq === i + 1 && entry.previousHash === (entries[i - 1]?.hash ?? GENESIS);
    return good ? [] : [`entry ${i + 1} breaks the chain`];
  });
}

const CLOSING: EntryKind[] = ['follow-up.submitted', 'review.published', 'episode.closed'];
const WITH_RESPONSE: EntryKind[] = ['warning.issued', 'response.started', 'response.ended', ...CLOSING];
const WITHOUT_RESPONSE: EntryKind[] = ['warning.issued', 'response.cancelled', ...CLOSING];
const PHASE_ENTRIES = [...new Set([...WITH_RESPONSE, ...WITHOUT_RESPONSE])];

function orderFaults(entries: readonly Entry[]): string[] {
  const faults: string[] = [];
  entries.forEach((entry, i) => {
    const before = entries[i - 1];
    if (before && time(entry.episodeTime) < time(before.episodeTime)) faults.push(`${entry.seq} runs back in time`);
    if (before?.kind === 'episode.closed') faults.push(`${entry.seq} after the seal`);
  });
  // A lifting may be noticed before anything takes effect; what the phases come from keeps its order otherwise.
  const expected = of(entries, 'response.cancelled').length > 0 ? WITHOUT_RESPONSE : WITH_RESPONSE;
  const isAbandoned = of(entries, 'drill.abandoned').length > 0;
  of(entries, ...PHASE_ENTRIES).forEach(({ kind }, i) => {
    if (kind === 'episode.closed' && isAbandoned) return;
    if (kind !== expected[i]) faults.push(`phase entry ${kind} at place ${i}`);
  });
  for (const { data, seq } of of(entries, 'warning.issued', 'level.adjusted')) {
    if (compareWarnings(data.level, data.cityLevel) < 0) faults.push(`${seq} is below the city's level`);
  }
  return faults;
}

/** Every unit is told of every notice, once; one that joins, of those it finds. */
function toldFaults(entries: readonly Entry[]): string[] {
  const all = of(entries, 'unit.notified');
  return of(entries, 'warning.issued', 'level.adjusted', 'warning.lifted').flatMap(({ seq, data: { noticeId } }) => {
    const joined = new Map(of(entries, 'unit.added').map((entry) => [entry.unitId, entry.seq]));
    const told = all.filter(({ data }) => data.noticeId === noticeId).map(({ unitId }) => unitId);
    const units = [...new Set(all.map(({ unitId }) => unitId))];
    const missing = units.filter((unitId) => (joined.get(unitId) ?? 0) < seq && !told.includes(unitId));
    return [
      ...missing.map((unitId) => `${unitId} is not told of ${noticeId}`),
      ...(new Set(told).size < told.length ? [`units are told of ${noticeId} twice`] : []),
    ];
  });
}

interface Outcomes {
  inTime: number;
  missed: number;
  late: number;
  withdrawn: number;
}

/** Once due: in time, missed or withdrawn, and just one of them; late only after missed, and once. Before: at most one. */
function verdict(name: string, { inTime, missed, late, withdrawn }: Outcomes, passed: boolean): string[] {
  const settled = inTime + missed + withdrawn;
  const good = (passed ? settled === 1 : settled <= 1) && late <= missed && (passed || missed === 0 || withdrawn === 0);
  return good
    ? []
    : [`${name}: in time ${inTime}, missed ${missed}, late ${late}, withdrawn ${withdrawn}, passed ${passed}`];
}

function noticeDeadlineFaults(entries: readonly Entry[], now: number): string[] {
  const kinds = [
    {
      deadline: 'acknowledgement',
      opened: 'unit.notified',
      met: 'unit.acknowledged',
      missed: 'acknowledgement.missed',
    },
    { deadline: 'lifting', opened: 'unit.notified', met: 'unit.acknowledged', missed: 'lifting.missed' },
    {
      deadline: 'implementation',
      opened: 'task.assigned',
      met: 'implementation.reported',
      missed: 'implementation.missed',
    },
  ] as const;
  return kinds.flatMap(({ deadline, opened, met, missed }) =>
    of(entries, opened).flatMap(({ unitId, data, seq }) => {
      const dueAt =
        'acknowledgementDueAt' in data
          ? data.acknowledgementDueAt
          : 'implementationDueAt' in data
            ? data.implementationDueAt
            : undefined;
      if (dueAt === undefined) return [];
      const isOfLifting = 'occasion' in data && data.occasion === 'lifting';
      if (isOfLifting !== (deadline === 'lifting')) return [];
      const { noticeId } = data;
      const mine = entries.filter((entry) => entry.unitId === unitId && entry.seq > seq);
      const moves = dueMoments(
        time(dueAt),
        mine,
        (named) => named.deadline === deadline && named.noticeId === noticeId,
      );
      const dueBefore = ({ seq: at }: Entry) => moves.findLast((move) => move.seq < at)!.due;
      const answers = of(mine, met).filter((entry) => entry.data.noticeIds.includes(noticeId));
      const inTime = answers.filter((entry) => !entry.data.lateFor.includes(noticeId));
      const outcomes = {
        inTime: inTime.length,
        late: answers.length - inTime.length,
        missed: of(mine, missed).filter((entry) => entry.data.noticeId === noticeId && !isUndone(entry, moves)).length,
        withdrawn: of(mine, 'deadline.withdrawn').filter(
          ({ data: taken }) =>
            taken.deadline === deadline && taken.noticeId === noticeId && taken.suspensionId === undefined,
        ).length,
      };
      const wrongSide = [
        ...inTime.filter((entry) => time(entry.episodeTime) > dueBefore(entry)),
        ...of(mine, missed).filter(
          (entry) => entry.data.noticeId === noticeId && time(entry.episodeTime) <= dueBefore(entry),
        ),
      ].map((entry) => `${entry.seq} on the wrong side of its time`);
      return [...verdict(`${deadline} ${unitId} ${noticeId}`, outcomes, moves.at(-1)!.due < now), ...wrongSide];
    }),
  );
}

/** When a deadline is due, from which entry on: never while a suspension holds it off. */
function dueMoments(
  first: number,
  mine: readonly Entry[],
  isIt: (named: Of<'deadline.withdrawn' | 'deadline.reopened'>['data']) => boolean,
): Array<{ seq: number; due: number }> {
  const moves = of(mine, 'deadline.withdrawn', 'deadline.reopened').filter(
    ({ kind, data }) => isIt(data) && (kind === 'deadline.reopened' || data.suspensionId !== undefined),
  );
  return [
    { seq: 0, due: first },
    ...moves.map(({ seq, data }) => ({ seq, due: 'dueAt' in data ? time(data.dueAt) : Number.POSITIVE_INFINITY })),
  ];
}

/** Missed, and held off since: the suspension was entered late. */
const isUndone = ({ seq }: Entry, moves: Array<{ seq: number; due: number }>): boolean =>
  moves.some((move) => move.seq > seq && move.due === Number.POSITIVE_INFINITY);

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The level that was entered and in force before the end of a day. */
function levelOfDay(entries: readonly Entry[], date: string): WarningLevel {
  const announced = of(entries, 'warning.issued', 'level.adjusted');
  // One that was overtaken never took effect.
  const taken = new Set(of(entries, 'response.started', 'response.adjusted').map(({ data }) => data.noticeId));
  const known = announced.filter(
    ({ data, episodeTime }) =>
      taken.has(data.noticeId) && Math.max(time(data.notice.effectiveAt), time(episodeTime)) < endOfDay(date),
  );
  return (known.at(-1) ?? announced[0]!).data.level;
}

/**
 * A day's report is due at the policy's hour the day after, or at the first such hour after the entry of the notice that
 * began it (§5.1); in quiet hours that move it, at their end.
 */
function reportDueOf(entries: readonly Entry[], date: string): number {
  const { policy } = of(entries, 'warning.issued')[0]!.data;
  const { dailyReportTime, quiet } = valuesAt(policy, levelOfDay(entries, date));
  const began = of(entries, 'response.started')[0]!.data.noticeId;
  const entered = enteredNotices(entries).find(({ data }) => data.noticeId === began)!;
  let dueAt = endOfDay(date) + minutesOf(dailyReportTime) * MINUTE;
  while (dueAt <= time(entered.episodeTime)) dueAt += 24 * HOUR;
  return quiet.moves.includes('report') ? minuteAfterNight(dueAt, quiet) : dueAt;
}

/** The moment itself, or the end of the night around it. */
function minuteAfterNight(moment: number, quiet: QuietHours): number {
  let later = moment;
  while (isAtNight(later, quiet)) later += MINUTE;
  return later;
}

/** Days by intersection with the half-open response (§5.1). */
function reportFaults(entries: readonly Entry[], now: number): string[] {
  const started = of(entries, 'response.started')[0];
  if (!started) return of(entries, 'report.missed', 'report.submitted').map(({ seq }) => `${seq} before any response`);
  const until = responseEndOf(entries);
  const closed = of(entries, 'episode.closed').length > 0;
  const joined = new Map(of(entries, 'unit.added').map((entry) => [entry.unitId, time(entry.episodeTime)]));
  const units = new Set(of(entries, 'task.assigned').map(({ unitId }) => unitId));
  const faults: string[] = [];
  for (const unitId of units) {
    const from = Math.max(time(started.data.effectiveAt), joined.get(unitId) ?? Number.NEGATIVE_INFINITY);
    const mine = entries.filter((entry) => entry.unitId === unitId);
    for (let date = addDays(beijingDate(from), -2); date <= addDays(beijingDate(now), 1); date = addDays(date, 1)) {
      const onDay = mine.filter((entry) => 'date' in entry.data && entry.data.date === date);
      const submitted = of(onDay, 'report.submitted');
      const outcomes = {
        inTime: submitted.filter(({ data }) => !data.late).length,
        late: submitted.filter(({ data }) => data.late).length,
        missed: of(onDay, 'report.missed').length,
        withdrawn: of(onDay, 'deadline.withdrawn').length,
      };
      for (const { seq, data } of of(onDay, 'report.missed', 'report.submitted'))
        if (time(data.dueAt) !== reportDueOf(entries, date)) faults.push(`${seq} has another due time`);
      const isDayOf = Math.max(from, beijingInstant(date)) < Math.min(until, endOfDay(date)) && from < until;
      const owed = isDayOf && !isDayPaused(entries, unitId, date, { from, until });
      const dueAt = reportDueOf(entries, date);
      if (owed) faults.push(...verdict(`report ${unitId} ${date}`, outcomes, dueAt < now || closed));
      else if (outcomes.missed > outcomes.withdrawn) faults.push(`report ${unitId} ${date} missed though not owed`);
      if (outcomes.inTime + outcomes.late > 1 || outcomes.missed > 1 || outcomes.withdrawn > 1)
        faults.push(`report ${unitId} ${date} twice`);
    }
  }
  return faults;
}

function closingDeadlineFaults(entries: readonly Entry[], now: number): string[] {
  const ended = of(entries, 'response.ended', 'response.cancelled')[0];
  const summaries = of(entries, 'summary.submitted', 'summary.missed');
  if (ended?.kind !== 'response.ended' && summaries.length > 0) return ['a summary that nobody owed'];
  if (!ended) return [];
  const closed = of(entries, 'episode.closed').length > 0;
  const { followUpDueAt, reviewDueAt } = ended.data;
  const judge = (
    name: string,
    done: Array<{ data: { late: boolean } }>,
    missed: number,
    withdrawn: number,
    dueAt: string,
  ) =>
    verdict(
      name,
      {
        inTime: done.filter(({ data }) => !data.late).length,
        late: done.filter(({ data }) => data.late).length,
        missed,
        withdrawn,
      },
      time(dueAt) < now || closed,
    );
  const units = new Set(of(entries, 'task.assigned').map(({ unitId }) => unitId));
  const takenOff = (deadline: 'follow-up' | 'review') =>
    of(entries, 'deadline.withdrawn').filter(({ data }) => data.deadline === deadline).length;
  const [sent, missed] = [of(entries, 'follow-up.submitted'), of(entries, 'follow-up.missed').length];
  return [
    ...judge('follow-up', sent, missed, takenOff('follow-up'), followUpDueAt),
    ...judge(
      'review',
      of(entries, 'review.published'),
      of(entries, 'review.missed').length,
      takenOff('review'),
      reviewDueAt,
    ),
    ...[...units].flatMap((unitId) => {
      if (ended.kind !== 'response.ended') return [];
      const { summaryDueAt } = ended.data;
      const mine = entries.filter((entry) => entry.unitId === unitId);
      const first = of(mine, 'summary.submitted').filter(({ data }) => data.corrects === undefined);
      const withdrawn = of(mine, 'deadline.withdrawn').filter(({ data }) => data.deadline === 'summary').length;
      return judge(`summary ${unitId}`, first, of(mine, 'summary.missed').length, withdrawn, summaryDueAt);
    }),
  ];
}

/** A task with a time of its own has one outcome for each time it was opened: when it was added, and when taken back. */
function taskDeadlineFaults(entries: readonly Entry[], now: number): string[] {
  return of(entries, 'task.added').flatMap(({ unitId, data: { taskId, dueAt } }) => {
    if (dueAt === undefined) return [];
    const mine = entries.filter(
      (entry) => entry.unitId === unitId && 'taskId' in entry.data && entry.data.taskId === taskId,
    );
    const faults: string[] = [];
    let due = time(dueAt);
    let outcomes: Outcomes = { inTime: 0, missed: 0, late: 0, withdrawn: 0 };
    for (const entry of mine) {
      if (entry.kind === 'task.completed') outcomes[entry.data.late ? 'late' : 'inTime'] += 1;
      if (entry.kind === 'task.missed') outcomes.missed += 1;
      if (entry.kind === 'deadline.withdrawn') {
        if (entry.data.suspensionId === undefined) outcomes.withdrawn += 1;
        else {
          due = Number.POSITIVE_INFINITY;
          outcomes.missed = 0;
        }
      }
      if (entry.kind === 'deadline.reopened') due = time(entry.data.dueAt);
      if (entry.kind !== 'task.withdrawn') continue;
      faults.push(...verdict(`task ${unitId} ${taskId}`, outcomes, true));
      outcomes = { inTime: 0, missed: 0, late: 0, withdrawn: 0 };
      due = time(entry.data.dueAt!);
    }
    return [...faults, ...verdict(`task ${unitId} ${taskId}`, outcomes, due < now)];
  });
}

/** §5.1: one digest for each day owed, in order, none before the hour. */
function digestFaults(entries: readonly Entry[], now: number): string[] {
  const started = of(entries, 'response.started')[0];
  const digests = of(entries, 'digest.compiled');
  if (!started) return digests.map(({ seq }) => `${seq} sums up no response`);
  const from = time(started.data.effectiveAt);
  const issued = of(entries, 'warning.issued')[0]!;
  const until = responseEndOf(entries);
  const published = of(entries, 'review.published')[0];
  const abandoned = of(entries, 'drill.abandoned')[0];
  const end = published ? time(published.episodeTime) : abandoned ? time(abandoned.data.abandonedAt) : now;
  const days = digests.map(({ data }) => data.date);
  const faults = days.flatMap((date, i) =>
    date === addDays(beijingDate(from), i) ? [] : [`digest of ${date} out of order`],
  );
  let at = from;
  for (let date = beijingDate(from); beijingInstant(date) < Math.min(until, end); date = addDays(date, 1)) {
    const dueAt = reportDueOf(entries, date);
    const { digestTime } = valuesAt(issued.data.policy, levelOfDay(entries, date));
    // In order: a day at yellow that is summed up in the evening holds up the next, at red, of the morning.
    at = Math.max(at, beijingInstant(beijingDate(dueAt), digestTime), dueAt + 1);
    if (from < until && at < end && !days.includes(date)) faults.push(`no digest of ${date}`);
  }
  return faults;
}

/**
 * A notice that was withdrawn was answered by then, or overtaken by a later one in force, or the response had ended, or
 * nobody had touched the drill. So a notice in force is delivered, answered, or overtaken by one in force.
 */
function withdrawnNoticeFaults(entries: readonly Entry[]): string[] {
  const enteredBy = new Map(
    of(entries, 'warning.issued', 'level.adjusted').map(({ data, seq }) => [data.noticeId, seq]),
  );
  const notices = new Map(of(entries, 'unit.notified').map((entry) => [`unit:${entry.unitId}:${entry.seq}`, entry]));
  return of(entries, 'notification.withdrawn').flatMap(({ seq, data }) => {
    const before = entries.slice(0, seq - 1);
    const ended = of(before, 'response.ended', 'response.cancelled', 'drill.abandoned').length > 0;
    return data.messages.flatMap((message) => {
      const notified = notices.get(message);
      if (!notified || ended) return [];
      const { unitId, data: told } = notified;
      const answered = of(before, 'unit.acknowledged').some(
        (entry) => entry.unitId === unitId && entry.data.noticeIds.includes(told.noticeId),
      );
      const overtaken = of(before, 'response.started', 'response.adjusted').some(
        (entry) => enteredBy.get(entry.data.noticeId)! > enteredBy.get(told.noticeId)!,
      );
      const awaited = of(before, 'notification.sent').some(
        (one) => one.data.message === message && one.data.awaitsReceipt,
      );
      if (data.reason === 'no-receipt') return awaited ? [] : [`${seq} waits for no receipt of ${message}`];
      return answered || overtaken ? [] : [`${seq} withdraws ${message}, which nothing in force has overtaken`];
    });
  });
}

/** Each message ends at most once, and before the seal every one has ended. */
function messageFaults(entries: readonly Entry[]): string[] {
  const ends = new Map<string, number>();
  const end = (message: string) => ends.set(message, (ends.get(message) ?? 0) + 1);
  for (const { data } of of(entries, 'notification.sent', 'notification.failed', 'notification.delivered'))
    if (data.final) end(data.message);
  for (const { data } of of(entries, 'notification.withdrawn')) for (const message of data.messages) end(message);
  const twice = [...ends].filter(([, count]) => count > 1).map(([message]) => `${message} ended twice`);
  const closed = entries.at(-1)?.kind === 'episode.closed';
  const wanted = [
    ...of(entries, 'unit.notified').map(({ unitId, seq }) => `unit:${unitId}:${seq}`),
    ...of(entries, 'deadline.reminded', 'deadline.escalated').map(({ data }) => data.message),
    ...of(entries, 'digest.compiled', 'digest.reminded', 'drill.abandoned', 'end.asked').map(
      ({ seq }) => `office:${seq}`,
    ),
    ...of(entries, 'digest.submitted', 'follow-up.submitted').map(({ seq }) => `city:${seq}`),
    ...of(entries, 'unit.referred').map(({ data, seq }) => `${data.to}:${seq}`),
    ...of(entries, 'unit.suspended', 'unit.resumed').flatMap(({ unitId, seq, data }) =>
      data.taskIds?.length === 0 ? [] : [`unit:${unitId}:${seq}`],
    ),
    ...of(entries, 'task.withdrawn', 'task.applicable').flatMap(({ unitId, seq, actor, data }) =>
      actor.role === 'unit' || data.onBehalf ? [] : [`unit:${unitId}:${seq}`],
    ),
    ...of(entries, 'task.added').flatMap(({ unitId, seq, actor }) =>
      actor.role === 'unit' ? [] : [`unit:${unitId}:${seq}`],
    ),
  ];
  const open = [...new Set(wanted)].filter((message) => !ends.has(message));
  return [...twice, ...(closed ? open.map((message) => `message ${message} has no outcome`) : [])];
}
