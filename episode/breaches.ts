/** The deadlines that a unit, or the office, has met late or not at all (§7). */
import { beijingIso } from '../plan/rules/calendar.js';
import type { DeadlineKind } from '../plan/types.js';
import type { Instant } from './commands.js';
import { namedInEntries } from './deadline-names.js';
import { reportDue } from './due.js';
import type { NamedBreach } from './entries.js';
import type { EpisodeState, HoldableStatus, UnitState } from './state-types.js';

export interface Breach {
  deadline: DeadlineKind;
  /** The notice's id, the report's day, the task's id. */
  subject?: string;
  outcome: 'late' | 'missed';
  dueAt: Instant;
  metAt?: Instant;
}

export const breachesOf = (state: EpisodeState, unit: UnitState): Breach[] => [
  ...unit.acknowledgements.flatMap((one) => breach('acknowledgement', one, one.noticeId)),
  ...(unit.lifting ? breach('lifting', unit.lifting, unit.lifting.noticeId) : []),
  ...unit.implementation.flatMap((one) => breach('implementation', one, one.noticeId)),
  ...unit.taskDeadlines.flatMap((one) => breach('task', one, one.taskId)),
  ...unit.circulars.flatMap(({ circularId, receipt, measures }) => [
    ...breach('circular', receipt, circularId),
    ...breach('measures', measures, circularId),
  ]),
  ...Object.entries(unit.reports).flatMap(([date, { status, submittedAt }]) =>
    breach('report', { status, dueAt: reportDue(state, date), metAt: submittedAt }, date),
  ),
  ...breach(
    'summary',
    unit.summary &&
      state.summaryDueAt !== undefined && {
        status: unit.summary.status,
        dueAt: state.summaryDueAt,
        metAt: unit.summary.submittedAt,
      },
  ),
];

export const breachesOfOffice = ({ followUp, review }: EpisodeState): Breach[] => [
  ...breach('follow-up', followUp && { ...followUp, metAt: followUp.submittedAt }),
  ...breach('review', review && { ...review, metAt: review.submittedAt }),
];

interface Judged {
  status: HoldableStatus;
  dueAt: Instant;
  metAt?: Instant | undefined;
}

function breach(deadline: DeadlineKind, found: Judged | false | undefined, subject?: string): Breach[] {
  if (!found || (found.status !== 'late' && found.status !== 'missed')) return [];
  const { status: outcome, dueAt, metAt } = found;
  return [
    {
      deadline,
      ...(subject === undefined ? {} : { subject }),
      outcome,
      dueAt,
      ...(metAt === undefined ? {} : { metAt }),
    },
  ];
}

export const breachInEntries = (state: EpisodeState, breach: Breach): NamedBreach => ({
  ...namedInEntries(state, breach),
  dueAt: beijingIso(breach.dueAt),
  outcome: breach.outcome,
});
