/** Things that happen by themselves: units are told of a notice, notices take effect, deadlines pass, the record is sealed. */
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Clause } from '../../plan/rules/clauses.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import { movedByQuiet } from '../../plan/rules/quiet.js';
import { dueWithin } from '../../plan/rules/workdays.js';
import type { DeadlineKind, TimeGiven } from '../../plan/types.js';
import { nextBroadcast } from '../broadcast.js';
import { circularToSend } from '../circulars.js';
import { RULE_OF_DEADLINE } from '../clauses.js';
import type { Instant } from '../commands.js';
import { namedInEntries } from '../deadline-names.js';
import { digestOf } from '../digest.js';
import {
  endOfDrill,
  isReadyToClose,
  leftOver,
  nextDigest,
  nextDigestReminder,
  nextEndQuestion,
  type OpenDeadline,
  openDeadlines,
  withoutReceipt,
} from '../due.js';
import { type NoLongerOwed, noLongerOwed, unitsToAssign, unitsToTell } from '../effects.js';
import type { Draft, EntryData } from '../entries.js';
import { tasksAt } from '../level-tasks.js';
import { implementationDue, policyInForce } from '../policy.js';
import { knownFrom, lastNotice, namesOf, nextEffect, noticeInForce, startNotice } from '../state.js';
import type { EpisodeState, NoticeState, UnitState } from '../state-types.js';
import {
  deadlinesToHold,
  deadlinesToReopen,
  nextSuspensionChange,
  suspensionsToTell,
  suspensionWithoutMeasures,
} from '../suspensions.js';
import { lastWord, repeatBroadcast } from './broadcast.js';
import { sendCircular } from './circulars.js';
import { draft, SYSTEM } from './decision.js';
import { tell } from './notifications.js';
import { stepsDue } from './steps.js';
import { withStopped } from './stopped.js';
import { changeSuspension, endWithMeasures, holdOff, reopen, tellOfSuspension } from './suspensions.js';

/** A turn ends between two steps: each writes about so many units or deadlines at most. */
const UNITS_AT_ONCE = 50;
const DEADLINES_AT_ONCE = 500;
const MESSAGES_AT_ONCE = 2_000;

/**
 * The next thing that has fallen due by `now`, as entries; `undefined` if nothing has. Effects and missed deadlines come
 * first, in order of time; then the steps that follow from them. A drill that nobody touches gets to its end and no
 * further. `isQuiet`: no message is under way.
 */
export function happening(state: EpisodeState, now: Instant, isQuiet: boolean): Draft[] | undefined {
  const telling = unitsToTell(state).slice(0, UNITS_AT_ONCE);
  if (telling.length > 0) return telling.map((unitId) => tell(state, unitId, now));
  const assigning = unitsToAssign(state).slice(0, UNITS_AT_ONCE);
  if (assigning.length > 0) {
    const notice = noticeInForce(state);
    return assigning.map((unit) => assign(state, unit, notice, knownFrom(notice)));
  }
  const circular = circularToSend(state);
  if (circular) return circular.toSend!.slice(0, UNITS_AT_ONCE).map((one) => sendCircular(state, circular, one, now));
  const ended = noLongerOwed(state).slice(0, DEADLINES_AT_ONCE);
  if (ended.length > 0) {
    return withStopped(
      state,
      ended.map((one) => endedEntry(state, one)),
      'ended',
    );
  }
  const settling = settleSuspensions(state, now);
  if (settling) return settling;
  const arrived = withoutReceipt(state, now).slice(0, MESSAGES_AT_ONCE);
  if (arrived.length > 0) return [draft('notification.withdrawn', SYSTEM, { messages: arrived, reason: 'no-receipt' })];

  const open = openDeadlines(state);
  if (state.abandoned) return windUp(state, open, isQuiet);
  const effect = nextEffect(state);
  const end = endOfDrill(state) ?? Number.POSITIVE_INFINITY;
  const until = Math.min(now, end);
  let firstPassed = Number.POSITIVE_INFINITY;
  for (const { dueAt, isMissed } of open) if (!isMissed && dueAt < until && dueAt < firstPassed) firstPassed = dueAt;
  const change = nextSuspensionChange(state);
  const isChangeFirst = change && change.at < (effect?.effectiveAt ?? Number.POSITIVE_INFINITY);
  if (isChangeFirst && change.at <= until && change.at <= firstPassed)
    return withStopped(state, [changeSuspension(state, change)], 'ended');
  if (effect && effect.effectiveAt <= until && effect.effectiveAt <= firstPassed) {
    if (effect.kind !== 'lift') return withStopped(state, [takeEffect(state, effect)], 'repeated');
    return withStopped(state, [takeEffect(state, effect), ...lastWord(state, effect)], 'ended');
  }
  if (firstPassed < until) {
    const passed = open.filter(({ dueAt, isMissed }) => !isMissed && dueAt === firstPassed);
    return withStopped(
      state,
      passed.slice(0, DEADLINES_AT_ONCE).map((one) => missedEntry(state, one)),
      'passed',
    );
  }
  const steps = end <= now ? [] : stepsDue(state, open, now);
  if (steps.length > 0) return withStopped(state, steps, 'repeated');
  const question = nextEndQuestion(state, now);
  if (question !== undefined && question <= until) return withStopped(state, [askAboutEnd(state)], 'repeated');
  const digest = nextDigest(state);
  if (digest && digest.at <= until) return [compileDigest(state, digest.date)];
  const reminder = nextDigestReminder(state, now);
  if (reminder && reminder.at <= until) return withStopped(state, [remindOfDigest(state, reminder.date)], 'repeated');
  const broadcast = nextBroadcast(state);
  if (broadcast && broadcast.at <= until) return repeatBroadcast(state, broadcast.of);
  if (end <= now) return [abandon(state, end)];
  if (isQuiet && isReadyToClose(state)) return close(state, open);
  return undefined;
}

