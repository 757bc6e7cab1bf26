/** Reminders before a deadline and escalation after it: the office's choice, as data (`policy.yaml`). */

import type { Chain, ChainStep, QuietHours, WarningLevel, Whom } from '../types.js';
import { MINUTE, nextAt } from './calendar.js';
import { afterQuiet, beginningOfQuiet, isInQuiet } from './quiet.js';

/** One step of a chain at one level; a step that repeats comes to several. */
export interface Step extends Pick<ChainStep, 'after' | 'since' | 'at' | 'to' | 'ways' | 'atLeast'> {
  /** The hours in which it is held. */
  held?: QuietHours;
}

/** The steps of a chain at a level: reminders first, then by time; steps of the same time keep the order of the chain. */
export const stepsOf = (chain: Chain, level: WarningLevel, quiet: QuietHours): Step[] =>
  chain
    .filter(({ levels }) => levels?.includes(level) ?? true)
    .flatMap((step) => repeated(step, quiet))
    .sort((one, other) => Number(isReminder(other)) - Number(isReminder(one)) || one.after - other.after);

const repeated = (
  { repeat = { every: 0, times: 0 }, levels: _, quiet: night, ...step }: ChainStep,
  quiet: QuietHours,
): Step[] =>
  Array.from({ length: repeat.times + 1 }, (_, n) => ({
    ...step,
    after: step.after + n * repeat.every,
    ...(night === 'hold' ? { held: quiet } : {}),
  }));

const isReminder = ({ after, since }: Step): boolean => after < 0 || since !== undefined;

type Span = Pick<Chased, 'openedAt' | 'dueAt'>;

/**
 * When a step is due, in milliseconds. A reminder comes before the deadline; the others come after it, the first in its
 * first millisecond. Due 10:00: a step at -30 minutes is due 9:30:00.000, one at 0 minutes 10:00:00.001. Held from 22:00
 * to 09:00: due 04:00, a step at 0 minutes is due 09:00:00.001; a reminder at -30 minutes would come too late then, so it
 * is due at 22:00. `undefined` for a reminder whose hour comes only after the deadline.
 */
export function momentOf(step: Step, { openedAt, dueAt }: Span): number | undefined {
  const from = (step.since ? openedAt : dueAt) + step.after * MINUTE;
  const hour = step.at === undefined ? from : nextAt(from, step.at);
  const moment = step.held ? afterQuiet(hour, step.held) : hour;
  if (!isReminder(step)) return moment + 1;
  if (moment < dueAt) return moment;
  return step.held && hour < dueAt ? beginningOfQuiet(hour, step.held) : undefined;
}

interface Scheduled {
  step: Step;
  moment: number | undefined;
}

/** Units share their deadlines, and each look at the state asks for all of them. */
const schedules = new WeakMap<readonly Step[], Map<string, Scheduled[]>>();
const FEW = 1_000;

