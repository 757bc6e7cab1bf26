/** Things that happen by themselves: notices take effect, deadlines pass, the record is sealed. */
import { beijingIso, HOUR, MINUTE } from '../../plan/rules/calendar.js';
import type { Clause, Rules } from '../../plan/rules/clauses.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import { changeOfLevel } from '../../plan/rules/transition.js';
import type { DeadlineKind } from '../../plan/types.js';
import { RULE_OF_DEADLINE } from '../clauses.js';
import type { Instant } from '../commands.js';
import { namedInEntries } from '../deadline-names.js';
import { digestOf } from '../digest.js';
import { isReadyToClose, nextDigest, nextEffect, type OpenDeadline, openDeadlines } from '../due.js';
import { knownFrom, type NoLongerOwed, noLongerOwed, unitsToAssign } from '../effects.js';
import type { Draft, EntryData } from '../entries.js';
import { itemsFor, noticeInForce, startNotice } from '../state.js';
import type { EpisodeState, NoticeState, UnitState } from '../state-types.js';
import { draft, SYSTEM } from './decision.js';
import { stepsDue } from './steps.js';
import { withStopped } from './stopped.js';

/** A turn ends between two steps: each writes about so many units or deadlines at most. */
const UNITS_AT_ONCE = 50;
const DEADLINES_AT_ONCE = 500;

/**
 * The next thing that has fallen due by `now`, as entries; `undefined` if nothing has. Effects and missed deadlines come
 * first, in order of time; then the steps that follow from them. `isQuiet`: no message is under way.
 */
export function happening(state: EpisodeState, now: Instant, isQuiet: boolean): Draft[] | undefined {
  const assigning = unitsToAssign(state).slice(0, UNITS_AT_ONCE);
  if (assigning.length > 0) {
    const notice = noticeInForce(state);
    return assigning.map((unit) => assign(state, unit, notice, knownFrom(notice)));
  }
  const ended = noLongerOwed(state).slice(0, DEADLINES_AT_ONCE);
  if (ended.length > 0) {
    return withStopped(
      state,
      ended.map((one) => endedEntry(one, state.binding.rules)),
      'ended',
    );
  }

  const effect = nextEffect(state);
  const open = openDeadlines(state);
  let firstPassed = Number.POSITIVE_INFINITY;
  for (const { dueAt, isMissed } of open) if (!isMissed && dueAt < now && dueAt < firstPassed) firstPassed = dueAt;
  if (effect && effect.effectiveAt <= now && effect.effectiveAt <= firstPassed)
    return withStopped(state, [takeEffect(state, effect)], effect.kind === 'lift' ? 'ended' : 'repeated');
  if (firstPassed < now) {
    const passed = open.filter(({ dueAt, isMissed }) => !isMissed && dueAt === firstPassed);
    return withStopped(
      state,
      passed.slice(0, DEADLINES_AT_ONCE).map((one) => missedEntry(one, state.binding.rules)),
      'passed',
    );
  }
  const steps = stepsDue(state, open, now);
  if (steps.length > 0) return withStopped(state, steps, 'repeated');
  const digest = nextDigest(state);
  if (digest && digest.at <= now) return [compileDigest(state, digest.date)];
  if (isQuiet && isReadyToClose(state)) return close(state, open);
  return undefined;
}

/** The effect itself; its meaning for each unit follows from the state (effects.ts). */
function takeEffect(state: EpisodeState, notice: NoticeState): Draft {
  const common = { noticeNumber: notice.number, effectiveAt: beijingIso(notice.effectiveAt) };
  const { rules } = state.binding;
  switch (notice.kind) {
    case 'start':
      return draft('response.started', SYSTEM, { ...common, level: notice.level }, { clause: rules.levels });
    case 'adjust': {
      const previousLevel = noticeInForce(state).level;
      const data = { ...common, previousLevel, level: notice.level };
      return draft('response.adjusted', SYSTEM, data, { clause: rules.levels });
    }
    case 'lift': {
      // §4.4: the response ends by itself; the office's and the units' closing duties begin (§5.1, §5.2).
      const { followUpReportHours, summaryHours, reviewHours } = state.policy;
      const inHours = (hours: number) => beijingIso(knownFrom(notice) + hours * HOUR);
      const data = {
        ...common,
        followUpDueAt: inHours(followUpReportHours),
        summaryDueAt: inHours(summaryHours),
        reviewDueAt: inHours(reviewHours),
      };
      return draft('response.ended', SYSTEM, data, { clause: rules.ends });
    }
  }
}

/** §4.2, §4.3: a unit's tasks at the level, and the deadline of its implementation report. */
export function assign(state: EpisodeState, unit: UnitState, notice: NoticeState, from: Instant): Draft {
  const level = responseLevelOf(notice.level);
  const { tasks, ended } = changeOfLevel(itemsFor(state, unit), unit.unitId, unit.tasks, level);
  const implementationDueAt = beijingIso(from + state.policy.implementationReportMinutes * MINUTE);
  return draft(
    'task.assigned',
    SYSTEM,
    { noticeNumber: notice.number, level, tasks, ended, implementationDueAt },
    { unitId: unit.unitId, clause: state.binding.rules.tasks },
  );
}

const endedEntry = (one: NoLongerOwed, rules: Rules): Draft =>
  withdraw(one, one.deadline === 'report' ? 'lifted-earlier' : 'response-ended', rules.ends);

/** Takes off what the units still owe; then seals the record. The office owes nothing any more by then. */
function close(state: EpisodeState, open: OpenDeadline[]): Draft[] {
  const { rules } = state.binding;
  const pending = open
    .flatMap((one) => (one.isMissed || one.unitId === undefined ? [] : [{ ...one, unitId: one.unitId }]))
    .slice(0, DEADLINES_AT_ONCE);
  if (pending.length > 0)
    return pending.map((one) => withdraw(one, 'episode-closed', rules[RULE_OF_DEADLINE[one.deadline]]));
  return [draft('episode.closed', SYSTEM, { noticeNumber: startNotice(state).number }, { clause: rules.review })];
}

type OfUnit = Pick<OpenDeadline, 'deadline' | 'subject'> & { unitId: string };

function withdraw(owed: OfUnit, reason: string, clause: Clause): Draft {
  const data = { ...namedInEntries(owed), reason } as EntryData['deadline.withdrawn'];
  return draft('deadline.withdrawn', SYSTEM, data, { unitId: owed.unitId, clause });
}

/** §5.1: the office's digest of a day: how many units reported, and the ones that did not. */
function compileDigest(state: EpisodeState, date: string): Draft {
  const { submitted, outstanding } = digestOf(state, date, []);
  return draft('digest.compiled', SYSTEM, { date, submitted, outstanding }, { clause: state.binding.rules.daily });
}

function missedEntry(open: OpenDeadline, rules: Rules): Draft {
  const { deadline, unitId, dueAt } = open;
  const { deadline: _, ...subject } = namedInEntries(open);
  const data = { ...subject, dueAt: beijingIso(dueAt) } as EntryData[`${DeadlineKind}.missed`];
  return draft(`${deadline}.missed`, SYSTEM, data, { unitId, clause: rules[RULE_OF_DEADLINE[deadline]] });
}
