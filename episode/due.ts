/**
 * The things that fall due in an episode, and their times. A deadline has passed from the first millisecond after its
 * `dueAt`. Due 10:00: met at 10:00:00.000, missed at 10:00:00.001.
 */
import {
  addDays,
  beijingDate,
  beijingInstant,
  endOfDay,
  firstOwedDay,
  HOUR,
  lastOwedDay,
  owesDay,
  reportDueAt,
} from '../plan/rules/calendar.js';
import { nextStepAt, type Step } from '../plan/rules/chains.js';
import type { PolicyAtLevel } from '../plan/rules/policy.js';
import { afterQuiet, movedByQuiet } from '../plan/rules/quiet.js';
import type { DeadlineKind } from '../plan/types.js';
import { nextBroadcast } from './broadcast.js';
import { circularOf, circularToSend } from './circulars.js';
import type { Instant } from './commands.js';
import { AWAITS_RECEIPT, chaseKey, chaseOf, farewellOf } from './deadline-names.js';
import { noLongerOwed, unitsToAssign, unitsToTell } from './effects.js';
import { countHandedOver } from './open-matters.js';
import { policyInForce, policyOf, wholeChainOf } from './policy.js';
import {
  beginning,
  endOfResponse,
  findTask,
  isLiftNoticed,
  isReviewPublished,
  lastNotice,
  nextEffect,
  noticeInForce,
  unitsOf,
} from './state.js';
import type { Chase, DeadlineReference, EpisodeState, HoldableStatus, Message, UnitState } from './state-types.js';
import {
  deadlinesToHold,
  deadlinesToReopen,
  nextSuspensionChange,
  owesReport,
  suspensionsToTell,
  suspensionWithoutMeasures,
  wasHeldSince,
} from './suspensions.js';

/** A deadline that nobody has met. `subject`: the notice's id, the report's day, the task's id. */
export interface OpenDeadline extends DeadlineReference {
  /** The moment from which it is owed; reminders before it are skipped. */
  openedAt: Instant;
  dueAt: Instant;
  isMissed: boolean;
  /** Places of the steps that were taken before their turn. */
  early?: readonly number[];
  /** How many units owe the same. */
  alike?: number;
}

/**
 * The earliest moment at which something happens by itself or a message may go out, seen from `now`; `undefined` if there
 * is none. `isHeld`: messages that are under way already, or may not go now; `isQuiet`: none is under way.
 */
export function due(
  state: EpisodeState,
  now: Instant,
  isHeld: (message: Message) => boolean = () => false,
  isQuiet = true,
): Instant | undefined {
  if (unitsToTell(state).length + unitsToAssign(state).length + noLongerOwed(state).length > 0)
    return state.head.episodeTime;
  if (circularToSend(state)) return state.head.episodeTime;
  if (hasSuspensionsToSettle(state)) return state.head.episodeTime;
  let first = nextEffect(state)?.effectiveAt ?? Number.POSITIVE_INFINITY;
  const consider = (moment: Instant | undefined) => {
    if (moment !== undefined && moment < first) first = moment;
  };
  consider(endOfDrill(state));
  consider(nextSuspensionChange(state)?.at);
  if (leftOver(state).length > 0) return state.head.episodeTime;
  for (const deadline of openDeadlines(state)) {
    if (!deadline.isMissed) consider(state.abandoned ? state.head.episodeTime : deadline.dueAt + 1);
    consider(nextStepAt(chainOf(state, deadline), deadline, now));
  }
  consider(nextDigest(state)?.at);
  consider(nextDigestReminder(state, now)?.at);
  consider(nextEndQuestion(state, now));
  consider(nextBroadcast(state)?.at);
  for (const message of Object.values(state.messages)) if (!isHeld(message)) consider(dueOf(state, message));
  if (isQuiet && isReadyToClose(state)) consider(state.head.episodeTime);
  return first === Number.POSITIVE_INFINITY ? undefined : first;
}

const hasSuspensionsToSettle = (state: EpisodeState): boolean =>
  state.suspensions.length > 0 &&
  (suspensionWithoutMeasures(state) !== undefined ||
    suspensionsToTell(state).length + deadlinesToHold(state).length + deadlinesToReopen(state).length > 0);

/**
 * The moment at which a drill that nobody touches ends by itself. Example: the last entry by a person on 1 January at
 * 14:00, 31 days: it ends on 1 February at 14:00 of its own time. A real episode never does.
 */
export function endOfDrill({ drill, phase, abandoned, attendedAt, policy }: EpisodeState): Instant | undefined {
  return drill && phase !== 'closed' && !abandoned ? attendedAt + policy.abandonedDrillDays * 24 * HOUR : undefined;
}

const isForReceipt = ({ waitsBecause }: Message): boolean => waitsBecause === AWAITS_RECEIPT;

