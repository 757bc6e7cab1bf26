/** Which level of warning the policy of an episode is read at. A deadline keeps the level that it was opened at. */
import { endOfDay, MINUTE } from '../plan/rules/calendar.js';
import type { Step } from '../plan/rules/chains.js';
import { type PolicyAtLevel, policyAt } from '../plan/rules/policy.js';
import { movedByQuiet } from '../plan/rules/quiet.js';
import type { WarningLevel } from '../plan/types.js';
import type { Instant } from './commands.js';
import { knownFrom, noticeInForce, startNotice } from './state.js';
import type { DeadlineReference, EpisodeState } from './state-types.js';

/** When the report of what is in effect is due, of a notice whose deadlines count from a moment (§4.2). */
export function implementationDue({ policy }: EpisodeState, level: WarningLevel, from: Instant): Instant {
  const { implementationReportMinutes, quiet } = policyAt(policy, level);
  return movedByQuiet('implementation', from + implementationReportMinutes * MINUTE, quiet);
}

/** The policy at the level in force; before the start's effect, at the start's. */
export const policyInForce = (state: EpisodeState): PolicyAtLevel => policyAt(state.policy, noticeInForce(state).level);

export const policyOf = (
  state: EpisodeState,
  deadline: Pick<DeadlineReference, 'deadline' | 'unitId' | 'subject'>,
): PolicyAtLevel => policyAt(state.policy, levelOf(state, deadline));

/**
 * The steps about a deadline. Those about the supervisor's own unit end at the office: nobody reports an overseer to those
 * above for a slip (§7).
 */
export function wholeChainOf(
  state: EpisodeState,
  about: Pick<DeadlineReference, 'deadline' | 'unitId' | 'subject'>,
): Step[] {
  const steps = policyOf(state, about).chains[about.deadline];
  const isOfSupervisor = about.unitId !== undefined && about.unitId === state.binding.supervisorUnit;
  return isOfSupervisor ? upToTheOffice(steps) : steps;
}

/** Kept, because schedules of steps are known by the list they are of (plan/rules/chains.ts). */
const shortened = new WeakMap<Step[], Step[]>();

function upToTheOffice(steps: Step[]): Step[] {
  const known = shortened.get(steps) ?? steps.filter(({ to }) => to !== 'committee');
  shortened.set(steps, known);
  return known;
}

function levelOf(
  state: EpisodeState,
  { deadline, unitId = '', subject }: Pick<DeadlineReference, 'deadline' | 'unitId' | 'subject'>,
): WarningLevel {
  switch (deadline) {
    case 'acknowledgement':
    case 'lifting':
    case 'implementation':
      return (state.notices.find(({ noticeId }) => noticeId === subject) ?? noticeInForce(state)).level;
    case 'task': {
      const opened = state.units[unitId]?.taskDeadlines.find(({ taskId }) => taskId === subject);
      return levelBefore(state, opened?.openedAt ?? state.head.episodeTime);
    }
    case 'circular':
    case 'measures': {
      const sent = state.units[unitId]?.circulars.find(({ circularId }) => circularId === subject);
      return levelBefore(state, sent?.openedAt ?? state.head.episodeTime);
    }
    case 'report':
      return levelOfDay(state, subject!);
    default:
      // They exist from the lifting on, after which no level takes effect any more.
      return noticeInForce(state).level;
  }
}

/** The level known to be in force at the end of a day. */
export const levelOfDay = (state: EpisodeState, date: string): WarningLevel => levelBefore(state, endOfDay(date));

/**
 * The level known to be in force just before a moment. No later notice changes it any more. Example: red in effect from
 * 18:00 is entered at 20:00: at 19:00 the level was orange, and stays so.
 */
const levelBefore = (state: EpisodeState, moment: Instant): WarningLevel =>
  (
    state.notices.findLast(
      (notice) => notice.kind !== 'lift' && notice.effect !== 'overtaken' && knownFrom(notice) < moment,
    ) ?? startNotice(state)
  ).level;
