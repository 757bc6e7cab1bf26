/** What is asked for at a step of a random life, drawn. asked-commands.ts makes commands of it. */
import fc from 'fast-check';
import {
  type Binding,
  CALL_OUTCOMES,
  type Figure,
  REFERRED_TO,
  TEXT_AUDIENCES,
  WARNING_LEVELS,
} from '../../plan/types.js';
import type { Restoration, UnitDeadline } from '../commands.js';
import { binding, policy } from './life.js';

const toStop: Figure = { id: 'toStop', name: '应停', unit: '家', acrossDays: 'most' };
const stopped: Figure = { ...toStop, id: 'stopped', name: '已停', outOf: 'toStop', countedBy: 'department' };

/** A department and a street; a second street may join. More units would add time and no new case. */
export const edition: Binding = {
  ...binding,
  units: binding.units.slice(0, 2),
  items: binding.items.map((one) => (one.id === 'dust-iii' ? { ...one, source: 'industrial' } : one)),
  policy: {
    ...policy,
    dailyFigures: {
      department: [toStop, stopped],
      street: [stopped, { id: 'swept', name: '增加清扫', unit: '次' }],
    },
    chains: {
      ...policy.chains,
      acknowledgement: policy.chains.acknowledgement.slice(0, -1),
      report: policy.chains.report.filter(({ after }) => after <= 0).slice(0, 2),
    },
  },
};

export const DRAWN_UNITS = [...edition.units.map(({ unitId }) => unitId), 'street-c'];

export const DRAWN_TASKS = [...edition.items.map(({ id }) => id), 'added-1', 'added-2'];

export type TaskAct = 'complete' | 'all' | 'withdraw' | 'note' | 'not-applicable' | 'applicable';

export const drawnLevel = fc.constantFrom(...WARNING_LEVELS);
export const drawnUnit = fc.nat(DRAWN_UNITS.length - 1);
export const drawnEffect = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -60 * 60, max: 30 * 60 }) },
  // Entered ahead: the notice in force until then must still arrive.
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 72 * 60 }) },
);

/** In minutes from now; null where it is said to be open. */
export const drawnEnd = fc.option(fc.option(fc.integer({ min: 1, max: 60 * 60 }), { nil: null }), {
  nil: undefined,
});

export interface DrawnProblem {
  what: number;
  isSettled: boolean;
}
/** Few words, so that the same problem is told again. */
const drawnProblem: fc.Arbitrary<DrawnProblem> = fc.record({ what: fc.nat(2), isSettled: fc.boolean() });

const drawnDeadline = fc.constantFrom<UnitDeadline['deadline']>(
  'acknowledgement',
  'acknowledgement',
  'lifting',
  'implementation',
  'task',
  'report',
  'summary',
  'circular',
  'measures',
);

const drawnCircular = fc.constantFrom(1, 1, 1, 2, 3);

/** What is asked for; `fields` are drawn. */
const ask = <K extends string, T extends object>(kind: K, fields: { [P in keyof T]: fc.Arbitrary<T[P]> }) =>
  fc.record<{ kind: K } & T>({ kind: fc.constant(kind), ...fields } as never);

