/** Random lives: any actions, in any order and at any hour, with silence and outages between. */
import fc from 'fast-check';
import { beijingDate, beijingIso, HOUR, MINUTE } from '../../plan/rules/calendar.js';
import {
  type Binding,
  type ByLevel,
  type Chain,
  type ChainStep,
  MOVED_DEADLINES,
  type MovedDeadline,
  type Policy,
  type QuietHours,
  WARNING_LEVELS,
  type WarningLevel,
  type Ways,
  WHOM,
} from '../../plan/types.js';
import { episodeTimeAt } from '../clock.js';
import type { CommandBody, DeliveryResult, Notice, Outcome, UnitCommandBody } from '../commands.js';
import type { Recipient } from '../entries.js';
import { at, binding, Life, OFFICE, policy } from './life.js';

/** A department and a street; a second street may join. More units would add time and no new case. */
export const edition: Binding = {
  ...binding,
  units: binding.units.slice(0, 2),
  policy: {
    ...policy,
    chains: {
      ...policy.chains,
      acknowledgement: policy.chains.acknowledgement.slice(0, -1),
      report: policy.chains.report.filter(({ after }) => after <= 0).slice(0, 2),
    },
  },
};

const UNITS = [...edition.units.map(({ unitId }) => unitId), 'street-c'];

const TASKS = [...edition.items.map(({ id }) => id), 'added-1', 'added-2'];

/** A step of a life: real time passes, then something is asked for. */
export interface LifeStep {
  /** Minutes of episode time since the step before. */
  after: number;
  /** Whether nobody worked meanwhile: no turn was taken until this step. */
  outage: boolean;
  ask: Ask;
}

type TaskAct = 'complete' | 'all' | 'withdraw' | 'note' | 'not-applicable' | 'applicable';

type Ask =
  | { kind: 'silence' }
  | {
      kind: 'adjust';
      level: WarningLevel;
      cityLevel: WarningLevel;
      effect: number;
      reason: boolean;
      byTelephone: boolean;
      end: number | null | undefined;
    }
  | { kind: 'lift'; effect: number; byTelephone: boolean }
  | { kind: 'number'; notice: number; number: number }
  | { kind: 'join' }
  | { kind: 'unit'; unit: number; what: 'acknowledge' | 'implement' | 'summary'; rang: boolean }
  | { kind: 'task'; unit: number; task: number; what: TaskAct }
  | { kind: 'add'; unit: number; all: boolean; dueIn: number | undefined }
  | { kind: 'report'; unit: number; daysBack: number; text: string }
  | { kind: 'office'; what: 'follow-up' | 'save' | 'publish' | 'evaluate' };

const level = fc.constantFrom(...WARNING_LEVELS);
const unit = fc.nat(UNITS.length - 1);
const effect = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -60 * 60, max: 30 * 60 }) },
  // Entered ahead: the notice in force until then must still arrive.
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 72 * 60 }) },
);

/** In minutes from now; null where it is said to be open. */
const expectedEnd = fc.option(fc.option(fc.integer({ min: 1, max: 60 * 60 }), { nil: null }), { nil: undefined });

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
      byTelephone: fc.boolean(),
      end: expectedEnd,
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('lift' as const), effect, byTelephone: fc.boolean() }) },
  {
    weight: 1,
    // Few numbers, so that some are given twice and some to two notices.
    arbitrary: fc.record({
      kind: fc.constant('number' as const),
      notice: fc.integer({ min: 1, max: 4 }),
      number: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('join' as const) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('unit' as const),
      unit,
      what: fc.constantFrom('acknowledge' as const, 'implement' as const, 'summary' as const),
      rang: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      unit,
      task: fc.nat(TASKS.length - 1),
      what: fc.constantFrom<TaskAct>('complete', 'complete', 'all', 'withdraw', 'note', 'not-applicable', 'applicable'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      unit,
      all: fc.boolean(),
      dueIn: fc.option(fc.integer({ min: -30, max: 20 * 60 }), { nil: undefined }),
    }),
  },
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
    weight: 11,
    arbitrary: fc.record({
      kind: fc.constant('office' as const),
      what: fc.constantFrom('follow-up' as const, 'save' as const, 'publish' as const, 'evaluate' as const),
    }),
  },
);

const step: fc.Arbitrary<LifeStep> = fc.record({
  after: fc.oneof(fc.nat(45), fc.nat(12 * 60), fc.nat(40 * 60)),
  outage: fc.boolean(),
  ask,
});

const chainStep: fc.Arbitrary<ChainStep> = fc.record(
  {
    after: fc.constantFrom(-20, -5, 0, 0, 10, 45),
    to: fc.constantFrom(...WHOM),
    ways: fc.constant<Ways>([['sms', 'email']]),
    levels: fc.subarray([...WARNING_LEVELS], { minLength: 1 }),
    quiet: fc.constantFrom('hold' as const, 'send' as const),
    atLeast: fc.constantFrom(2, 3),
    at: fc.constantFrom('09:00', '23:30'),
  },
  { requiredKeys: ['after', 'to', 'ways'] },
);

