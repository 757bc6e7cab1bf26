/** Reminders before a deadline and the chain after it: the office's choice, as data (`policy.yaml`). */

import type { Chain, ChainStep, Whom } from '../types.js';
import { MINUTE } from './calendar.js';

/** One call of a chain; a step that repeats comes to several. */
export type Step = Omit<ChainStep, 'repeat'>;

const known = new WeakMap<Chain, Step[]>();

/** The calls of a chain in order of time; at the same time in the order of the steps. */
export function callsOf(chain: Chain): Step[] {
  const calls = known.get(chain) ?? chain.flatMap(repeated).sort((one, other) => one.after - other.after);
  known.set(chain, calls);
  return calls;
}

const repeated = ({ repeat = { every: 0, times: 0 }, ...call }: ChainStep): Step[] =>
  Array.from({ length: repeat.times + 1 }, (_, n) => ({ ...call, after: call.after + n * repeat.every }));

/** A reminder comes before the deadline, what follows from the first millisecond after it. Milliseconds. */
export const momentOf = ({ after }: Step, dueAt: number): number => dueAt + after * MINUTE + (after < 0 ? 0 : 1);

export interface Chased {
  openedAt: number;
  dueAt: number;
  /** How many calls of the chain have been made or passed over. */
  called: number;
  /** Later ones that were made before their turn. */
  early?: readonly number[];
  isMissed?: boolean;
}

/**
 * A reminder whose moment had passed when the deadline was opened is none; what was made early is not made again, unless
 * it was before the deadline and its turn is after it: that it was missed is news.
 */
const isStillToMake = (call: Step, i: number, { openedAt, dueAt, early, isMissed }: Chased): boolean =>
  (call.after >= 0 || momentOf(call, dueAt) > openedAt) && !(early?.includes(i) && (isMissed || call.after < 0));

/** When the next call is to be made; `undefined` at the chain's end. */
export function nextCallAt(chain: Chain, chased: Chased): number | undefined {
  const calls = callsOf(chain);
  for (let i = chased.called; i < calls.length; i += 1) {
    if (isStillToMake(calls[i]!, i, chased)) return momentOf(calls[i]!, chased.dueAt);
  }
  return undefined;
}

export interface CallMade extends Step {
  /** `called` once it is made. */
  called: number;
}

/**
 * The calls to be made by `now`, in order. Of those to the same person the last alone: who slept through an outage is
 * told once.
 */
export function callsBy(chain: Chain, chased: Chased, now: number): CallMade[] {
  const due = callsOf(chain).flatMap((call, i) =>
    i >= chased.called && isStillToMake(call, i, chased) && momentOf(call, chased.dueAt) <= now
      ? [{ ...call, called: i + 1 }]
      : [],
  );
  return due.filter(({ to }, i) => !due.slice(i + 1).some((later) => later.to === to));
}

/**
 * The call that is made before its turn when those tried before could not be reached: the next to somebody else. None at
 * the chain's end, or if the next has been called early already.
 */
export function callBeforeItsTurn(
  chain: Chain,
  { called, early = [] }: Pick<Chased, 'called' | 'early'>,
  tried: readonly Whom[],
): { call: Step; place: number } | undefined {
  const calls = callsOf(chain);
  const place = calls.findIndex(({ to }, i) => i >= called && !tried.includes(to));
  const call = calls[place];
  if (!call || early.some((i) => calls[i]!.to === call.to)) return undefined;
  return { call, place };
}

/** How many calls of a chain come before its deadline. */
export const remindersOf = (chain: Chain): number => callsOf(chain).filter(({ after }) => after < 0).length;
