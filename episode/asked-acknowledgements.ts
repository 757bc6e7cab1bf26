/** The notices that an entry's message asks its unit to acknowledge, in time or late; a lifting is one of them. */
import type { Entry, OwedDeadline } from './entries.js';

export function acknowledgementsAskedIn({ kind, data }: Entry): string[] {
  switch (kind) {
    case 'unit.notified':
      return data.acknowledgementDueAt === undefined ? [] : [data.noticeId];
    case 'deadline.reminded':
    case 'deadline.escalated':
      return data.deadlines.flatMap(noticeToAcknowledge);
    case 'unit.urged':
      return data.about.flatMap(noticeToAcknowledge);
    default:
      return [];
  }
}

const noticeToAcknowledge = (one: OwedDeadline): string[] =>
  one.deadline === 'acknowledgement' || one.deadline === 'lifting' ? [one.noticeId] : [];
