/** What happens by itself: notices take effect, deadlines pass, the record is sealed. */
import { beijingIso, HOUR, lastOwedDay, MINUTE, reportableDays } from '../../plan/rules/calendar.js';
import type { Clause, Rules } from '../../plan/rules/clauses.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import { changeOfLevel } from '../../plan/rules/transition.js';
import type { DeadlineKind } from '../../plan/types.js';
import { RULE_OF_DEADLINE } from '../clauses.js';
import type { Instant } from '../commands.js';
import { subjectOf } from '../deadline-names.js';
import { digestOf } from '../digest.js';
import { isReadyToClose, nextDigest, nextEffect, type OpenDeadline, openDeadlines, pendingDeadlines } from '../due.js';
import type { Draft, EntryData } from '../entries.js';
import { itemsFor, noticeInForce, responseOf, startNotice, unitsOf } from '../state.js';
import type { EpisodeState, NoticeState, UnitState } from '../state-types.js';
import { draft, SYSTEM } from './decision.js';
import { stepsDue } from './steps.js';
import { withStopped } from './stopped.js';

/**
 * The next thing that has fallen due by `now`, as entries; `undefined` when nothing has. First what takes effect and what
 * has passed, in order of time; then who is to be told of it, as it stands by now. `isQuiet`: no message is under way.
 */
export function happening(state: EpisodeState, now: Instant, isQuiet: boolean): Draft[] | undefined {
  const effect = nextEffect(state);
  const open = openDeadlines(state);
  let firstPassed = Number.POSITIVE_INFINITY;
  for (const { dueAt, isMissed } of open) if (!isMissed && dueAt < now && dueAt < firstPassed) firstPassed = dueAt;
  if (effect && effect.effectiveAt <= now && effect.effectiveAt <= firstPassed)
    return withStopped(state, takeEffect(state, effect), effect.kind === 'lift' ? 'ended' : 'repeated');
  if (firstPassed < now) {
    const passed = open.filter(({ dueAt, isMissed }) => !isMissed && dueAt === firstPassed);
    return withStopped(
      state,
      passed.map((one) => missedEntry(one, state.binding.rules)),
      'passed',
    );
  }
  const steps = stepsDue(state, open, now);
  if (steps.length > 0) return withStopped(state, steps, 'repeated');
  const digest = nextDigest(state);
  if (digest && digest.at <= now) return [compileDigest(state, digest.date)];
  if (isQuiet && isReadyToClose(state)) return close(state);
  return undefined;
}

function takeEffect(state: EpisodeState, notice: NoticeState): Draft[] {
  const effectiveAt = beijingIso(notice.effectiveAt);
  const common = { noticeNumber: notice.number, effectiveAt };
  switch (notice.kind) {
    case 'start':
      return [
        draft('response.started', SYSTEM, { ...common, level: notice.level }, { clause: state.binding.rules.levels }),
        ...unitsOf(state).map((unit) => assign(state, unit, notice, knownFrom(notice))),
      ];
    case 'adjust': {
      const previousLevel = noticeInForce(state).level;
      return [
        draft(
          'response.adjusted',
          SYSTEM,
          { ...common, previousLevel, level: notice.level },
          { clause: state.binding.rules.levels },
        ),
        ...unitsOf(state).map((unit) => assign(state, unit, notice, knownFrom(notice))),
      ];
    }
    case 'lift':
      return end(state, notice);
  }
}

/** What a notice asks for counts from its effect, or from its entry if that came later: nobody is late through it. */
const knownFrom = ({ effectiveAt, enteredAt }: NoticeState): Instant => Math.max(effectiveAt, enteredAt);

/** §4.2, §4.3: a unit's tasks at the level, and until when it reports what is in effect. */
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

/**
 * §4.4: the response ends by itself. What it asked for at once is no longer owed, nor are days that a lifting in the
 * past leaves outside (§5.1); the office's and the units' closing duties begin (§5.1, §5.2).
 */
function end(state: EpisodeState, notice: NoticeState): Draft[] {
  const { effectiveAt } = notice;
  const { rules } = state.binding;
  const { followUpReportHours, summaryHours, reviewHours } = state.policy;
  const after = (from: Instant, hours: number) => beijingIso(from + hours * HOUR);
  const known = knownFrom(notice);
  const ended = draft(
    'response.ended',
    SYSTEM,
    {
      noticeNumber: notice.number,
      effectiveAt: beijingIso(effectiveAt),
      followUpDueAt: after(known, followUpReportHours),
      summaryDueAt: after(known, summaryHours),
      reviewDueAt: after(known, reviewHours),
    },
    { clause: rules.ends },
  );
  const open = pendingDeadlines(state)
    .filter(({ deadline }) => deadline === 'acknowledgement' || deadline === 'implementation' || deadline === 'task')
    .map((pending) => withdraw(pending, 'response-ended', rules.ends));
  const days = unitsOf(state).flatMap((unit) =>
    daysNoLongerOwed(state, unit, effectiveAt, known).map((date) =>
      withdraw({ deadline: 'report', unitId: unit.unitId, subject: date }, 'lifted-earlier', rules.ends),
    ),
  );
  return [ended, ...open, ...days];
}

/** Days that were on the board when the lifting became known. */
function daysNoLongerOwed(state: EpisodeState, unit: UnitState, liftedAt: Instant, known: Instant): string[] {
  const response = responseOf(state, unit);
  const last = liftedAt > response.from ? lastOwedDay(liftedAt) : '';
  return reportableDays({ from: response.from }, known).filter((date) => date > last);
}

/** The rest of what was owed when the record is sealed. */
function close(state: EpisodeState): Draft[] {
  const { rules } = state.binding;
  return [
    ...pendingDeadlines(state).map((pending) =>
      withdraw(pending, 'episode-closed', rules[RULE_OF_DEADLINE[pending.deadline]]),
    ),
    draft('episode.closed', SYSTEM, { noticeNumber: startNotice(state).number }, { clause: rules.review }),
  ];
}

type Named = Pick<OpenDeadline, 'deadline' | 'unitId' | 'subject'>;

function withdraw(deadline: Named, reason: string, clause: Clause): Draft {
  const data = { deadline: deadline.deadline, ...subjectOf(deadline), reason } as EntryData['deadline.withdrawn'];
  return draft('deadline.withdrawn', SYSTEM, data, { unitId: deadline.unitId, clause });
}

/** §5.1: for the office each day, how many units reported of the day before and who did not. */
function compileDigest(state: EpisodeState, date: string): Draft {
  const { submitted, outstanding } = digestOf(state, date, []);
  return draft('digest.compiled', SYSTEM, { date, submitted, outstanding }, { clause: state.binding.rules.daily });
}

function missedEntry(open: OpenDeadline, rules: Rules): Draft {
  const { deadline, unitId, dueAt } = open;
  const data = { ...subjectOf(open), dueAt: beijingIso(dueAt) } as EntryData[`${DeadlineKind}.missed`];
  return draft(`${deadline}.missed`, SYSTEM, data, { unitId, clause: rules[RULE_OF_DEADLINE[deadline]] });
}
