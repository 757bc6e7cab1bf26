import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Chain, type ChainStep, type Ways, WHOM, type Whom } from '../types.js';
import { MINUTE } from './calendar.js';
import { nextStepAt, remindersOf, stepBeforeItsTurn, stepsBy, stepsOf } from './chains.js';

const chain: Chain = [
  { after: 0, to: 'lead', ways: [['sms']] },
  { after: -30, to: 'duty', ways: [['sms']] },
  { after: -10, to: 'duty', ways: [['sms']] },
  { after: 0, to: 'office', ways: [['email']] },
  { after: 30, to: 'committee', ways: [['email']], repeat: { every: 60, times: 2 } },
];
const dueAt = Date.parse('2026-01-10T14:30:00+08:00');
const openedAt = dueAt - 60 * MINUTE;
const minutesOf = (steps: Array<{ after: number; to: string }>) => steps.map(({ after, to }) => `${after} ${to}`);

describe('a chain as data', () => {
  test('comes to its steps in order of time, repetitions among them', () => {
    expect(minutesOf(stepsOf(chain))).toEqual([
      ...['-30 duty', '-10 duty', '0 lead', '0 office', '30 committee', '90 committee', '150 committee'],
    ]);
    expect(remindersOf(chain)).toBe(2);
  });

  test('reminds at the minute, and escalates from the first millisecond after the deadline', () => {
    expect(nextStepAt(chain, { openedAt, dueAt, stepsTaken: 0 })).toBe(dueAt - 30 * MINUTE);
    expect(nextStepAt(chain, { openedAt, dueAt, stepsTaken: 2 })).toBe(dueAt + 1);
    expect(nextStepAt(chain, { openedAt, dueAt, stepsTaken: 7 })).toBeUndefined();
    expect(stepsBy(chain, { openedAt, dueAt, stepsTaken: 2 }, dueAt)).toEqual([]);
  });

  test('skips reminders from before the deadline was opened', () => {
    const late = { openedAt: dueAt - 20 * MINUTE, dueAt, stepsTaken: 0 };
    expect(nextStepAt(chain, late)).toBe(dueAt - 10 * MINUTE);
    expect(minutesOf(stepsBy(chain, late, dueAt - 10 * MINUTE))).toEqual(['-10 duty']);
  });

  test('tells each person once after an outage, by the last step', () => {
    const made = stepsBy(chain, { openedAt, dueAt, stepsTaken: 0 }, dueAt + 100 * MINUTE);
    expect(minutesOf(made)).toEqual(['-10 duty', '0 lead', '0 office', '90 committee']);
    expect(made.at(-1)!.stepsTaken).toBe(6);
  });

  test('falls through to the next step to somebody else, unless that person was told early already', () => {
    const through = (stepsTaken: number, tried: Whom[], early: number[] = []) => {
      const found = stepBeforeItsTurn(chain, { stepsTaken, early }, tried);
      return found && `${found.place} ${found.step.to}`;
    };
    expect(through(1, ['duty'])).toBe('2 lead');
    expect(through(0, ['duty', 'lead'])).toBe('3 office');
    expect(through(1, ['duty', 'lead'], [3])).toBeUndefined();
    expect(through(4, ['committee'])).toBeUndefined();
  });

  test('a step taken early before the deadline is taken again after it; one taken early after the deadline is not', () => {
    const before = { openedAt, dueAt, stepsTaken: 2, early: [2] };
    expect(minutesOf(stepsBy(chain, before, dueAt + 1))).toEqual(['0 lead', '0 office']);
    expect(minutesOf(stepsBy(chain, { ...before, isMissed: true }, dueAt + 1))).toEqual(['0 office']);
  });
});

const step: fc.Arbitrary<ChainStep> = fc.record({
  after: fc.integer({ min: -120, max: 240 }),
  to: fc.constantFrom(...WHOM),
  ways: fc.constant<Ways>([['email']]),
  repeat: fc.record({ every: fc.integer({ min: 1, max: 60 }), times: fc.integer({ min: 1, max: 3 }) }),
});

test('at whatever moments it is read, every step is taken once, none before its time', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 6 }),
      fc.array(fc.integer({ min: -130, max: 500 }), { maxLength: 20 }),
      (steps, looks) => {
        let stepsTaken = 0;
        const taken: number[] = [];
        for (const minute of [...looks.sort((a, b) => a - b), 1_000]) {
          const now = dueAt + minute * MINUTE + 1;
          const due = stepsBy(steps, { openedAt: 0, dueAt, stepsTaken }, now);
          for (const step of due) {
            expect(dueAt + step.after * MINUTE).toBeLessThan(now);
            expect(taken).not.toContain(step.stepsTaken);
            taken.push(step.stepsTaken);
          }
          stepsTaken = Math.max(stepsTaken, ...due.map((step) => step.stepsTaken));
          expect(nextStepAt(steps, { openedAt: 0, dueAt, stepsTaken }) ?? Infinity).toBeGreaterThan(now);
        }
        expect(stepsTaken).toBe(stepsOf(steps).length);
      },
    ),
  );
});
