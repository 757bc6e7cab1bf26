/** The steps about deadlines that nobody has met: reminders before, escalation after (policy, `chains`). */
import { beijingIso } from '../../plan/rules/calendar.js';
import { nextStepAt, type StepCount, stepBeforeItsTurn, stepsBy } from '../../plan/rules/chains.js';
import type { Ways, Whom } from '../../plan/types.js';
import type { Instant } from '../commands.js';
import { namedInEntries, nameOfDeadline } from '../deadline-names.js';
import { chainOf, type OpenDeadline, openDeadlines } from '../due.js';
import type { Draft } from '../entries.js';
import type { EpisodeState, Message } from '../state-types.js';
import { draft, SYSTEM } from './decision.js';

/** A step that is taken now. */
interface Taking {
  about: OpenDeadline;
  to: Whom;
  ways: Ways;
  count: StepCount;
  fellThrough?: Whom[];
}

/** A turn takes no more steps than this: an episode of 1,000 silent units needs several turns. */
const MOST = 500;

/** The steps that have come due by `now`, as entries. */
export function stepsDue(state: EpisodeState, open: OpenDeadline[], now: Instant): Draft[] {
  const steps = open
    .filter((about) => (nextStepAt(chainOf(state, about), about, now) ?? now + 1) <= now)
    .flatMap((about) =>
      stepsBy(chainOf(state, about), about, now).map(({ to, ways, count }): Taking => ({ about, to, ways, count })),
    );
  return stepEntries(state, 0, steps.slice(0, MOST));
}

/**
 * If a step or a notice reaches nobody, takes the next step of the chain immediately (once). `written`: how many entries
 * come before.
 */
export function fallThrough(state: EpisodeState, unreached: Message[], written: number, now: Instant): Draft[] {
  if (unreached.length === 0) return [];
  const open = new Map(openDeadlines(state).map((one) => [nameOfDeadline(one), one]));
  const taking: Taking[] = [];
  for (const { to, tried = [], deadlines } of unreached) {
    const fellThrough = [...new Set([...tried, ...peopleToldBy(to)])];
    for (const reference of deadlines) {
      const about = open.get(nameOfDeadline(reference));
      if (!about || about.stepsTaken !== reference.stepsTaken) continue;
      const { stepsTaken } = about;
      const early = [
        ...(about.early ?? []),
        ...taking.flatMap((one) => (one.about === about ? (one.count.early ?? []) : [])),
      ];
      const next = stepBeforeItsTurn(chainOf(state, about), { ...about, early }, fellThrough, now);
      if (!next) continue;
      const { step, place } = next;
      taking.push({ about, to: step.to, ways: step.ways, count: { stepsTaken, early: place }, fellThrough });
    }
  }
  return stepEntries(state, written, taking);
}

/** A notice to a unit goes to the person on duty and to the lead. */
const peopleToldBy = (to: Message['to']): Whom[] => {
  if (to.kind === 'unit') return to.whom === undefined ? ['duty', 'lead'] : [to.whom];
  return to.kind === 'office' || to.kind === 'committee' ? [to.kind] : [];
};

/** One entry for each unit and recipient, so that a unit's history is whole. Those above get one message for all. */
function stepEntries(state: EpisodeState, written: number, steps: Taking[]): Draft[] {
  const { head, binding } = state;
  const groups = new Map<string, [Taking, ...Taking[]]>();
  for (const step of steps) {
    const key = JSON.stringify([step.to, step.ways, step.about.isMissed, step.fellThrough, step.about.unitId]);
    const group = groups.get(key);
    if (group) group.push(step);
    else groups.set(key, [step]);
  }
  const messages = new Map<string, string>();
  return [...groups.values()].map((group, i) => {
    const { to, ways, about, fellThrough } = group[0];
    const recipient = to === 'duty' || to === 'lead' ? `unit:${about.unitId}` : to;
    const same = JSON.stringify([to, recipient, ways, about.isMissed, fellThrough]);
    const message = messages.get(same) ?? `${recipient}:${head.seq + written + i + 1}`;
    messages.set(same, message);
    const deadlines = group.map(({ about: one, count }) => ({
      ...namedInEntries(state, one),
      ...(one.unitId === undefined ? {} : { unitId: one.unitId }),
      dueAt: beijingIso(one.dueAt),
      ...count,
    }));
    return draft(
      about.isMissed ? 'deadline.escalated' : 'deadline.reminded',
      SYSTEM,
      { to, deadlines, ways, message, ...(fellThrough ? { fellThrough } : {}) },
      { unitId: about.unitId, clause: binding.rules.reachable },
    );
  });
}
