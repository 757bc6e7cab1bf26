/** Whom the office has to ring, and why (§6.1, §6.6). Pure: people and numbers are looked up beside it. */
import { beijingIso } from '../plan/rules/calendar.js';
import type { CallOutcome } from '../plan/types.js';
import type { Instant } from './commands.js';
import { namedInEntries } from './deadline-names.js';
import { isOpen } from './due.js';
import type { NamedDeadline } from './entries.js';
import { nameOf, unitsOf } from './state.js';
import type { DeadlineReference, EpisodeState, UnitState } from './state-types.js';
import { holding } from './suspensions.js';
import { messagesOf, type UnitRow } from './views.js';

export interface CallingRow {
  unitId: string;
  name: string;
  /** Since when there is a reason to ring: the deadline that passed first, or when no message reached a person. */
  since: string;
  why: Array<NamedDeadline & { dueAt: string; status: 'pending' | 'missed' }>;
  /** No message has reached a person of it. */
  unreachable?: { since: string; reason: string };
  messages: UnitRow['messages'];
  calls: { count: number; last?: { at: string; seq: number; outcome: CallOutcome; contactId?: string } };
}

/**
 * The units that have missed what cannot wait: to acknowledge, to report what is in effect, a task with a time of its own;
 * and those that no message has reached and that have not acknowledged. Daily reports and summaries are paper, and no
 * reason to ring. Who has waited longest comes first. Example: due at 14:30, a silent unit is on the list from 14:30:00.001
 * until it acknowledges.
 */
export function callingListOf(state: EpisodeState): CallingRow[] {
  if (state.phase === 'closed' || state.abandoned) return [];
  return unitsOf(state)
    .flatMap((unit) => {
      const why = reasonsOf(state, unit);
      return why.length === 0 ? [] : [{ since: Math.min(...why.map(({ since }) => since)), unit, why }];
    })
    .sort((one, other) => one.since - other.since)
    .map(({ since, unit, why }) => ({
      unitId: unit.unitId,
      name: nameOf(state, unit.unitId),
      since: beijingIso(since),
      why: why.map(({ about, dueAt, status }) => ({
        ...namedInEntries(state, about),
        dueAt: beijingIso(dueAt),
        status,
      })),
      ...(unit.unreachable && {
        unreachable: { since: beijingIso(unit.unreachable.since), reason: unit.unreachable.reason },
      }),
      messages: messagesOf(unit),
      calls: callsOf(unit),
    }));
}

interface Reason {
  about: Omit<DeadlineReference, 'stepsTaken'>;
  since: Instant;
  dueAt: Instant;
  status: 'pending' | 'missed';
}

function reasonsOf(state: EpisodeState, unit: UnitState): Reason[] {
  const { unitId, acknowledgements, lifting, implementation, taskDeadlines, unreachable } = unit;
  const reason = (
    deadline: DeadlineReference['deadline'],
    subject: string,
    { dueAt, status }: { dueAt: Instant; status: string },
  ): Reason[] => {
    const about = { deadline, unitId, subject };
    if (!isOpen(state, about) || holding(state, about)) return [];
    if (status === 'missed') return [{ about, since: dueAt, dueAt, status }];
    const asks = deadline === 'acknowledgement' || deadline === 'lifting';
    return unreachable && asks ? [{ about, since: unreachable.since, dueAt, status: 'pending' }] : [];
  };
  return [
    ...acknowledgements.flatMap((one) => reason('acknowledgement', one.noticeId, one)),
    ...(lifting ? reason('lifting', lifting.noticeId, lifting) : []),
    ...implementation.flatMap((one) => reason('implementation', one.noticeId, one)),
    ...taskDeadlines.flatMap((one) => reason('task', one.taskId, one)),
  ];
}

export function callsOf({ calls }: UnitState): CallingRow['calls'] {
  if (!calls) return { count: 0 };
  const { at, contact, ...last } = calls.last;
  return {
    count: calls.count,
    last: { ...last, at: beijingIso(at), ...(contact === undefined ? {} : { contactId: contact }) },
  };
}
