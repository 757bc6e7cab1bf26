/** Random lives: any actions, in any order and at any hour, with silence and outages between. */
import fc from 'fast-check';
import { beijingDate, beijingIso, HOUR, MINUTE } from '../../plan/calendar.js';
import { type Binding, WARNING_LEVELS, type WarningLevel } from '../../plan/types.js';
import { episodeTimeAt } from '../clock.js';
import type { CommandBody, DeliveryResult, Outcome } from '../types.js';
import { at, binding, Life, OFFICE } from './life.js';

/** A department and a street; a second street may join. More units would add time and no new case. */
export const edition: Binding = { ...binding, units: binding.units.slice(0, 2) };

const UNITS = [...edition.units.map(({ unitId }) => unitId), 'street-c'];

/** A step of a life: real time passes, then something is asked for. */
export interface Step {
  /** Minutes of episode time since the step before. */
  after: number;
  /** Whether nobody worked meanwhile: no turn was taken until this step. */
  outage: boolean;
  ask: Ask;
}

type Ask =
  | { kind: 'silence' }
  | { kind: 'adjust'; level: WarningLevel; cityLevel: WarningLevel; effect: number; reason: boolean }
  | { kind: 'lift'; effect: number }
  | { kind: 'join' }
  | { kind: 'unit'; unit: number; what: 'acknowledge' | 'implement' | 'summary' }
  | { kind: 'task'; unit: number; task: number }
  | { kind: 'report'; unit: number; daysBack: number; text: string }
  | { kind: 'office'; what: 'follow-up' | 'save' | 'publish' | 'evaluate' };

const level = fc.constantFrom(...WARNING_LEVELS);
const unit = fc.nat(UNITS.length - 1);
const effect = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -60 * 60, max: 30 * 60 }) },
);

const ask: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('silence' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('adjust' as const),
      level,
      cityLevel: level,
      effect,
      reason: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('lift' as const), effect }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('join' as const) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('unit' as const),
      unit,
      what: fc.constantFrom('acknowledge' as const, 'implement' as const, 'summary' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('task' as const), unit, task: fc.nat(4) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      unit,
      daysBack: fc.integer({ min: -1, max: 4 }),
      text: fc.constantFrom('正常', '更正'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('office' as const),
      what: fc.constantFrom('follow-up' as const, 'save' as const, 'publish' as const, 'evaluate' as const),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc.record({
  after: fc.oneof(fc.nat(45), fc.nat(12 * 60), fc.nat(40 * 60)),
  outage: fc.boolean(),
  ask,
});

export interface RandomLife {
  startMinute: number;
  startEffect: number;
  startLevel: WarningLevel;
  timeScale: number | undefined;
  steps: Step[];
  /** How each message ends in turn: taken, refused, or the server is away. */
  post: DeliveryResult['outcome'][];
}

export const randomLife: fc.Arbitrary<RandomLife> = fc.record({
  startMinute: fc.nat(3 * 24 * 60),
  startEffect: effect,
  startLevel: level,
  timeScale: fc.option(fc.constantFrom(1, 60, 1440), { nil: undefined }),
  steps: fc.array(step, { minLength: 3, maxLength: 18 }),
  post: fc.array(fc.constantFrom('taken', 'taken', 'taken', 'failed', 'deferred'), { minLength: 1, maxLength: 7 }),
});

export interface Lived {
  life: Life;
  outcomes: Outcome[];
  /** Episode time at the end. */
  now: number;
}

/** Lives it on the pure core. */
export function live({ startMinute, startEffect, startLevel, timeScale, steps, post }: RandomLife): Lived {
  let messages = 0;
  const life = new Life(edition, () => {
    const outcome = post[messages++ % post.length]!;
    return [
      {
        contact: 'liaison',
        contactHash: 'h',
        channel: 'email',
        outcome,
        ...(outcome === 'taken' ? {} : { reason: 'x' }),
      },
    ];
  });
  let real = at('2026-01-08 00:00') + startMinute * MINUTE;
  const outcomes = life.submit(real, [startBody(real, startLevel, startEffect, timeScale)]);
  for (const [n, { after, outage, ask }] of steps.entries()) {
    const scale = timeScale ?? 1;
    real += Math.ceil((after * MINUTE) / scale);
    const body = bodyOf(ask, n, episodeTimeAt(life.state.clock, real));
    if (outage) outcomes.push(...life.take(real, body ? [life.command(body, OFFICE)] : []));
    else if (body) outcomes.push(...life.submit(real, [body]));
    life.pass(real);
  }
  return { life, outcomes, now: episodeTimeAt(life.state.clock, real) };
}

export function startBody(now: number, level: WarningLevel, effect: number, timeScale?: number): CommandBody {
  return {
    kind: 'start',
    notice: noticeAt('N0', now, effect),
    cityLevel: level,
    level,
    primaryPollutant: 'PM2.5',
    ...(timeScale === undefined ? {} : { drill: { timeScale } }),
  };
}

/** The command a step comes to at a moment of episode time; none for silence. */
export function bodyOf(ask: Ask, n: number, now: number): CommandBody | undefined {
  switch (ask.kind) {
    case 'silence':
      return undefined;
    case 'adjust':
      return {
        kind: 'adjust',
        notice: noticeAt(`N${n + 1}`, now, ask.effect),
        cityLevel: ask.cityLevel,
        level: ask.level,
        ...(ask.reason ? { reason: '辖区更重' } : {}),
      };
    case 'lift':
      return { kind: 'lift', notice: noticeAt(`N${n + 1}`, now, ask.effect) };
    case 'join':
      return { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' };
    case 'unit':
      return unitBody(ask.what, UNITS[ask.unit]!, n);
    case 'task':
      return {
        kind: 'completeTask',
        unitId: UNITS[ask.unit]!,
        taskId: edition.items[ask.task]!.id,
        note: '',
        attachmentIds: [],
      };
    case 'report': {
      const date = beijingDate(now - ask.daysBack * 24 * HOUR);
      return { kind: 'submitDailyReport', unitId: UNITS[ask.unit]!, date, content: { text: ask.text, figures: {} } };
    }
    case 'office':
      return officeBody(ask.what, n);
  }
}

function unitBody(what: 'acknowledge' | 'implement' | 'summary', unitId: string, n: number): CommandBody {
  if (what === 'acknowledge') return { kind: 'acknowledge', unitId };
  if (what === 'implement') return { kind: 'reportImplementation', unitId, text: `第${n}次` };
  return {
    kind: 'submitSummary',
    unitId,
    content: { work: '工作', lessons: '经验', shortcomings: '不足', proposals: String(n % 2) },
  };
}

function officeBody(what: 'follow-up' | 'save' | 'publish' | 'evaluate', n: number): CommandBody {
  if (what === 'follow-up') return { kind: 'submitFollowUp', text: '信息报送' };
  if (what === 'save')
    return { kind: 'saveReview', content: { conclusions: String(n % 2), planRevisionNeeded: false } };
  return what === 'publish' ? { kind: 'publishReview' } : { kind: 'evaluate', text: '有效', supplements: [] };
}

const noticeAt = (number: string, now: number, effect: number) => ({
  number,
  issuer: '市环委办',
  issuedAt: beijingIso(now),
  effectiveAt: beijingIso(now + effect * MINUTE),
});
