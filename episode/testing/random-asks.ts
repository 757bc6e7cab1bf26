/** What is asked for at a step of a random life, drawn. asked-commands.ts makes commands of it. */
import fc from 'fast-check';
import {
  type Binding,
  CALL_OUTCOMES,
  type CallOutcome,
  REFERRED_TO,
  type ReferredTo,
  WARNING_LEVELS,
  type WarningLevel,
} from '../../plan/types.js';
import type { DeliveryReceipt, ReferredDeadline } from '../commands.js';
import { binding, policy } from './life.js';

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

export const DRAWN_UNITS = [...edition.units.map(({ unitId }) => unitId), 'street-c'];

export const DRAWN_TASKS = [...edition.items.map(({ id }) => id), 'added-1', 'added-2'];

export type TaskAct = 'complete' | 'all' | 'withdraw' | 'note' | 'not-applicable' | 'applicable';

/** The `which`th of the receipts that are awaited comes. */
export interface AskedReceipt {
  kind: 'receipt';
  which: number;
  outcome: DeliveryReceipt['outcome'];
}

export type Ask =
  | { kind: 'silence' }
  | AskedReceipt
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
  | {
      kind: 'suspend';
      items: 'all' | number[];
      unit: number | undefined;
      from: number | undefined;
      until: number | undefined;
    }
  | { kind: 'resume'; suspension: number }
  | { kind: 'unit'; unit: number; what: 'acknowledge' | 'implement' | 'summary'; rang: boolean }
  | { kind: 'call'; unit: number; outcome: CallOutcome; acknowledged: boolean }
  | { kind: 'task'; unit: number; task: number; what: TaskAct }
  | { kind: 'add'; unit: number; all: boolean; dueIn: number | undefined }
  | {
      kind: 'refer';
      unit: number;
      to: ReferredTo;
      about: ReferredDeadline['deadline'];
      notice: number;
      daysBack: number;
    }
  | { kind: 'report'; unit: number; daysBack: number; text: string; problems: DrawnProblem[] | undefined }
  | { kind: 'settle'; unit: number; problem: number }
  | { kind: 'digest'; daysBack: number; text: string }
  | { kind: 'office'; what: 'follow-up' | 'save' | 'publish' | 'evaluate' };

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

export const drawnAsk: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('silence' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('adjust' as const),
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
    arbitrary: fc.record({ kind: fc.constant('lift' as const), effect: drawnEffect, byTelephone: fc.boolean() }),
  },
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
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('suspend' as const),
      items: fc.oneof(
        fc.constant('all' as const),
        fc.uniqueArray(fc.nat(DRAWN_TASKS.length - 1), { minLength: 1, maxLength: 3 }),
      ),
      unit: fc.option(drawnUnit, { nil: undefined }),
      from: fc.option(fc.integer({ min: -10 * 60, max: 10 * 60 }), { freq: 1, nil: undefined }),
      until: fc.option(fc.integer({ min: -60, max: 30 * 60 }), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('resume' as const), suspension: fc.constantFrom(1, 1, 1, 2, 3) }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('unit' as const),
      unit: drawnUnit,
      what: fc.constantFrom('acknowledge' as const, 'implement' as const, 'summary' as const),
      rang: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('receipt' as const),
      which: fc.nat(20),
      outcome: fc.constantFrom('delivered' as const, 'undelivered' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      unit: drawnUnit,
      outcome: fc.constantFrom(...CALL_OUTCOMES),
      acknowledged: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      unit: drawnUnit,
      task: fc.nat(DRAWN_TASKS.length - 1),
      what: fc.constantFrom<TaskAct>('complete', 'complete', 'all', 'withdraw', 'note', 'not-applicable', 'applicable'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      unit: drawnUnit,
      all: fc.boolean(),
      dueIn: fc.option(fc.integer({ min: -30, max: 20 * 60 }), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('refer' as const),
      unit: drawnUnit,
      to: fc.constantFrom(...REFERRED_TO),
      about: fc.constantFrom(
        'acknowledgement',
        'acknowledgement',
        'lifting',
        'implementation',
        'task',
        'report',
        'summary',
      ),
      notice: fc.integer({ min: 1, max: 2 }),
      daysBack: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      unit: drawnUnit,
      // Often the same day, so that it is corrected.
      daysBack: fc.constantFrom(-1, 0, 1, 1, 1, 1, 1, 2, 3, 4),
      text: fc.constantFrom('正常', '更正'),
      problems: fc.option(fc.uniqueArray(drawnProblem, { maxLength: 3, selector: ({ what }) => what }), {
        nil: undefined,
      }),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      unit: drawnUnit,
      problem: fc.constantFrom(1, 1, 2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('digest' as const),
      daysBack: fc.integer({ min: 1, max: 3 }),
      text: fc.constantFrom('情况', '更正'),
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