export const drawnAsk = fc.oneof(
  {
    weight: 3,
    arbitrary: ask('resend', {
      which: fc.nat(200),
      how: fc.constantFrom<'whole' | 'email' | 'sms' | 'contact'>('whole', 'whole', 'email', 'sms', 'contact'),
    }),
  },
  {
    weight: 4,
    arbitrary: ask('urge', {
      units: fc.uniqueArray(drawnUnit, { minLength: 1, maxLength: 2 }),
      about: fc.uniqueArray(drawnDeadline, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: ask('silence', {}) },
  {
    weight: 3,
    arbitrary: ask('adjust', {
      level: drawnLevel,
      cityLevel: drawnLevel,
      effect: drawnEffect,
      reason: fc.boolean(),
      byTelephone: fc.boolean(),
      end: drawnEnd,
    }),
  },
  {
    weight: 6,
    arbitrary: ask('lift', { effect: drawnEffect, byTelephone: fc.boolean() }),
  },
  {
    weight: 1,
    // Few numbers, so that some are given twice and some to two notices.
    arbitrary: ask('number', { notice: fc.integer({ min: 1, max: 4 }), number: fc.nat(3) }),
  },
  { weight: 1, arbitrary: ask('join', {}) },
  {
    weight: 5,
    arbitrary: ask('suspend', {
      items: fc.oneof(
        fc.constant('all'),
        fc.uniqueArray(fc.nat(DRAWN_TASKS.length - 1), { minLength: 1, maxLength: 3 }),
      ),
      unit: fc.option(drawnUnit, { nil: undefined }),
      from: fc.option(fc.integer({ min: -10 * 60, max: 10 * 60 }), { freq: 1, nil: undefined }),
      until: fc.option(fc.integer({ min: -60, max: 30 * 60 }), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: ask('resume', { suspension: fc.constantFrom(1, 1, 1, 2, 3) }),
  },
  {
    weight: 7,
    arbitrary: ask('unit', {
      unit: drawnUnit,
      what: fc.constantFrom('acknowledge', 'implement', 'summary'),
      rang: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: ask('receipt', { which: fc.nat(20), outcome: fc.constantFrom('delivered', 'undelivered') }),
  },
  {
    weight: 2,
    arbitrary: ask('call', { unit: drawnUnit, outcome: fc.constantFrom(...CALL_OUTCOMES), acknowledged: fc.boolean() }),
  },
  {
    weight: 8,
    arbitrary: ask('task', {
      unit: drawnUnit,
      // Often the one that every unit has at every level.
      task: fc.oneof(fc.nat(DRAWN_TASKS.length - 1), fc.constant(DRAWN_TASKS.indexOf('duty'))),
      what: fc.constantFrom<TaskAct>('complete', 'complete', 'all', 'withdraw', 'note', 'not-applicable', 'applicable'),
    }),
  },
  {
    weight: 5,
    arbitrary: ask('add', {
      unit: drawnUnit,
      all: fc.boolean(),
      dueIn: fc.option(fc.integer({ min: -30, max: 20 * 60 }), { nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: ask('cancel-task', {
      // The one that was added first, mostly; the plan's own is refused.
      task: fc.constantFrom(...[0, 2, 1, 1, 1].map((back) => DRAWN_TASKS.length - 1 - back)),
      unit: fc.option(drawnUnit, { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: ask('refer', {
      unit: drawnUnit,
      to: fc.constantFrom(...REFERRED_TO),
      about: drawnDeadline,
      notice: fc.integer({ min: 1, max: 2 }),
      daysBack: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 5,
    // Few titles, so that the same is issued again.
    arbitrary: ask('circular', {
      units: fc.uniqueArray(drawnUnit, { minLength: 1, maxLength: 2 }),
      title: fc.nat(3),
      answerIn: fc.option(fc.integer({ min: -30, max: 30 * 60 }), { freq: 2, nil: undefined }),
    }),
  },
  {
    weight: 12,
    arbitrary: ask('circular-of-unit', {
      unit: drawnUnit,
      circular: drawnCircular,
      what: fc.constantFrom('acknowledge', 'answer'),
      text: fc.constantFrom('已整改', '更正'),
    }),
  },
  {
    weight: 6,
    arbitrary: ask('close-circular', { circular: drawnCircular, unit: fc.option(drawnUnit, { nil: undefined }) }),
  },
  {
    weight: 2,
    arbitrary: ask('explain', {
      unit: drawnUnit,
      about: drawnDeadline,
      notice: fc.integer({ min: 1, max: 2 }),
      daysBack: fc.integer({ min: 1, max: 3 }),
      text: fc.constantFrom('断网', '更正'),
    }),
  },
  {
    weight: 13,
    arbitrary: ask('report', {
      unit: drawnUnit,
      // Often the same day, so that it is corrected.
      daysBack: fc.constantFrom(-1, 0, 1, 1, 1, 1, 1, 2, 3, 4),
      text: fc.constantFrom('正常', '更正'),
      // Of the figures that its unit reports.
      figures: fc.tuple(fc.constantFrom(0, 7, 8), fc.constantFrom(0, 3)),
      problems: fc.option(fc.uniqueArray(drawnProblem, { maxLength: 3, selector: ({ what }) => what }), {
        nil: undefined,
      }),
    }),
  },
  {
    weight: 10,
    arbitrary: ask('settle', { unit: drawnUnit, problem: fc.constantFrom(1, 1, 2) }),
  },
  {
    weight: 1,
    arbitrary: ask('restored', { how: fc.constantFrom<Restoration['how']>('completed', 'begun-again', 'from-backup') }),
  },
  {
    weight: 3,
    arbitrary: ask('digest', { daysBack: fc.integer({ min: 1, max: 3 }), text: fc.constantFrom('情况', '更正') }),
  },
  {
    weight: 5,
    arbitrary: ask('text', {
      // Often the same text, so that it is corrected.
      notice: fc.constantFrom(1, 1, 1, 1, 2),
      audience: fc.constantFrom(...TEXT_AUDIENCES),
      text: fc.constantFrom('通知', '更正'),
      shown: fc.option(fc.boolean(), { nil: undefined }),
      broadcast: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: ask('statement', {
      text: fc.constantFrom('停课吗', '没有停水'),
      corrects: fc.constantFrom(undefined, undefined, 1, 2),
      shown: fc.option(fc.boolean(), { nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: ask('appearance', {
      textId: fc.constantFrom('n1-1', 'n1-1', 'n1-1', 'n1-2', 't1', 't1', 't1', 'n1-0'),
      medium: fc.constantFrom('水区零距离', '视频号'),
      ahead: fc.constantFrom(false, false, false, false, true),
    }),
  },
  {
    weight: 11,
    arbitrary: ask('office', { what: fc.constantFrom('follow-up', 'save', 'publish', 'evaluate') }),
  },
);

export type Ask = typeof drawnAsk extends fc.Arbitrary<infer A> ? A : never;
export type AskOf<K extends Ask['kind']> = Extract<Ask, { kind: K }>;
