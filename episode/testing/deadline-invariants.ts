/** Invariants of deadlines: each has one outcome, on the right side of its time. */
import type { Entry } from '../entries.js';
import { type Of, of, time } from './entries-of.js';

interface Outcomes {
  inTime: number;
  missed: number;
  late: number;
  withdrawn: number;
}

/** Once due: in time, missed or withdrawn, and just one of them; late only after missed, and once. Before: at most one. */
export function verdict(name: string, { inTime, missed, late, withdrawn }: Outcomes, passed: boolean): string[] {
  const settled = inTime + missed + withdrawn;
  const good = (passed ? settled === 1 : settled <= 1) && late <= missed && (passed || missed === 0 || withdrawn === 0);
  return good
    ? []
    : [`${name}: in time ${inTime}, missed ${missed}, late ${late}, withdrawn ${withdrawn}, passed ${passed}`];
}

export function noticeDeadlineFaults(entries: readonly Entry[], now: number): string[] {
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

export function closingDeadlineFaults(entries: readonly Entry[], now: number): string[] {
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
export function taskDeadlineFaults(entries: readonly Entry[], now: number): string[] {
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
