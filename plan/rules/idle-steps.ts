/** Steps of chains that nobody would ever be told by, found before they are relied on. */
import {
  type Chain,
  type ChainStep,
  type DeadlineKind,
  type MovedDeadline,
  type Policy,
  WARNING_LEVELS,
  type WarningLevel,
} from '../types.js';
import { isByLevel, policyAt } from './policy.js';

export interface IdleStep {
  kind: DeadlineKind;
  /** The level of a chain that is given by level. */
  level?: WarningLevel;
  /** In its chain, from 0. */
  place: number;
  /** In Chinese; says what to change. */
  reason: string;
}

interface Written {
  step: ChainStep;
  levels: readonly WarningLevel[];
}

/** The steps that are taken at no level they stand for, whatever happens. `units`: how many the edition has. */
export function idleSteps(policy: Policy, units: number): IdleStep[] {
  return (Object.keys(policy.chains) as DeadlineKind[]).flatMap((kind) =>
    writtenChains(policy.chains[kind]).flatMap(({ level, chain }) => {
      const written = chain.map((step) => ({ step, levels: levelsOf(step, level) }));
      return written.flatMap((_, place) => {
        const reason = reasonOf(policy, kind, written, place, units);
        return reason === undefined ? [] : [{ kind, ...(level ? { level } : {}), place, reason }];
      });
    }),
  );
}

const writtenChains = (chain: Policy['chains'][DeadlineKind]): Array<{ level?: WarningLevel; chain: Chain }> =>
  isByLevel(chain) ? WARNING_LEVELS.map((level) => ({ level, chain: chain[level] })) : [{ chain }];

const levelsOf = (step: ChainStep, level?: WarningLevel): readonly WarningLevel[] =>
  (step.levels ?? WARNING_LEVELS).filter((one) => level === undefined || one === level);

function reasonOf(policy: Policy, kind: DeadlineKind, chain: Written[], place: number, units: number) {
  const { step, levels } = chain[place]!;
  if (levels.length === 0) return '这一步的 levels 里没有它所在的级别，永远不会执行，请改正 levels 或删去这一步';
  const twin = chain.findIndex((other) => isTwin(other, { step, levels }));
  if (twin < place) return `与第 ${twin + 1} 步在同一时刻发给同样的人，会发两遍，请删去一步`;
  if ((step.atLeast ?? 0) > units) return `责任单位共 ${units} 个，不会有 ${step.atLeast} 个同时未办，请改小 atLeast`;
  const windows = levels.map((level) => windowOf(policy, kind, level));
  if (windows.some((window) => window === undefined || startsWithin(step, window))) return undefined;
  const longest = Math.max(...windows.map((window) => window!));
  return step.since
    ? `从期限开始时算起 ${step.after} 分钟才提醒，而到期限只有 ${longest} 分钟，永远不会执行，请改小 after 或删去这一步`
    : `期限前 ${-step.after} 分钟的提醒永远不会执行：从开始到期限只有 ${longest} 分钟。请写成 -${longest - 1} 到 -1 之间的数，或删去这一步`;
}

const isTwin = (one: Written, other: Written): boolean =>
  one.levels.some((level) => other.levels.includes(level)) && sameOf(one.step) === sameOf(other.step);

const sameOf = ({ after, since, at, to, ways, quiet, atLeast, repeat }: ChainStep): string =>
  JSON.stringify([after, since, at, to, ways, quiet, atLeast, repeat]);

/** Whether one of its times lies within the minutes before the deadline. A step after the deadline always may. */
function startsWithin({ after, since, at, repeat = { every: 0, times: 0 } }: ChainStep, window: number): boolean {
  if (at !== undefined) return true;
  if (since) return after < window;
  return after + repeat.every * repeat.times > -window;
}

/**
 * The minutes from the opening of a deadline to its end. `undefined` where they differ from one to the next: tasks and
 * daily reports, working days, and what may wait for the morning.
 */
function windowOf(policy: Policy, kind: DeadlineKind, level: WarningLevel): number | undefined {
  const at = policyAt(policy, level);
  if (at.quiet.moves.includes(kind as MovedDeadline)) return undefined;
  const minutes: Partial<Record<DeadlineKind, number | string | false>> = {
    acknowledgement: at.acknowledgementMinutes,
    lifting: at.liftingAcknowledgement,
    circular: at.circularAcknowledgementMinutes,
    implementation: at.implementationReportMinutes,
    'follow-up': at.followUpReportHours * 60,
    summary: typeof at.summaryHours === 'number' && at.summaryHours * 60,
    review: typeof at.reviewHours === 'number' && at.reviewHours * 60,
  };
  const window = minutes[kind];
  return typeof window === 'number' ? window : undefined;
}
