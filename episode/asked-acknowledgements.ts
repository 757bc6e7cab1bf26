/** The notices that an entry's message asks its unit to acknowledge, in time or late; a lifting is one of them. */
import type { Entry } from './entries.js';

export function acknowledgementsAskedIn({ kind, data }: Entry): string[] {
  switch (kind) {
    case 'unit.notified':
      return data.acknowledgementDueAt === undefined ? [] : [data.noticeId];
    case 'deadline.reminded':
    case 'deadline.escalated':
      return data.deadlines.flatMap((one) =>
        one.deadline === 'acknowledgement' || one.deadline === 'lifting' ? [one.noticeId] : [],
      );
    default:
      return [];
  }
}
