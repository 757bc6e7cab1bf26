import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadEditionById } from '../edition/edition.js';
import { type Chain, type ChainStep, type MovedDeadline, WARNING_LEVELS } from '../types.js';
import { MINUTE } from './calendar.js';
import { nextStepAt, stepsOf } from './chains.js';
import { idleSteps } from './idle-steps.js';
import { policyAt, withChanges } from './policy.js';

const { policy, units } = loadEditionById('shuimogou-2025');
const step: ChainStep = { after: 0, to: 'duty', ways: [['email']] };
const found = (acknowledgement: Chain | Record<'yellow' | 'orange' | 'red', Chain>, changes = {}) =>
  idleSteps(withChanges(policy, { ...changes, chains: { acknowledgement } }), units.length);

test('the shipped chains have none', () => {
  expect(idleSteps(policy, units.length)).toEqual([]);
});

describe('a step that nobody is ever told by', () => {
  test.each<[string, Partial<ChainStep>, string]>([
    ['a reminder before the deadline opens', { after: -60 }, '从开始到期限只有 60 分钟'],
    ['a reminder that is too early at each of its levels', { after: -30, levels: ['orange', 'red'] }, '只有 30 分钟'],
    ['a reminder whose repeats are too early too', { after: -90, repeat: { every: 10, times: 3 } }, '期限前 90 分钟'],
    ['a reminder after the opening that comes too late', { after: 60, since: 'opening' }, '到期限只有 60 分钟'],
    ['one for more units than there are', { after: 5, atLeast: units.length + 1 }, `责任单位共 ${units.length} 个`],
  ])('%s', (_, changes, reason) => {
    expect(found([step, { ...step, ...changes }])).toEqual([
      { kind: 'acknowledgement', place: 1, reason: expect.stringContaining(reason) },
    ]);
  });

  test('the second of two alike, unless they are of different levels', () => {
    expect(found([step, { ...step, to: 'office' }, step])).toMatchObject([
      { place: 2, reason: expect.stringContaining('与第 1 步') },
    ]);
    expect(
      found([
        { ...step, levels: ['yellow'] },
        { ...step, levels: ['orange', 'red'] },
      ]),
    ).toEqual([]);
  });

  test('in a chain that is given by level: its level is named', () => {
    const early = { ...step, after: -20 };
    expect(found({ yellow: [early], orange: [early], red: [early] })).toMatchObject([{ level: 'red', place: 0 }]);
    expect(found({ yellow: [step], orange: [{ ...step, levels: ['red'] }], red: [step] })).toMatchObject([
      { level: 'orange', reason: expect.stringContaining('levels') },
    ]);
  });

  test('a repeat reaches into the time before the deadline, and an hour of the day may', () => {
    expect(found([{ ...step, after: -90, repeat: { every: 40, times: 1 } }])).toEqual([]);
    expect(found([{ ...step, after: -90, at: '10:00' }])).toEqual([]);
  });

  test('one for as many units as there are may be taken, and one before a deadline that may wait for the morning', () => {
    expect(found([{ ...step, atLeast: units.length }])).toEqual([]);
    const implementation = [{ ...step, after: -600 }];
    const moved = (moves: MovedDeadline[]) =>
      idleSteps(
        withChanges(policy, {
          implementationReportMinutes: 240,
          quiet: { from: '22:00', until: '09:00', moves },
          chains: { implementation },
        }),
        units.length,
      );
    expect(moved(['implementation'])).toEqual([]);
    expect(moved([])).toMatchObject([{ kind: 'implementation', place: 0 }]);
  });
});

test('a step is found exactly when no acknowledgement, opened at whatever minute, takes it', () => {
  const opened = Date.parse('2026-01-10T00:00:00+08:00');
  const reminder = fc.record({
    after: fc.integer({ min: -90, max: 90 }),
    levels: fc.uniqueArray(fc.constantFrom(...WARNING_LEVELS), { minLength: 1 }),
    minutes: fc.integer({ min: 1, max: 90 }),
    at: fc.nat(24 * 60),
  });
  fc.assert(
    fc.property(reminder, ({ after, levels, minutes, at }) => {
      const chain: Chain = [{ ...step, after, levels }];
      const changed = withChanges(policy, { acknowledgementMinutes: minutes, chains: { acknowledgement: chain } });
      const isTaken = levels.some((level) => {
        const openedAt = opened + at * MINUTE;
        const chased = { openedAt, dueAt: openedAt + minutes * MINUTE, stepsTaken: 0 };
        return nextStepAt(stepsOf(chain, level, policyAt(changed, level).quiet), chased, openedAt) !== undefined;
      });
      expect(idleSteps(changed, units.length).filter(({ kind }) => kind === 'acknowledgement')).toHaveLength(
        isTaken ? 0 : 1,
      );
    }),
  );
});
