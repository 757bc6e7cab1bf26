/** What is to come in an episode, for those who watch it: deadlines, and whom the chains tell next. */
import { grouped } from '../lib/grouped.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { nextStep } from '../plan/rules/chains.js';
import type { Ways, Whom } from '../plan/types.js';
import type { Instant } from './commands.js';
import { chaseKey, namedInEntries } from './deadline-names.js';
import { chainOf, type OpenDeadline, openDeadlines } from './due.js';
import type { NamedDeadline } from './entries.js';
import type { EpisodeState } from './state-types.js';

export type DeadlineToCome = NamedDeadline & { dueAt: string };

/** A deadline that several units have alike, or that is the office's own. */
export type SharedDeadline = DeadlineToCome & { units: number };

export type StepToCome = DeadlineToCome & { at: string; to: Whom; ways: Ways };

export interface UnitOutlook {
  /** Of what it owes, what falls due first. */
  nextDeadline?: DeadlineToCome;
  /** Whom the program tells of it next, if nothing happens before. */
  nextStep?: StepToCome;
}

export interface Outlook {
  /** The next three, by the moment at which they fall due; `units`: how many have not met it. */
  nextDeadlines: SharedDeadline[];
  ofUnit(unitId: string): UnitOutlook;
  /** The next step about each of its deadlines, the first to come first. */
  stepsOf(unitId: string): StepToCome[];
}

const MOST = 3;

/** `state` has all its units: some steps are taken only while enough of them owe the same. */
export function outlookOf(state: EpisodeState, now: Instant): Outlook {
  const open = openDeadlines(state);
  const byUnit = grouped(open, ({ unitId }) => unitId);
  const stepsOf = (unitId: string): StepToCome[] =>
    (byUnit.get(unitId) ?? [])
      .flatMap((one) => {
        const next = nextStep(chainOf(state, one), one, now);
        return next ? [{ one, next }] : [];
      })
      .sort((a, b) => a.next.at - b.next.at)
      .map(({ one, next: { at, step } }) => ({
        ...named(state, one),
        // What an outage has delayed is taken at the next turn.
        at: beijingIso(Math.max(at, now)),
        to: step.to,
        ways: step.ways,
      }));
  return {
    nextDeadlines: sharedIn(state, open).slice(0, MOST),
    stepsOf,
    ofUnit(unitId) {
      const [next] = pending(byUnit.get(unitId) ?? []);
      const [step] = stepsOf(unitId);
      return { ...(next && { nextDeadline: named(state, next) }), ...(step && { nextStep: step }) };
    },
  };
}

const pending = (open: readonly OpenDeadline[]): OpenDeadline[] =>
  open.filter(({ isMissed }) => !isMissed).sort((one, other) => one.dueAt - other.dueAt);

const named = (state: EpisodeState, one: OpenDeadline): DeadlineToCome => ({
  ...namedInEntries(state, one),
  dueAt: beijingIso(one.dueAt),
});

/** Those of one name and moment together. A unit that joined later has a moment of its own. */
function sharedIn(state: EpisodeState, open: readonly OpenDeadline[]): SharedDeadline[] {
  const alike = grouped(pending(open), (one) => `${chaseKey(one)} ${one.dueAt}`);
  return [...alike.values()].map((group) => ({
    ...named(state, group[0]!),
    units: group.filter(({ unitId }) => unitId !== undefined).length,
  }));
}
