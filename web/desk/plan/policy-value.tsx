/** A value of the policy in words: a duration, a time, ways, steps, each perhaps by level. */
import type { ReactNode } from 'react';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { policyTexts as texts } from '../../texts/zh-CN/policy.js';
import { usePlan } from './plan-query.js';

type Level = keyof typeof texts.byLevel;
const LEVELS = Object.keys(texts.byLevel) as Level[];

interface Step {
  after: number;
  since?: 'opening';
  at?: string;
  to: string;
  ways: string[][];
  repeat?: { every: number; times: number };
  levels?: Level[];
  quiet?: 'hold' | 'send';
  atLeast?: number;
}

interface Quiet {
  from: string;
  until: string;
  moves: string[];
}

interface Reminders {
  aheadDays: number;
  againDays: number;
  quiet: { from: string; until: string };
}

type CarriedOver = Record<'problem' | 'circular' | 'referral', number>;

type Figures = Record<string, Array<{ name: string; unit: string }>>;

/** The names of `GET /plan/policy` tell what a value is of. */
export function PolicyValue({ name, value }: { name: string; value: unknown }): ReactNode {
  if (isByLevel(value))
    return LEVELS.map((level) => (
      <div key={level}>
        <strong>{texts.byLevel[level]}</strong> <PolicyValue name={name} value={value[level]} />
      </div>
    ));
  if (name.startsWith('chains.')) return <Steps steps={value as Step[]} />;
  if (/Ways$/.test(name)) return waysInWords(value as string[][]);
  if (name === 'quiet') return quietInWords(value as Quiet);
  if (name === 'revisionReminders') return remindersInWords(value as Reminders);
  if (name === 'carriedOverDays') return carriedOverInWords(value as CarriedOver);
  if (name === 'dailyFigures') return <FigureLists figures={value as Figures} />;
  return plainInWords(name, value);
}

const isByLevel = (value: unknown): value is Record<Level, unknown> =>
  typeof value === 'object' && value !== null && LEVELS.every((level) => level in value);

function plainInWords(name: string, value: unknown): string {
  if (value === false) return texts.notAsked;
  const text = String(value);
  const workdays = /^(\d+) workdays$/.exec(text)?.[1];
  if (workdays !== undefined) return texts.workdays(workdays);
  if (typeof value !== 'number') return text;
  if (name.endsWith('Days')) return texts.days(text);
  return name.includes('Hours') ? texts.hours(text) : texts.minutes(text);
}

const wayInWords = (channel: string): string => dutyTexts.channels[channel] ?? channel;

/** Each line has to get through, by the first of its channels that does. */
const waysInWords = (ways: string[][]): string =>
  ways.map((line) => line.map(wayInWords).join(texts.or)).join('、') || texts.empty;

const quietInWords = ({ from, until, moves }: Quiet): string => {
  const names = moves.map((deadline) => texts.deadlines[deadline] ?? deadline).join('、');
  return texts.quiet(from, until, names === '' ? '' : texts.moved(names));
};

const remindersInWords = ({ aheadDays, againDays, quiet }: Reminders): string =>
  texts.reminders(aheadDays, againDays, texts.quiet(quiet.from, quiet.until, ''));

const carriedOverInWords = ({ problem, circular, referral }: CarriedOver): string =>
  texts.carriedOver(problem, circular, referral);

const HOUR = 60;
const lengthInWords = (minutes: number): string =>
  minutes % HOUR === 0 ? texts.hours(String(minutes / HOUR)) : texts.minutes(String(minutes));

function whenInWords({ after, since, at }: Step): string {
  const words = texts.step;
  const time = lengthInWords(Math.abs(after));
  const opened = after === 0 ? words.atOpening : words.opening(time);
  const due = after === 0 ? words.at : (after < 0 ? words.before : words.after)(time);
  return `${since === 'opening' ? opened : due}${at === undefined ? '' : `，${words.atTime(at)}`}`;
}

function stepInWords(step: Step): string {
  const { to, ways, repeat, levels, quiet, atLeast } = step;
  const words = texts.step;
  const limits = [
    levels && words.levels(levels.map((level) => commonTexts.levels[level]).join('、')),
    atLeast !== undefined && words.atLeast(atLeast),
    quiet === 'hold' && words.hold,
    repeat && words.repeat(lengthInWords(repeat.every), repeat.times),
  ].filter(Boolean);
  const told = words.told(words.whom[to] ?? to, waysInWords(ways));
  return [`${whenInWords(step)}${told}`, ...limits].join('，');
}

const Steps = ({ steps }: { steps: Step[] }) =>
  steps.length === 0 ? (
    texts.empty
  ) : (
    <ol className="steps">
      {steps.map((step) => (
        <li key={JSON.stringify(step)}>{stepInWords(step)}</li>
      ))}
    </ol>
  );

function FigureLists({ figures }: { figures: Figures }) {
  const { data } = usePlan();
  const nameOf = (whose: string) =>
    texts.kinds[whose] ?? data?.units.find(({ unitId }) => unitId === whose)?.name ?? whose;
  return (
    <details>
      <summary>
        {texts.figures(new Set(Object.values(figures).flatMap((list) => list.map(({ name }) => name))).size)}
      </summary>
      {Object.entries(figures).map(([whose, list]) => (
        <div key={whose}>
          <strong>{nameOf(whose)}</strong>{' '}
          {list.map(({ name, unit }) => `${name}（${unit}）`).join('、') || texts.empty}
        </div>
      ))}
    </details>
  );
}