/** Once nothing follows any more, nobody waits for a receipt. */
const dueOf = (state: EpisodeState, message: Message): Instant =>
  isForReceipt(message) && isOver(state) ? state.head.episodeTime : message.notBefore;

/** Messages of which only receipts are to come, and have not come in time. */
export const withoutReceipt = (state: EpisodeState, now: Instant): string[] =>
  Object.values(state.messages).flatMap((one) => (isForReceipt(one) && dueOf(state, one) <= now ? [one.key] : []));

/** Messages of an abandoned drill that need not go out any more: all but the one that tells the office. */
export const leftOver = ({ abandoned, messages }: EpisodeState): string[] =>
  abandoned ? Object.keys(messages).filter((key) => key !== farewellOf(abandoned.seq)) : [];

/**
 * The review is published, or the drill abandoned, and no message waits. The caller also waits for those under way:
 * nothing follows the seal.
 */
export const isReadyToClose = (state: EpisodeState): boolean =>
  state.phase !== 'closed' && isOver(state) && !isHandOverDue(state) && Object.keys(state.messages).length === 0;

/**
 * The review is published, no message waits, and what it asks to be revised or what is still open is not on the district's chain
 * yet. A drill asks nobody for anything. For a state with all its units.
 */
export const isHandOverDue = (state: EpisodeState): boolean =>
  !state.drill &&
  state.phase !== 'closed' &&
  state.review?.submittedAt !== undefined &&
  !state.review.handedOver &&
  Object.keys(state.messages).length === 0 &&
  Object.values(countHandedOver(state)).some((count) => count > 0);

/** From then on nothing that people do changes what is handed over. */
export const isHandingOver = (state: EpisodeState): boolean =>
  state.phase !== 'closed' && (state.review?.handedOver === true || isHandOverDue(state));

const isOver = (state: EpisodeState): boolean => state.abandoned !== undefined || isReviewPublished(state);

/** Once the office has published its review, or a drill is abandoned, no step is taken any more. */
export const chainOf = (state: EpisodeState, about: OpenDeadline): Step[] =>
  isOver(state) ? NO_STEPS : wholeChainOf(state, about);

const NO_STEPS: Step[] = [];

/** Every deadline that is pending, and every missed one whose chain has steps left. */
export function openDeadlines(state: EpisodeState): OpenDeadline[] {
  if (state.phase === 'new' || state.phase === 'closed') return [];
  const open: OpenDeadline[] = [];
  const days = pendingReportDays(state);
  const ended = lastNotice(state);
  const endKnownAt = Math.max(ended.enteredAt, ended.effectiveAt);
  // With an abandoned drill, what a suspension held off is taken off too.
  const isOwed = (status: HoldableStatus) => status === 'pending' || (state.abandoned && status === 'suspended');
  for (const unit of unitsOf(state)) {
    const add = adder(open, unit.chases, unit.unitId);
    for (const one of unit.acknowledgements) if (one.status === 'pending') add('acknowledgement', one, one.noticeId);
    if (unit.lifting?.status === 'pending') add('lifting', unit.lifting, unit.lifting.noticeId);
    for (const one of unit.implementation) if (isOwed(one.status)) add('implementation', one, one.noticeId);
    for (const one of unit.taskDeadlines) if (isOwed(one.status)) add('task', one, one.taskId);
    for (const { date, dueAt, openedAt } of days) {
      if (owes(state, unit, date))
        add('report', { dueAt, openedAt: Math.max(openedAt, unit.joinedAt ?? openedAt) }, date);
    }
    if (state.summaryDueAt !== undefined && !unit.summary) {
      add('summary', { dueAt: state.summaryDueAt, openedAt: endKnownAt });
    }
    for (const { circularId, openedAt, receipt, measures } of unit.circulars) {
      if (receipt.status === 'pending') add('circular', { openedAt, dueAt: receipt.dueAt }, circularId);
      if (measures?.status === 'pending') add('measures', { openedAt, dueAt: measures.dueAt }, circularId);
    }
    addMissed(open, state, unit.chases, unit.unitId);
  }
  const add = adder(open, state.chases);
  const { followUp, review } = state;
  if (followUp?.status === 'pending') add('follow-up', { dueAt: followUp.dueAt, openedAt: endKnownAt });
  if (review?.status === 'pending') add('review', { dueAt: review.dueAt, openedAt: endKnownAt });
  addMissed(open, state, state.chases);
  countAlike(state, open);
  return open;
}

/**
 * The same notice's answer, the same day's report, the summary: by each unit that has not given it, also by one whose chain
 * is over.
 */