/** The edition with the life's own times and chain. */
export const editionOf = ({ chain, times, profile }: RandomLife): Binding => {
  const { chains } = edition.policy;
  const own = chain === undefined ? chains : { ...chains, acknowledgement: chain };
  const notApplicable = profile.map(({ unit, task }) => ({
    unitId: UNITS[unit]!,
    taskId: TASKS[task]!,
    reason: '本辖区没有',
    episodeId: 'earlier',
    seq: 9,
  }));
  return { ...edition, notApplicable, policy: { ...edition.policy, ...times, chains: own } };
};

const hourOfDay: fc.Arbitrary<string> = fc
  .integer({ min: 1, max: 24 * 60 - 1 })
  .map((minutes) => beijingIso(at('2026-01-08 00:00') + minutes * MINUTE).slice(11, 16));

/** One value for all levels, or one for each. */
const leveled = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | ByLevel<T>> =>
  fc.oneof(value, fc.record({ yellow: value, orange: value, red: value }));

const quietOf = (moves: MovedDeadline[]): fc.Arbitrary<QuietHours> =>
  fc
    .record({ from: hourOfDay, until: hourOfDay, moves: fc.subarray(moves) })
    .filter(({ from, until }) => from !== until);
const [moved, unmoved] = [quietOf([...MOVED_DEADLINES]), quietOf([])];

/** The policy's times, each the edition's or another, so that nothing takes the edition's for granted. */
const times = fc.record(
  {
    noticeAheadHours: fc.integer({ min: 24, max: 100 }),
    acknowledgementMinutes: leveled(fc.integer({ min: 1, max: 300 })),
    implementationReportMinutes: leveled(fc.integer({ min: 1, max: 1_000 })),
    dailyReportTime: leveled(hourOfDay),
    digestTime: leveled(hourOfDay),
    endQuestionBeforeHours: fc.integer({ min: 1, max: 10 }),
    endQuestionAgainHours: fc.integer({ min: 1, max: 30 }),
    followUpReportHours: leveled(fc.integer({ min: 1, max: 24 })),
    summaryHours: leveled(fc.integer({ min: 1, max: 100 })),
    reviewHours: leveled(fc.integer({ min: 1, max: 200 })),
    abandonedDrillDays: fc.integer({ min: 2, max: 6 }),
    quiet: fc.record({ yellow: moved, orange: moved, red: unmoved }),
  },
  { requiredKeys: [] },
);

export interface RandomLife {
  startMinute: number;
  startEffect: number;
  startLevel: WarningLevel;
  startByTelephone: boolean;
  startEnd: number | null | undefined;
  timeScale: number | undefined;
  steps: LifeStep[];
  /** How each message ends in turn. */
  post: Fate[];
  /** Whether the person on duty, and whether the lead, can be reached at all. */
  working: { duty: boolean; lead: boolean };
  /** Of acknowledgements, where the edition's is not taken. */
  chain: Chain | undefined;
  times: Partial<Policy>;
  /** What units said in earlier episodes that they need not do. */
  profile: Array<{ unit: number; task: number }>;
}

/** Taken, refused, the server is away, or the answer comes only after the next command. */
type Fate = DeliveryResult['outcome'] | 'under way';

export const randomLife: fc.Arbitrary<RandomLife> = fc.record({
  startMinute: fc.nat(3 * 24 * 60),
  startEffect: effect,
  startLevel: level,
  startByTelephone: fc.boolean(),
  startEnd: expectedEnd,
  timeScale: fc.option(fc.constantFrom(1, 60, 1440), { nil: undefined }),
  steps: fc.array(step, { minLength: 3, maxLength: 18 }),
  post: fc.array(fc.constantFrom<Fate[]>('taken', 'taken', 'taken', 'failed', 'deferred', 'under way'), {
    minLength: 1,
    maxLength: 7,
  }),
  working: fc.record({ duty: fc.boolean(), lead: fc.boolean() }),
  chain: fc.option(fc.array(chainStep, { maxLength: 5 }), { nil: undefined }),
  times,
  profile: fc.uniqueArray(fc.record({ unit, task: fc.nat(edition.items.length - 1) }), {
    maxLength: 3,
    selector: ({ unit: of, task }) => `${of} ${task}`,
  }),
});

export interface Lived {
  life: Life;
  outcomes: Outcome[];
  /** Episode time at the end. */
  now: number;
}

