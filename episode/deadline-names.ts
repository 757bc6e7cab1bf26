/** How a deadline is named: in the state by a key, in entries by its notice, its day or its task. */
import type { DeadlineKind, Whom } from '../plan/types.js';
import { titleOfCircular } from './circulars.js';
import type { UnitDeadline } from './commands.js';
import type { NamedDeadline, Recipient } from './entries.js';
import { namesOf, noticeOf } from './state.js';
import type { DeadlineReference, EpisodeState } from './state-types.js';

type Named = Pick<DeadlineReference, 'deadline' | 'subject'>;

/** Unique within a unit, or among the office's deadlines. */
export const chaseKey = ({
  deadline,
  subject = '',
}: {
  deadline: DeadlineKind;
  subject?: string | undefined;
}): string => `${deadline}/${subject}`;

export function chaseOf(key: string): Named {
  const slash = key.indexOf('/');
  const subject = key.slice(slash + 1);
  return { deadline: key.slice(0, slash) as DeadlineKind, ...(subject === '' ? {} : { subject }) };
}

/** A deadline as entries name it. */
export function namedInEntries(state: EpisodeState, { deadline, subject = '' }: Named): NamedDeadline {
  switch (deadline) {
    case 'acknowledgement':
    case 'lifting':
    case 'implementation':
      return { deadline, ...namesOf(noticeOf(state, subject)) };
    case 'report':
      return { deadline, date: subject };
    case 'task':
      return { deadline, taskId: subject };
    case 'circular':
    case 'measures':
      return { deadline, circularId: subject, circularTitle: titleOfCircular(state, subject) };
    default:
      return { deadline };
  }
}

function subjectIn(named: NamedDeadline): string | undefined {
  switch (named.deadline) {
    case 'acknowledgement':
    case 'lifting':
    case 'implementation':
      return named.noticeId;
    case 'report':
      return named.date;
    case 'task':
      return named.taskId;
    case 'circular':
    case 'measures':
      return named.circularId;
    default:
      return undefined;
  }
}

export const referenceOf = (
  owed: NamedDeadline & { unitId?: string },
  unitId = owed.unitId,
): Omit<DeadlineReference, 'stepsTaken'> => {
  const subject = subjectIn(owed);
  return {
    deadline: owed.deadline,
    ...(unitId === undefined ? {} : { unitId }),
    ...(subject === undefined ? {} : { subject }),
  };
};

/** Unique within an episode. */
export const nameOfDeadline = ({
  deadline,
  unitId = '',
  subject = '',
}: Omit<DeadlineReference, 'stepsTaken'>): string => `${deadline} ${unitId} ${subject}`;

/** The recipient of a step: people of the unit, or somebody above it. A deadline of no unit is the office's. */
export function recipientOf(to: Whom, unitId: string | undefined): Recipient {
  if (to !== 'duty' && to !== 'lead') return { kind: to };
  return unitId === undefined ? { kind: 'office' } : { kind: 'unit', unitId, whom: to };
}

/** The message that tells the office of a drill that ended by itself; `seq`: the entry that says so. */
export const farewellOf = (seq: number): string => `office:${seq}`;

/** The reason of a message to wait when only receipts of gateways are to come. */
export const AWAITS_RECEIPT = 'awaits-receipt';

/** The reason of a deferral that makes a message due at once; it is not shown as a reason to wait. */
export const SERVER_BACK = 'server-back';

const NAMES: Record<UnitDeadline['deadline'], string> = {
  acknowledgement: '确认通知',
  lifting: '确认解除',
  implementation: '措施落实情况',
  task: '任务',
  report: '每日报送',
  summary: '总结',
  circular: '确认通报',
  measures: '答复通报',
};

/** For refusals: `每日报送 2026-01-10`. */
export const deadlineInWords = ({ deadline, subject }: UnitDeadline): string =>
  [NAMES[deadline], subject ?? []].flat().join(' ');
