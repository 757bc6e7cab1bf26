/** What a unit owes at a moment: deadlines that it can still meet and that no suspension holds. */
import { reportableDays } from '../plan/rules/calendar.js';
import type { Instant, UnitDeadline } from './commands.js';
import { isOpen, reportDue } from './due.js';
import { responseOf } from './state.js';
import type { EpisodeState, UnitState } from './state-types.js';
import { holding } from './suspensions.js';

export interface Owed extends UnitDeadline {
  dueAt: Instant;
}

/** Missed ones too. A day is owed once it is over. */
export function owedBy(state: EpisodeState, unit: UnitState, now: Instant): Owed[] {
  const { unitId } = unit;
  const summaryDueAt = state.summaryDueAt === undefined ? [] : [state.summaryDueAt];
  const days = state.responseLevel === undefined ? [] : reportableDays(responseOf(state, unit), now);
  const all: Owed[] = [
    ...unit.acknowledgements.map((one) => owed('acknowledgement', one, one.noticeId)),
    ...(unit.lifting ? [owed('lifting', unit.lifting, unit.lifting.noticeId)] : []),
    ...unit.implementation.map((one) => owed('implementation', one, one.noticeId)),
    ...unit.taskDeadlines.map((one) => owed('task', one, one.taskId)),
    ...unit.circulars.flatMap(({ circularId, receipt, measures }) => [
      owed('circular', receipt, circularId),
      ...(measures ? [owed('measures', measures, circularId)] : []),
    ]),
    ...days.map((date) => owed('report', { dueAt: reportDue(state, date) }, date)),
    ...summaryDueAt.map((dueAt): Owed => ({ deadline: 'summary', dueAt })),
  ];
  return all.filter((one) => isOpen(state, { ...one, unitId }) && !holding(state, { ...one, unitId }));
}

const owed = (deadline: UnitDeadline['deadline'], { dueAt }: { dueAt: Instant }, subject: string): Owed => ({
  deadline,
  subject,
  dueAt,
});