function countAlike(state: EpisodeState, open: OpenDeadline[]): void {
  const units = unitsOf(state);
  const counts = new Map<string, number>();
  for (const one of open) {
    if (one.unitId === undefined) continue;
    const key = chaseKey(one);
    let count = counts.get(key);
    if (count === undefined) {
      count = units.filter((unit) => isOpenFor(state, unit, one)).length;
      counts.set(key, count);
    }
    one.alike = count;
  }
}

type Chases = Record<string, Chase>;

const adder =
  (open: OpenDeadline[], chases: Chases, unitId?: string) =>
  (deadline: DeadlineKind, { openedAt, dueAt }: { openedAt: Instant; dueAt: Instant }, subject?: string): void => {
    const chase = chases[chaseKey({ deadline, subject })];
    const one: OpenDeadline = { deadline, openedAt, dueAt, stepsTaken: chase?.stepsTaken ?? 0, isMissed: false };
    if (chase?.early) one.early = chase.early;
    open.push(named(one, unitId, subject));
  };

/** Deadlines that end with the response (§4.4). They cannot be met after it, so no step about them is taken. */
export const END_WITH_RESPONSE: ReadonlySet<DeadlineKind> = new Set(['acknowledgement', 'implementation', 'task']);

function addMissed(open: OpenDeadline[], state: EpisodeState, chases: Chases, unitId?: string): void {
  for (const [key, { stepsTaken, early, missed }] of Object.entries(chases)) {
    if (!missed) continue;
    const { deadline, subject } = chaseOf(key);
    if (state.liftedAt !== undefined && END_WITH_RESPONSE.has(deadline)) continue;
    const { dueAt } = missed;
    const one: OpenDeadline = { deadline, openedAt: dueAt, dueAt, stepsTaken, isMissed: true };
    if (early) one.early = early;
    named(one, unitId, subject);
    if (!wasHeldSince(state, one, dueAt)) open.push(one);
  }
}

/** Assigns instead of spreading, because it runs for every deadline at every turn. */
function named(open: OpenDeadline, unitId: string | undefined, subject: string | undefined): OpenDeadline {
  if (unitId !== undefined) open.unitId = unitId;
  if (subject !== undefined) open.subject = subject;
  return open;
}

/** Whether the deadline of a message can still be met: one that is suspended, too. */
export function isOpen(state: EpisodeState, about: Omit<DeadlineReference, 'stepsTaken'>): boolean {
  if (about.deadline === 'follow-up') return isUnmet(state.followUp?.status);
  if (about.deadline === 'review') return isUnmet(state.review?.status);
  const unit = state.units[about.unitId ?? ''];
  return unit !== undefined && isOpenFor(state, unit, about);
}

const isUnmet = (status: string | undefined) => status === 'pending' || status === 'missed' || status === 'suspended';

function isOpenFor(
  state: EpisodeState,
  unit: UnitState,
  { deadline, subject = '' }: Pick<DeadlineReference, 'deadline' | 'subject'>,
): boolean {
  if (state.liftedAt !== undefined && END_WITH_RESPONSE.has(deadline)) return false;
  switch (deadline) {
    case 'acknowledgement':
    case 'implementation': {
      const deadlines = deadline === 'acknowledgement' ? unit.acknowledgements : unit.implementation;
      return isUnmet(deadlines.find(({ noticeId }) => noticeId === subject)?.status);
    }
    case 'lifting':
      return isUnmet(unit.lifting?.status);
    case 'task':
      // One that was cancelled is owed no more, though it was missed.
      return (
        findTask(unit, subject)?.status !== 'ended' &&
        isUnmet(unit.taskDeadlines.find(({ taskId }) => taskId === subject)?.status)
      );
    case 'report':
      return unit.reports[subject]?.status === 'missed' || owes(state, unit, subject);
    case 'summary':
      return isUnmet(unit.summary?.status ?? 'pending');
    case 'circular':
    case 'measures': {
      const one = circularOf(unit, subject);
      return !one?.closed && isUnmet(deadline === 'circular' ? one?.receipt.status : one?.measures?.status);
    }
    default:
      return false;
  }
}

const owes = (state: EpisodeState, unit: UnitState, date: string): boolean =>
  !unit.reports[date] && owesReport(state, unit, date);

/** A day of the response is reported by the policy at the level that was known at the day's end (§5.1). */
const policyOfDay = (state: EpisodeState, subject: string): PolicyAtLevel =>
  policyOf(state, { deadline: 'report', subject });

/** When the report of a day is due in this episode (§5.1). */
export function reportDue(state: EpisodeState, date: string): Instant {
  const { dailyReportTime, quiet } = policyOfDay(state, date);
  return movedByQuiet('report', reportDueAt(date, dailyReportTime, beginning(state).enteredAt), quiet);
}

/** After a long pause days are decided a week at a time: the work of a turn does not grow with the pause. */
const DAYS_AT_ONCE = 7;