/** What follows from suspensions for units and deadlines, and has not been written. */
function settleSuspensions(state: EpisodeState, now: Instant): Draft[] | undefined {
  if (state.suspensions.length === 0) return undefined;
  const ended = suspensionWithoutMeasures(state);
  if (ended) return withStopped(state, [endWithMeasures(state, ended, now)], 'ended');
  const telling = suspensionsToTell(state).slice(0, UNITS_AT_ONCE);
  if (telling.length > 0) return telling.map((one) => tellOfSuspension(state, one));
  const held = deadlinesToHold(state).slice(0, DEADLINES_AT_ONCE);
  if (held.length > 0) {
    return withStopped(
      state,
      held.map((one) => holdOff(state, one)),
      'ended',
    );
  }
  const free = deadlinesToReopen(state).slice(0, DEADLINES_AT_ONCE);
  return free.length > 0 ? free.map((one) => reopen(state, one, now)) : undefined;
}

const abandon = ({ attendedAt }: EpisodeState, end: Instant): Draft =>
  draft('drill.abandoned', SYSTEM, { idleSince: beijingIso(attendedAt), abandonedAt: beijingIso(end) });

/** Takes off what waits in an abandoned drill; once the office has been told, seals the record. */
function windUp(state: EpisodeState, open: OpenDeadline[], isQuiet: boolean): Draft[] | undefined {
  const messages = leftOver(state).slice(0, MESSAGES_AT_ONCE);
  if (messages.length > 0) return [draft('notification.withdrawn', SYSTEM, { messages, reason: 'ended' })];
  return (
    pendingTakenOff(state, open, 'drill-abandoned') ?? (isQuiet && isReadyToClose(state) ? [seal(state)] : undefined)
  );
}

/**
 * The effect itself; its meaning for each unit follows from the state (effects.ts). The first to take effect begins the
 * response: the start, or an adjustment that comes before it.
 */
function takeEffect(state: EpisodeState, notice: NoticeState): Draft {
  if (notice.kind === 'lift') return takeLifting(state, notice);
  const data = { ...namesOf(notice), effectiveAt: beijingIso(notice.effectiveAt), level: notice.level };
  const cited = { clause: state.binding.rules.levels };
  return state.responseLevel === undefined
    ? draft('response.started', SYSTEM, data, cited)
    : draft('response.adjusted', SYSTEM, { ...data, previousLevel: noticeInForce(state).level }, cited);
}

/**
 * §4.4: the response ends by itself; the office's and the units' closing duties begin (§5.1, §5.2). Lifted before any
 * notice took effect there was no response, and the units owe no summary of it.
 */