/** Lives it on the pure core. */
export function live(drawn: RandomLife): Lived {
  const { startMinute, timeScale, steps, post, working } = drawn;
  let messages = 0;
  const life = new Life(editionOf(drawn), ({ to }, now) => {
    const fate = post[messages++ % post.length]!;
    if (fate === 'under way') return fate;
    return addressees(to, now).map((contact) => {
      const isMute = (contact.startsWith('duty') && !working.duty) || (contact === 'lead' && !working.lead);
      const outcome = isMute ? 'failed' : fate;
      const channel = isMute ? 'none' : 'email';
      return { contact, contactHash: 'h', channel, outcome, ...(outcome === 'taken' ? {} : { reason: 'x' }) };
    });
  });
  let real = at('2026-01-08 00:00') + startMinute * MINUTE;
  const outcomes = life.submit(real, [startOfLife(drawn, real)]);
  for (const [n, { after, outage, ask }] of steps.entries()) {
    const scale = timeScale ?? 1;
    real += Math.ceil((after * MINUTE) / scale);
    const body = bodyOf(ask, n, episodeTimeAt(life.state.clock, real));
    if (outage) outcomes.push(...life.take(real, body ? [life.command(body, OFFICE)] : []));
    else if (body) outcomes.push(...life.submit(real, [body]));
    life.pass(real);
  }
  life.comeBack(real);
  life.pass(real);
  return { life, outcomes, now: episodeTimeAt(life.state.clock, real) };
}

const startOfLife = (
  { startLevel, startEffect, timeScale, startByTelephone, startEnd }: RandomLife,
  now: number,
): CommandBody =>
  ({
    ...startBody(now, startLevel, startEffect, timeScale, startByTelephone),
    ...(startEnd ? { expectedEndAt: beijingIso(now + (Math.max(startEffect, 0) + startEnd) * MINUTE) } : {}),
  }) as CommandBody;

/** Another person is on duty at night: the recipient is decided at the moment of sending. */
const addressees = (to: Recipient, now: number): string[] => {
  if (to.kind !== 'unit') return [to.kind];
  const duty = new Date(now).getUTCHours() < 12 ? 'duty-day' : 'duty-night';
  return to.whom === undefined ? [duty, 'lead'] : [to.whom === 'duty' ? duty : to.whom];
};

export function startBody(
  now: number,
  level: WarningLevel,
  effect: number,
  timeScale?: number,
  byTelephone = false,
): CommandBody {
  return {
    kind: 'start',
    notice: noticeAt('N0', now, effect, byTelephone),
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
        notice: noticeAt(`N${n + 1}`, now, ask.effect, ask.byTelephone),
        cityLevel: ask.cityLevel,
        level: ask.level,
        ...(ask.reason ? { reason: '辖区更重' } : {}),
        ...(ask.end === undefined
          ? {}
          : { expectedEndAt: ask.end === null ? null : beijingIso(now + ask.end * MINUTE) }),
      };
    case 'lift':
      return { kind: 'lift', notice: noticeAt(`N${n + 1}`, now, ask.effect, ask.byTelephone) };
    case 'number':
      return { kind: 'numberNotice', noticeId: `n${ask.notice}`, number: `补${ask.number}号` };
    case 'join':
      return { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' };
    case 'unit':
      return { ...unitBody(ask.what, UNITS[ask.unit]!, n), ...(ask.rang ? { onBehalf: CALLER } : {}) };
    case 'task':
      return taskBody(ask.what, UNITS[ask.unit]!, TASKS[ask.task]!);
    case 'add':
      return {
        kind: 'addTask',
        unitIds: ask.all ? edition.units.map(({ unitId }) => unitId) : [UNITS[ask.unit]!],
        text: '加密巡查',
        ...(ask.dueIn === undefined ? {} : { dueAt: beijingIso(now + ask.dueIn * MINUTE) }),
      };
    case 'report': {
      const date = beijingDate(now - ask.daysBack * 24 * HOUR);
      return { kind: 'submitDailyReport', unitId: UNITS[ask.unit]!, date, content: { text: ask.text, figures: {} } };
    }
    case 'office':
      return officeBody(ask.what, n);
  }
}

const CALLER = { reference: 'p', hash: '0'.repeat(64) };

function taskBody(what: TaskAct, unitId: string, taskId: string): CommandBody {
  const reason = '未落实';
  const words = { note: '', attachmentIds: [] };
  switch (what) {
    case 'complete':
      return { kind: 'completeTasks', unitId, taskIds: [taskId], ...words };
    case 'all':
      return { kind: 'completeTasks', unitId, taskIds: [...new Set([taskId, 'duty', 'dust-iii'])], ...words };
    case 'withdraw':
      return { kind: 'withdrawCompletion', unitId, taskId, reason };
    case 'note':
      return { kind: 'noteProgress', unitId, taskId, ...words };
    case 'not-applicable':
      return { kind: 'declareNotApplicable', unitId, taskId, reason };
    case 'applicable':
      return { kind: 'withdrawNotApplicable', unitId, taskId, reason };
  }
}

function unitBody(what: 'acknowledge' | 'implement' | 'summary', unitId: string, n: number): UnitCommandBody {
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

const noticeAt = (number: string, now: number, effect: number, byTelephone: boolean): Notice => ({
  ...(byTelephone ? { received: { by: 'telephone' } } : { number }),
  issuer: '市环委办',
  issuedAt: beijingIso(now),
  effectiveAt: beijingIso(now + effect * MINUTE),
});
