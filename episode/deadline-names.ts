/** How a deadline is named: in the state by a key, in entries by its notice, its day or its task. */
import type { DeadlineKind, Whom } from '../plan/types.js';
import type { OwedDeadline, Recipient } from './entries.js';
import type { DeadlineReference } from './state-types.js';

type Named = Pick<DeadlineReference, 'deadline' | 'subject'>;

/** Within its unit, or among the office's own. */
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

const SUBJECTS: Partial<Record<DeadlineKind, 'noticeNumber' | 'date' | 'taskId'>> = {
  acknowledgement: 'noticeNumber',
  implementation: 'noticeNumber',
  report: 'date',
  task: 'taskId',
};

/** The subject as entries name it. */
export function subjectOf({ deadline, subject }: Named): Pick<OwedDeadline, 'noticeNumber' | 'date' | 'taskId'> {
  const name = SUBJECTS[deadline];
  return name === undefined || subject === undefined ? {} : { [name]: subject };
}

export const referenceOf = (
  owed: Omit<OwedDeadline, 'dueAt'>,
  unitId = owed.unitId,
): Omit<DeadlineReference, 'stepsTaken'> => {
  const subject = owed.noticeNumber ?? owed.date ?? owed.taskId;
  return {
    deadline: owed.deadline,
    ...(unitId === undefined ? {} : { unitId }),
    ...(subject === undefined ? {} : { subject }),
  };
};

/** The same for the same deadline of the same unit. */
export const nameOfDeadline = ({
  deadline,
  unitId = '',
  subject = '',
}: Omit<DeadlineReference, 'stepsTaken'>): string => `${deadline} ${unitId} ${subject}`;

/** Of a call: the unit's people, or those above it. */
export const recipientOf = (to: Whom, unitId: string | undefined): Recipient =>
  to === 'duty' || to === 'lead' ? { kind: 'unit', unitId: unitId!, whom: to } : { kind: to };

/** Why a message is due at once though it had been put off: no reason why it waits. */
export const SERVER_BACK = 'server-back';
