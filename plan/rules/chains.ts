/** Reminders before a deadline and escalation after it: the office's choice, as data (`policy.yaml`). */

import type { Chain, ChainStep, Whom } from '../types.js';
import { MINUTE } from './calendar.js';

/** One step of a chain; a step that repeats comes to several. */
export type Step = Omit<ChainStep, 'repeat'>;

const known = new WeakMap<Chain, Step[]>();

/** The steps of a chain by time; steps of the same time keep the order of the chain. */
export function stepsOf(chain: Chain): Step[] {
  const steps = known.get(chain) ?? chain.flatMap(repeated).sort((one, other) => one.after - other.after);
  known.set(chain, steps);
  return steps;
}

const repeated = ({ repeat = { every: 0, times: 0 }, ...step }: ChainStep): Step[] =>
  Array.from({ length: repeat.times + 1 }, (_, n) => ({ ...step, after: step.after + n * repeat.every }));

/**
 * When a step is due, in milliseconds. A reminder comes before the deadline; the others come after it, the first in its
 * first millisecond. Due 10:00: a step at -30 minutes is due 9:30:00.000, one at 0 minutes 10:00:00.001.
 */
export const momentOf = ({ after }: Step, dueAt: number): number => dueAt + after * MINUTE + (after < 0 ? 0 : 1);

/** How far a chain has got. */
export interface Chased {
  openedAt: number;
  dueAt: number;
  /** How many steps of the chain were taken or passed over. */
  stepsTaken: number;
  /** Places of later steps that were taken before their turn. */
  early?: readonly number[];
  isMissed?: boolean;
}

/**
 * Skip reminders that were already past when the deadline opened. Skip a step that was taken early, unless it was taken
 * before the deadline and is due after it: the miss is new information.
 */
const isStillToTake = (step: Step, i: number, { openedAt, dueAt, early, isMissed }: Chased): boolean =>
  (step.after >= 0 || momentOf(step, dueAt) > openedAt) && !(early?.includes(i) && (isMissed || step.after < 0));

/** When the next step is due; `undefined` at the end of the chain. */
export function nextStepAt(chain: Chain, chased: Chased): number | undefined {
  const next = stepsOf(chain).find((step, i) => i >= chased.stepsTaken && isStillToTake(step, i, chased));
  return next && momentOf(next, chased.dueAt);
}

export interface StepDue extends Step {
  /** The chain's `stepsTaken` once this step is taken. */
  stepsTaken: number;
}

/**
 * The steps that are due by `now`, in order. Of several steps to the same person only the last: after an outage of hours
 * nobody is told the same thing twice.
 */
export function stepsBy(chain: Chain, chased: Chased, now: number): StepDue[] {
  const due = stepsOf(chain).flatMap((step, i) =>
    i >= chased.stepsTaken && isStillToTake(step, i, chased) && momentOf(step, chased.dueAt) <= now
      ? [{ ...step, stepsTaken: i + 1 }]
      : [],
  );
  return due.filter(({ to }, i) => !due.slice(i + 1).some((later) => later.to === to));
}

/**
 * The step to take before its turn when those in `tried` could not be reached: the next one to somebody else.
 * `undefined` at the end of the chain, or if that person was told early already.
 */
export function stepBeforeItsTurn(
  chain: Chain,
  { stepsTaken, early = [] }: Pick<Chased, 'stepsTaken' | 'early'>,
  tried: readonly Whom[],
): { step: Step; place: number } | undefined {
  const steps = stepsOf(chain);
  const place = steps.findIndex(({ to }, i) => i >= stepsTaken && !tried.includes(to));
  const step = steps[place];
  if (!step || early.some((i) => steps[i]?.to === step.to)) return undefined;
  return { step, place };
}

/** How many steps of a chain come before its deadline. */
export const remindersOf = (chain: Chain): number => stepsOf(chain).filter(({ after }) => after < 0).length;
