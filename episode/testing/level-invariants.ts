/** Invariants of what depends on level and time of day, judged from the entries alone. */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import type { DeadlineKind, Policy, PolicyValues, QuietHours, WarningLevel, Whom } from '../../plan/types.js';
import type { Entry } from '../entries.js';
import { of, time } from './entries-of.js';

/** The policy's values at a level, its chains apart. */
export const valuesAt = ({ chains: _, ...policy }: Policy, level: WarningLevel): Omit<PolicyValues, 'chains'> =>
  Object.fromEntries(
    Object.entries(policy).map(([name, value]) => {
      const byLevel = value as Partial<Record<WarningLevel, unknown>>;
      return [name, byLevel[level] ?? value];
    }),
  ) as unknown as Omit<PolicyValues, 'chains'>;

/** Compares the clock's hands, as a person would. */
export function isAtNight(moment: number, { from, until }: QuietHours): boolean {
  const hands = beijingIso(moment).slice(11, 16);
  return from < until ? from <= hands && hands < until : from <= hands || hands < until;
}

/** No deadline is due in quiet hours in which the policy of its level forbids it. */
export function quietFaults(entries: readonly Entry[]): string[] {
  const [issued] = of(entries, 'warning.issued');
  if (!issued) return [];
  const { policy } = issued.data;
  const levels = new Map(
    of(entries, 'warning.issued', 'level.adjusted').map(({ data }) => [data.noticeId, data.level]),
  );
  const ended = of(entries, 'response.started', 'response.adjusted').at(-1)?.data.level ?? issued.data.level;
  const forbidden = (dueAt: string, deadline: QuietHours['moves'][number], level: WarningLevel): boolean => {
    const { quiet } = valuesAt(policy, level);
    return level !== 'red' && quiet.moves.includes(deadline) && isAtNight(time(dueAt), quiet);
  };
  const atNight = [
    ...of(entries, 'task.assigned').filter(({ data }) =>
      forbidden(data.implementationDueAt, 'implementation', levels.get(data.noticeId)!),
    ),
    ...of(entries, 'response.ended').filter(({ data }) => forbidden(data.summaryDueAt, 'summary', ended)),
    ...of(entries, 'response.ended', 'response.cancelled').filter(({ data }) =>
      forbidden(data.reviewDueAt, 'review', ended),
    ),
  ];
  return atNight.map(({ seq }) => `${seq} lets something fall due at night`);
}

export const LEVELS: readonly WarningLevel[] = ['yellow', 'orange', 'red'];
const A_LITTLE_LATE = 30 * MINUTE;

/** Nobody whom a chain tells in no night is told in the middle of one, also after an outage. */
export function heldFaults(entries: readonly Entry[]): string[] {
  const policy = of(entries, 'warning.issued')[0]?.data.policy;
  if (!policy) return [];
  const isMidnight = (moment: number): boolean =>
    LEVELS.every((level) => {
      const { quiet } = valuesAt(policy, level);
      // A day may be shorter than half an hour: at its end a night has just begun.
      const before = Array.from({ length: A_LITTLE_LATE / MINUTE + 1 }, (_, minutes) => moment - minutes * MINUTE);
      return [...before, moment - A_LITTLE_LATE - 1].every((one) => isAtNight(one, quiet));
    });
  const isHeld = (deadline: DeadlineKind, whom: Whom): boolean => {
    const chain = policy.chains[deadline];
    const steps = 'yellow' in chain ? LEVELS.flatMap((level) => chain[level]) : chain;
    return steps.every(({ to, quiet }) => to !== whom || quiet === 'hold');
  };
  return of(entries, 'deadline.reminded', 'deadline.escalated')
    .filter(({ episodeTime, data }) => {
      const [about] = data.deadlines;
      return about && isHeld(about.deadline, data.to) && isMidnight(time(episodeTime));
    })
    .map(({ seq, data }) => `${seq} wakes the ${data.to}`);
}