/** The steps with their times, in order: reminders first, then by time. */
function scheduleOf(steps: readonly Step[], span: Span): Scheduled[] {
  const known = schedules.get(steps) ?? new Map<string, Scheduled[]>();
  schedules.set(steps, known);
  const key = `${span.openedAt} ${span.dueAt}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= FEW) known.clear();
  const scheduled = steps
    .map((step) => ({ step, moment: momentOf(step, span) }))
    .sort(
      (one, other) =>
        Number(isReminder(other.step)) - Number(isReminder(one.step)) || (one.moment ?? 0) - (other.moment ?? 0),
    );
  known.set(key, scheduled);
  return scheduled;
}

/** How far a chain has got. */
export interface Chased {
  openedAt: number;
  dueAt: number;
  /** How many steps of the chain were taken or passed over. */
  stepsTaken: number;
  /** Places of later steps that were taken before their turn. */
  early?: readonly number[];
  isMissed?: boolean;
  /** How many units owe the same; a step may ask for a number. */
  alike?: number;
}

/**
 * Skip reminders that were already past when the deadline opened. Skip a step to somebody who was told early, by this step
 * or a later one, unless that was before the deadline and the step is due after it: the miss is new information. Skip a
 * step as long as too few units owe the same.
 */
function isStillToTake(schedule: readonly Scheduled[], place: number, chased: Chased): boolean {
  const { openedAt, stepsTaken, early, isMissed, alike } = chased;
  const { step, moment } = schedule[place]!;
  if (place < stepsTaken || moment === undefined || !areEnough(step, alike)) return false;
  if (isReminder(step) && !step.since && moment <= openedAt) return false;
  const isTold = early?.some((other) => other >= place && schedule[other]?.step.to === step.to) ?? false;
  return !(isTold && (isMissed || isReminder(step)));
}

const areEnough = ({ atLeast = 0 }: Step, alike = Number.POSITIVE_INFINITY): boolean => alike >= atLeast;

/** Whether the chain has a step left. */
export function hasStepLeft(steps: readonly Step[], chased: Chased): boolean {
  const schedule = scheduleOf(steps, chased);
  return schedule.some((_, place) => isStillToTake(schedule, place, chased));
}

/** By so much a step may be late and still go at night: the evening's last ones do not wait for the morning. */
const LATE_IN_THE_EVENING = 30 * MINUTE;

/**
 * When a step is taken, seen from `now`: at its moment. A held step that an outage made late waits for the end of the
 * night that `now` lies in. Example with 22:00 to 09:00: due 21:45, the program is back at 22:10: taken at once. Back at
 * 02:00: taken at 09:00.
 */
const takenAt = ({ step, moment = Number.POSITIVE_INFINITY }: Scheduled, now: number): number =>
  step.held && now > moment + LATE_IN_THE_EVENING && isInQuiet(now, step.held) ? afterQuiet(now, step.held) : moment;

/** The next step and when it is taken, seen from `now`; `undefined` at the end of the chain. */
export function nextStep(steps: readonly Step[], chased: Chased, now: number): { step: Step; at: number } | undefined {
  const schedule = scheduleOf(steps, chased);
  let first: { step: Step; at: number } | undefined;
  for (let place = chased.stepsTaken; place < schedule.length; place += 1) {
    if (!isStillToTake(schedule, place, chased)) continue;
    const at = takenAt(schedule[place]!, now);
    if (first === undefined || at < first.at) first = { step: schedule[place]!.step, at };
  }
  return first;
}

export const nextStepAt = (steps: readonly Step[], chased: Chased, now: number): number | undefined =>
  nextStep(steps, chased, now)?.at;

/** The progress of a chain after a step: the number of steps taken in order, or the place of one taken early. */
export interface StepCount {
  stepsTaken: number;
  early?: number;
}

export interface StepDue extends Step {
  count: StepCount;
}

/**
 * The steps to take by `now`, in order. Of several steps to the same person only the last: after an outage of hours nobody
 * is told the same thing twice. One that comes before a step that waits for the morning is taken before its turn.
 */
export function stepsBy(steps: readonly Step[], chased: Chased, now: number): StepDue[] {
  const schedule = scheduleOf(steps, chased);
  const left = [...schedule.keys()].filter((place) => isStillToTake(schedule, place, chased));
  const isTaken = (place: number) => takenAt(schedule[place]!, now) <= now;
  const firstToWait = left.find((place) => !isTaken(place)) ?? schedule.length;
  const due = left.filter(isTaken).map((place): StepDue => {
    const isInTurn = place < firstToWait;
    const count = isInTurn ? { stepsTaken: place + 1 } : { stepsTaken: chased.stepsTaken, early: place };
    return { ...schedule[place]!.step, count };
  });
  return due.filter(({ to }, i) => !due.slice(i + 1).some((later) => later.to === to));
}

/**
 * The step to take before its turn when those in `tried` could not be reached: the next one to somebody else that nothing
 * holds at `now`. `undefined` if there is none, or if that person was told early already.
 */
export function stepBeforeItsTurn(
  steps: readonly Step[],
  chased: Chased,
  tried: readonly Whom[],
  now: number,
): { step: Step; place: number } | undefined {
  const { stepsTaken, early = [], alike } = chased;
  const schedule = scheduleOf(steps, chased);
  const isFree = ({ at, held, ...step }: Step) =>
    at === undefined && !(held && isInQuiet(now, held)) && areEnough(step, alike);
  const place = schedule.findIndex(({ step }, i) => i >= stepsTaken && !tried.includes(step.to) && isFree(step));
  const step = schedule[place]?.step;
  if (!step || early.some((i) => schedule[i]?.step.to === step.to)) return undefined;
  return { step, place };
}

/** How many steps of a chain come before its deadline. */
export const remindersOf = (steps: readonly Step[]): number => steps.filter(isReminder).length;