/** Days whose reports may be undecided. Those up to the last digest are decided: it is compiled after their hour. */
function pendingReportDays(state: EpisodeState): Array<{ date: string; dueAt: Instant; openedAt: Instant }> {
  if (state.responseLevel === undefined) return [];
  const { enteredAt } = beginning(state);
  const days: Array<{ date: string; dueAt: Instant; openedAt: Instant }> = [];
  const end = endOfResponse(state);
  const last = end === undefined ? latestDay(state) : lastOwedDay(end);
  for (let date = firstWithoutDigest(state); date <= last && days.length < DAYS_AT_ONCE; date = addDays(date, 1)) {
    if (!unitsOf(state).some((unit) => owes(state, unit, date))) continue;
    days.push({ date, dueAt: reportDue(state, date), openedAt: Math.max(endOfDay(date), enteredAt) });
  }
  return days;
}

const firstDayOfDigests = (state: EpisodeState): string => firstOwedDay({ from: beginning(state).effectiveAt });

const firstWithoutDigest = (state: EpisodeState): string =>
  state.digestedTo === undefined ? firstDayOfDigests(state) : addDays(state.digestedTo, 1);

const latestDay = (state: EpisodeState): string => beijingDate(state.head.episodeTime);

/**
 * The next day of the response to sum up for the office, and the moment to do it: the policy's hour, once the reports
 * were due (§5.1). Example: reports due at 10:00, digests at 10:30: 10 January is summed up on the 11th at 10:30.
 */
export function nextDigest(state: EpisodeState): { date: string; at: Instant } | undefined {
  if (state.responseLevel === undefined || isOver(state)) return undefined;
  const { effectiveAt } = beginning(state);
  const date = firstWithoutDigest(state);
  if (!owesDay({ from: effectiveAt, until: state.liftedAt }, date)) return undefined;
  return { date, at: digestAt(state, date) };
}

function digestAt(state: EpisodeState, date: string): Instant {
  const dueAt = reportDue(state, date);
  return Math.max(beijingInstant(beijingDate(dueAt), policyOfDay(state, date).digestTime), dueAt + 1);
}

/** Whether the digest of a day has been compiled. */
export const isDigested = (state: EpisodeState, date: string): boolean =>
  state.digestedTo !== undefined && date <= state.digestedTo && date >= firstDayOfDigests(state);

/** The days whose digests have not gone to the city. */
export function digestsToSubmit(state: EpisodeState): string[] {
  const { digestedTo, digestsSubmitted } = state;
  if (digestedTo === undefined) return [];
  const days: string[] = [];
  for (let date = firstDayOfDigests(state); date <= digestedTo; date = addDays(date, 1))
    if (!digestsSubmitted[date]) days.push(date);
  return days;
}

/**
 * The next moment, seen from `now`, at which the office is reminded that the city has not got the last digest, and its day.
 * Example: summed up at 12:30, reminded at 14:00; after an outage that ends at 02:00, at 09:00. Earlier days are named with
 * it.
 */
export function nextDigestReminder(state: EpisodeState, now: Instant): { date: string; at: Instant } | undefined {
  const { digestedTo: date, digestRemindedTo, digestsSubmitted } = state;
  if (date === undefined || isOver(state) || digestRemindedTo === date || digestsSubmitted[date]) return undefined;
  const at = digestAt(state, date);
  const { digestSubmissionTime, quiet } = policyOfDay(state, date);
  const hour = beijingInstant(beijingDate(at), digestSubmissionTime);
  return { date, at: afterQuiet(Math.max(at, hour, now), quiet) };
}

/**
 * The next moment, seen from `now`, at which the office is asked what follows the expected end: lifting, a longer response, or going on.
 * Nothing ends by itself. Example with 2 and 12 hours, for an end at 14:00 at red: asked at 12:00, at 14:00, at 02:00 …,
 * until a notice is entered. Below red the question of 02:00 waits until 09:00.
 */
export function nextEndQuestion(state: EpisodeState, now: Instant): Instant | undefined {
  if (state.phase === 'new' || isLiftNoticed(state) || isOver(state)) return undefined;
  const { expectedEndAt, enteredAt } = lastNotice(state);
  if (expectedEndAt === undefined) return undefined;
  const { endQuestionBeforeHours, endQuestionAgainHours } = state.policy;
  const end = Date.parse(expectedEndAt);
  const after = Math.max(enteredAt, state.endAskedAt ?? enteredAt);
  const before = end - endQuestionBeforeHours * HOUR;
  if (after < before) return before;
  if (after < end) return end;
  const pause = endQuestionAgainHours * HOUR;
  const again = end + (Math.floor((after - end) / pause) + 1) * pause;
  return noticeInForce(state).level === 'red' ? again : afterQuiet(Math.max(again, now), policyInForce(state).quiet);
}
