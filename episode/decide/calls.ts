/** Who is called about a deadline that nobody has met: reminders before it, the chain after it (policy, `chains`). */
import { beijingIso } from '../../plan/rules/calendar.js';
import { callBeforeItsTurn, callsBy, nextCallAt } from '../../plan/rules/chains.js';
import type { Ways, Whom } from '../../plan/types.js';
import type { Instant } from '../commands.js';
import { isSame, subjectOf } from '../deadline-names.js';
import { chainOf, type OpenDeadline, openDeadlines } from '../due.js';
import type { CallCount, Draft } from '../entries.js';
import type { Delivery, EpisodeState } from '../state-types.js';
import { draft, SYSTEM } from './decision.js';

/** A call that is made now. */
interface Made {
  about: OpenDeadline;
  to: Whom;
  ways: Ways;
  count: CallCount;
  fellThrough?: Whom[];
}

/** What is written at once: an episode of 1,000 silent units takes several turns. */
const MOST = 500;

/** The calls that have come due by `now`, as entries. */
export function callsDue(state: EpisodeState, open: OpenDeadline[], now: Instant): Draft[] {
  const calls = open
    .filter((about) => (nextCallAt(chainOf(state, about.deadline), about) ?? now + 1) <= now)
    .flatMap((about) =>
      callsBy(chainOf(state, about.deadline), about, now).map(
        ({ to, ways, called }): Made => ({ about, to, ways, count: { called } }),
      ),
    );
  return callEntries(state.head.seq, calls.slice(0, MOST));
}

/**
 * A call that reached nobody falls through to the next at once, unless that has been made already; so does a notice
 * that reached nobody. `written`: how many entries come before.
 */
export function fallThrough(state: EpisodeState, unreached: Delivery[], written: number): Draft[] {
  if (unreached.length === 0) return [];
  const open = openDeadlines(state);
  const made: Made[] = [];
  for (const { to, tried = [], deadlines } of unreached) {
    const fellThrough = [...new Set([...tried, ...calledBy(to)])];
    for (const reference of deadlines) {
      const about = open.find((one) => isSame(one, reference));
      if (!about || about.called !== reference.called) continue;
      const early = [...(about.early ?? []), ...made.flatMap((one) => (one.about === about ? one.count.early! : []))];
      const next = callBeforeItsTurn(chainOf(state, about.deadline), { called: about.called, early }, fellThrough);
      if (!next) continue;
      const { call, place } = next;
      made.push({ about, to: call.to, ways: call.ways, count: { called: about.called, early: place }, fellThrough });
    }
  }
  return callEntries(state.head.seq + written, made);
}

/** A notice to a unit goes to who is on duty and to its lead. */
const calledBy = (to: Delivery['to']): Whom[] => {
  if (to.kind === 'unit') return to.whom === undefined ? ['duty', 'lead'] : [to.whom];
  return to.kind === 'city' ? [] : [to.kind];
};

/** One entry for each unit and person called, so that its history tells all; one message to those above for all units. */
function callEntries(seq: number, calls: Made[]): Draft[] {
  const groups = new Map<string, Made[]>();
  for (const call of calls) {
    const key = JSON.stringify([call.to, call.ways, call.about.isMissed, call.fellThrough, call.about.unitId]);
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const messages = new Map<string, string>();
  return [...groups.values()].map((group, i) => {
    const { to, ways, about, fellThrough } = group[0]!;
    const recipient = to === 'duty' || to === 'lead' ? `unit:${about.unitId}` : to;
    const message = JSON.stringify([to, recipient, ways, about.isMissed, fellThrough]);
    const delivery = messages.get(message) ?? `${recipient}:${seq + i + 1}`;
    messages.set(message, delivery);
    const deadlines = group.map(({ about: { deadline, unitId, subject, dueAt }, count }) => ({
      deadline,
      ...(unitId === undefined ? {} : { unitId }),
      ...subjectOf({ deadline, ...(subject === undefined ? {} : { subject }) }),
      dueAt: beijingIso(dueAt),
      ...count,
    }));
    return draft(
      about.isMissed ? 'deadline.escalated' : 'deadline.reminded',
      SYSTEM,
      { to, deadlines, ways, delivery, ...(fellThrough ? { fellThrough } : {}) },
      { unitId: about.unitId, clause: '§6.6' },
    );
  });
}
