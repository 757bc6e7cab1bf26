import { RULE_OF_DEADLINE } from '../../episode/clauses.js';
import type { Instant } from '../../episode/commands.js';
import { reportDue } from '../../episode/due.js';
import { itemsFor, kindOf, nameOf, namesOf, noticeOf, unitsOf } from '../../episode/state.js';
import type { DeadlineStatus, EpisodeState, NoticeDeadline, UnitState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { DeadlineKind, UnitKind } from '../../plan/types.js';

export interface Breach {
  deadline: DeadlineKind;
  outcome: 'late' | 'missed';
  clause: string;
  dueAt: string;
  noticeId?: string;
  noticeNumber?: string;
  date?: string;
  taskId?: string;
  metAt?: string;
}

interface Account {
  late: number;
  missed: number;
  breaches: Breach[];
}

export interface UnitAccount extends Account {
  unitId: string;
  name: string;
  kind: UnitKind;
  /** What it said it had nothing to do for: neither done nor failed. */
  notApplicable: Array<{ taskId: string; clause: string }>;
}

interface Deadline {
  status: DeadlineStatus;
  dueAt: Instant;
  metAt?: Instant | undefined;
}

/** Late and missing answers of each unit, with the clause (§7). */
export const accountabilityOf = (state: EpisodeState): { items: UnitAccount[]; office: Account } => ({
  items: unitsOf(state).map((unit) => ({
    unitId: unit.unitId,
    name: nameOf(state, unit.unitId),
    kind: kindOf(state, unit.unitId),
    ...sum(breachesOf(state, unit)),
    notApplicable: itemsFor(state, unit).flatMap(({ id, clause }) =>
      unit.tasks[id]?.status === 'not-applicable' ? [{ taskId: id, clause }] : [],
    ),
  })),
  office: sum([
    ...breach(state, 'follow-up', fromOffice(state.followUp)),
    ...breach(state, 'review', fromOffice(state.review)),
  ]),
});

const breachesOf = (state: EpisodeState, unit: UnitState): Breach[] => [
  ...unit.acknowledgements.flatMap((one) => breach(state, 'acknowledgement', one, noticeIn(state, one))),
  ...(unit.lifting ? breach(state, 'lifting', unit.lifting, noticeIn(state, unit.lifting)) : []),
  ...unit.implementation.flatMap((one) => breach(state, 'implementation', one, noticeIn(state, one))),
  ...unit.taskDeadlines.flatMap((one) => breach(state, 'task', one, { taskId: one.taskId })),
  ...Object.entries(unit.reports).flatMap(([date, { status, submittedAt }]) =>
    breach(state, 'report', { status, dueAt: reportDue(state, date), metAt: submittedAt }, { date }),
  ),
  ...breach(
    state,
    'summary',
    unit.summary &&
      state.summaryDueAt !== undefined && {
        status: unit.summary.status,
        dueAt: state.summaryDueAt,
        metAt: unit.summary.submittedAt,
      },
  ),
];

const noticeIn = (state: EpisodeState, { noticeId }: NoticeDeadline) => namesOf(noticeOf(state, noticeId));

const fromOffice = (deadline: EpisodeState['followUp']): Deadline | undefined =>
  deadline && { status: deadline.status, dueAt: deadline.dueAt, metAt: deadline.submittedAt };

function breach(
  { binding }: EpisodeState,
  deadline: DeadlineKind,
  found: Deadline | false | undefined,
  subject: Pick<Breach, 'noticeId' | 'noticeNumber' | 'date' | 'taskId'> = {},
): Breach[] {
  if (!found || (found.status !== 'late' && found.status !== 'missed')) return [];
  return [
    {
      deadline,
      outcome: found.status,
      clause: binding.rules[RULE_OF_DEADLINE[deadline]],
      dueAt: beijingIso(found.dueAt),
      ...subject,
      ...(found.metAt === undefined ? {} : { metAt: beijingIso(found.metAt) }),
    },
  ];
}

const sum = (breaches: Breach[]): Account => ({
  late: breaches.filter(({ outcome }) => outcome === 'late').length,
  missed: breaches.filter(({ outcome }) => outcome === 'missed').length,
  breaches,
});