function takeLifting(state: EpisodeState, notice: NoticeState): Draft {
  const { rules } = state.binding;
  const { followUpDueAt, reviewDueAt, summaryDueAt } = closingOf(state, notice);
  const data = {
    ...namesOf(notice),
    effectiveAt: beijingIso(notice.effectiveAt),
    followUpDueAt: beijingIso(followUpDueAt),
    reviewDueAt: beijingIso(reviewDueAt),
  };
  if (state.responseLevel === undefined) return draft('response.cancelled', SYSTEM, data, { clause: rules.lifts });
  const ended = { ...data, summaryDueAt: beijingIso(summaryDueAt) };
  return draft('response.ended', SYSTEM, ended, { clause: rules.ends });
}

/** When the closing duties of a lifting are due. */
export function closingOf(
  state: EpisodeState,
  notice: NoticeState,
): Record<'followUpDueAt' | 'summaryDueAt' | 'reviewDueAt', Instant> {
  const { followUpReportHours, summaryHours, reviewHours, workdayEnd, quiet } = policyInForce(state);
  const within = (given: TimeGiven) => dueWithin(knownFrom(notice), given, state.binding.holidays, workdayEnd);
  return {
    followUpDueAt: within(followUpReportHours),
    summaryDueAt: movedByQuiet('summary', within(summaryHours), quiet),
    reviewDueAt: movedByQuiet('review', within(reviewHours), quiet),
  };
}

function askAboutEnd(state: EpisodeState): Draft {
  const notice = lastNotice(state);
  const data = { ...namesOf(notice), expectedEndAt: notice.expectedEndAt! };
  return draft('end.asked', SYSTEM, data, { clause: state.binding.rules.lifts });
}

/** §4.2, §4.3: a unit's tasks at the level, and the deadline of its implementation report. */
export function assign(state: EpisodeState, unit: UnitState, notice: NoticeState, from: Instant): Draft {
  const level = responseLevelOf(notice.level);
  const { tasks, ended } = tasksAt(state, unit, level);
  const dueAt = implementationDue(state, notice.level, from);
  return draft(
    'task.assigned',
    SYSTEM,
    { ...namesOf(notice), level, tasks, ended, implementationDueAt: beijingIso(dueAt) },
    { unitId: unit.unitId, clause: state.binding.rules.tasks },
  );
}

const endedEntry = (state: EpisodeState, one: NoLongerOwed): Draft =>
  withdraw(state, one, one.deadline === 'report' ? 'lifted-earlier' : 'response-ended', state.binding.rules.ends);

/** Takes off what the units still owe; then seals the record. The office owes nothing any more by then. */
const close = (state: EpisodeState, open: OpenDeadline[]): Draft[] =>
  pendingTakenOff(state, open, 'episode-closed') ?? [seal(state)];

function pendingTakenOff(state: EpisodeState, open: OpenDeadline[], reason: string): Draft[] | undefined {
  const pending = open.filter(({ isMissed }) => !isMissed).slice(0, DEADLINES_AT_ONCE);
  if (pending.length === 0) return undefined;
  return pending.map((one) => withdraw(state, one, reason, state.binding.rules[RULE_OF_DEADLINE[one.deadline]]));
}

const seal = (state: EpisodeState): Draft =>
  draft('episode.closed', SYSTEM, namesOf(startNotice(state)), { clause: state.binding.rules.review });

type Owed = Pick<OpenDeadline, 'deadline' | 'subject' | 'unitId'>;

function withdraw(state: EpisodeState, owed: Owed, reason: string, clause: Clause): Draft {
  const data = { ...namedInEntries(state, owed), reason } as EntryData['deadline.withdrawn'];
  return draft('deadline.withdrawn', SYSTEM, data, { unitId: owed.unitId, clause });
}

/** §5.1: the office's digest of a day: how many units reported, and the ones that did not. */
function compileDigest(state: EpisodeState, date: string): Draft {
  const { submitted, outstanding } = digestOf(state, date, []);
  return draft('digest.compiled', SYSTEM, { date, submitted, outstanding }, { clause: state.binding.rules.daily });
}

const remindOfDigest = (state: EpisodeState, date: string): Draft =>
  draft('digest.reminded', SYSTEM, { date }, { clause: state.binding.rules.daily });

function missedEntry(state: EpisodeState, open: OpenDeadline): Draft {
  const { deadline, unitId, dueAt } = open;
  const { deadline: _, ...subject } = namedInEntries(state, open);
  const data = { ...subject, dueAt: beijingIso(dueAt) } as EntryData[`${DeadlineKind}.missed`];
  return draft(`${deadline}.missed`, SYSTEM, data, { unitId, clause: state.binding.rules[RULE_OF_DEADLINE[deadline]] });
}
