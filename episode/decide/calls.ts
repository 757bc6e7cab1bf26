/** Who is called about a deadline that nobody has met: reminders before it, the chain after it (policy, `chains`). */
import { beijingIso } from '../../plan/calendar.js';
import { type CallMade, callsBy, nextCallAt, nextOther } from '../../plan/chains.js';
import type { Whom } from '../../plan/types.js';
import { chainOf, type OpenDeadline, openDeadlines } from '../due.js';
import { isSame, subjectOf } from '../references.js';
import type { Calling, Delivery, Draft, EpisodeState, Instant } from '../types.js';
import { draft, SYSTEM } from './decision.js';

interface Made extends CallMade {
  about: OpenDeadline;
}

/** What is written at once: an episode of 1,000 silent units takes several turns. */
const MOST = 500;

/** The calls that have come due by `now`, as entries. */
export function callsDue(state: EpisodeState, open: OpenDeadline[], now: Instant): Draft[] {
  const calls = open
    .filter((about) => (nextCallAt(chainOf(state, about.deadline), about) ?? now + 1) <= now)
    .flatMap((about) => callsBy(chainOf(state, about.deadline), about, now).map((call) => ({ ...call, about })));
  return callEntries(state.head.seq, calls.slice(0, MOST));
}

/**
 * A call that reached nobody falls through to the next at once, unless that has been made already; so does a notice
 * that reached nobody. `written`: how many entries come before.
 */
export function fallThrough(state: EpisodeState, unreached: Delivery[], written: number): Draft[] {
  if (unreached.length === 0) return [];
  const open = openDeadlines(state);
  const calls = unreached.flatMap(({ to, deadlines = [] }) =>
    deadlines.flatMap((reference): Made[] => {
      const about = open.find((one) => isSame(one, reference));
      if (!about || about.called !== reference.called) return [];
      const call = nextOther(chainOf(state, about.deadline), about, triedBy(to));
      return call ? [{ ...call, about }] : [];
    }),
  );
  return callEntries(state.head.seq + written, calls, { fellThrough: true });
}

/** A notice to a unit goes to who is on duty and to its lead. */
const triedBy = (to: Delivery['to']): Whom[] => {
  if (to.kind === 'unit') return to.whom === undefined ? ['duty', 'lead'] : [to.whom];
  return to.kind === 'city' ? [] : [to.kind];
};

/** One entry for each unit and person called, so that its history tells all; one message to those above for all units. */
function callEntries(seq: number, calls: Made[], how: Pick<Calling, 'fellThrough'> = {}): Draft[] {
  const groups = new Map<string, Made[]>();
  for (const call of calls) {
    const key = JSON.stringify([call.to, call.ways, call.about.isMissed, call.about.unitId]);
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const messages = new Map<string, string>();
  return [...groups.values()].map((group, i) => {
    const { to, ways, about } = group[0]!;
    const recipient = to === 'duty' || to === 'lead' ? `unit:${about.unitId}` : to;
    const message = JSON.stringify([to, recipient, ways, about.isMissed]);
    const delivery = messages.get(message) ?? `${recipient}:${seq + i + 1}`;
    messages.set(message, delivery);
    const deadlines = group.map(({ about: { deadline, unitId, subject, dueAt }, called }) => ({
      deadline,
      ...(unitId === undefined ? {} : { unitId }),
      ...subjectOf({ deadline, ...(subject === undefined ? {} : { subject }) }),
      dueAt: beijingIso(dueAt),
      called,
    }));
    return draft(
      about.isMissed ? 'deadline.escalated' : 'deadline.reminded',
      SYSTEM,
      { to, deadlines, ways, delivery, ...how },
      { unitId: about.unitId, clause: '§6.6' },
    );
  });
}
