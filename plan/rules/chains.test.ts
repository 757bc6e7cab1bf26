import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Chain,
  type ChainStep,
  type QuietHours,
  type WarningLevel,
  type Ways,
  WHOM,
  type Whom,
} from '../types.js';
import { beijingIso, MINUTE } from './calendar.js';
import {
  type Chased,
  hasStepLeft,
  momentOf,
  nextStepAt,
  remindersOf,
  type Step,
  stepBeforeItsTurn,
  stepsBy,
  stepsOf,
} from './chains.js';
import { isInQuiet } from './quiet.js';

const chain: Chain = [
  { after: 0, to: 'lead', ways: [['sms']] },
  { after: -30, to: 'duty', ways: [['sms']] },
  { after: -10, to: 'duty', ways: [['sms']] },
  { after: 0, to: 'office', ways: [['email']] },
  { after: 30, to: 'committee', ways: [['email']], repeat: { every: 60, times: 2 } },
];
const dueAt = Date.parse('2026-01-10T14:30:00+08:00');
const openedAt = dueAt - 60 * MINUTE;
const quiet: QuietHours = { from: '22:00', until: '09:00', moves: [] };
const at = (all: Chain, level: WarningLevel = 'yellow') => stepsOf(all, level, quiet);
const steps = at(chain);
const minutesOf = (steps: Array<{ after: number; to: string }>) => steps.map(({ after, to }) => `${after} ${to}`);

describe('a chain as data', () => {
  test('comes to its steps in order of time, repetitions among them', () => {
    expect(minutesOf(steps)).toEqual([
      ...['-30 duty', '-10 duty', '0 lead', '0 office', '30 committee', '90 committee', '150 committee'],
    ]);
    expect(remindersOf(steps)).toBe(2);
  });

  test('reminds at the minute, and escalates from the first millisecond after the deadline', () => {
    expect(nextStepAt(steps, { openedAt, dueAt, stepsTaken: 0 }, openedAt)).toBe(dueAt - 30 * MINUTE);
    expect(nextStepAt(steps, { openedAt, dueAt, stepsTaken: 2 }, openedAt)).toBe(dueAt + 1);
    expect(nextStepAt(steps, { openedAt, dueAt, stepsTaken: 7 }, openedAt)).toBeUndefined();
    expect(stepsBy(steps, { openedAt, dueAt, stepsTaken: 2 }, dueAt)).toEqual([]);
  });

  test('skips reminders from before the deadline was opened', () => {
    const late = { openedAt: dueAt - 20 * MINUTE, dueAt, stepsTaken: 0 };
    expect(nextStepAt(steps, late, late.openedAt)).toBe(dueAt - 10 * MINUTE);
    expect(minutesOf(stepsBy(steps, late, dueAt - 10 * MINUTE))).toEqual(['-10 duty']);
  });

  test('tells each person once after an outage, by the last step', () => {
    const made = stepsBy(steps, { openedAt, dueAt, stepsTaken: 0 }, dueAt + 100 * MINUTE);
    expect(minutesOf(made)).toEqual(['-10 duty', '0 lead', '0 office', '90 committee']);
    expect(made.at(-1)!.count.stepsTaken).toBe(6);
  });

  test('falls through to the next step to somebody else, unless that person was told early already', () => {
    const through = (stepsTaken: number, tried: Whom[], early: number[] = []) => {
      const found = stepBeforeItsTurn(steps, { openedAt, dueAt, stepsTaken, early }, tried, dueAt);
      return found && `${found.place} ${found.step.to}`;
    };
    expect(through(1, ['duty'])).toBe('2 lead');
    expect(through(0, ['duty', 'lead'])).toBe('3 office');
    expect(through(1, ['duty', 'lead'], [3])).toBeUndefined();
    expect(through(4, ['committee'])).toBeUndefined();
  });

  test('a step taken early before the deadline is taken again after it; one taken early after the deadline is not', () => {
    const before = { openedAt, dueAt, stepsTaken: 2, early: [2] };
    expect(minutesOf(stepsBy(steps, before, dueAt + 1))).toEqual(['0 lead', '0 office']);
    expect(minutesOf(stepsBy(steps, { ...before, isMissed: true }, dueAt + 1))).toEqual(['0 office']);
  });
});

describe('level and time of day (policy: `levels`, `quiet`, `atLeast`, `since`, `at`)', () => {
  const call = (step: Partial<ChainStep>): ChainStep => ({ after: 0, to: 'lead', ways: [['sms']], ...step });
  const moments = (all: ChainStep[], opened: string, due: string): string[] =>
    at(all).flatMap((one) => {
      const moment = momentOf(one, { openedAt: instant(opened), dueAt: instant(due) });
      return moment === undefined ? [] : [beijingIso(moment).slice(5, 23)];
    });
  const instant = (text: string) => Date.parse(`2026-${text.replace(' ', 'T')}:00+08:00`);

  test.each([
    ['by day a step goes at its time', {}, '01-10 14:00', '01-10T14:00:00.001'],
    ['by night too, if nothing holds it', {}, '01-11 04:00', '01-11T04:00:00.001'],
    ['a held step waits for the morning', { quiet: 'hold' }, '01-11 04:00', '01-11T09:00:00.001'],
    ['one whose minutes lead into the night, too', { quiet: 'hold', after: 60 }, '01-10 21:30', '01-11T09:00:00.001'],
    ['§5.1 the committee hears of the follow-up report at nine', { at: '09:00' }, '01-11 02:00', '01-11T09:00:00.001'],
    ['and at nine sharp if it was due then', { at: '09:00' }, '01-11 09:00', '01-11T09:00:00.001'],
    ['a reminder goes three hours before', { quiet: 'hold', after: -180 }, '01-11 16:00', '01-11T13:00:00.000'],
    ['one of the night waits while there is time', { quiet: 'hold', after: -180 }, '01-11 11:00', '01-11T09:00:00.000'],
    ['and goes before the night if not', { quiet: 'hold', after: -180 }, '01-11 02:00', '01-10T22:00:00.000'],
    [
      '§5.1 the office is reminded at the next ten after lifting',
      { since: 'opening', at: '10:00' },
      '01-11 12:00',
      '01-11T10:00:00.000',
    ],
  ] as Array<[string, Partial<ChainStep>, string, string]>)('%s', (_, step, due, moment) => {
    expect(moments([call(step)], '01-10 12:00', due)).toEqual([moment]);
  });

  test('a reminder whose hour comes only after the deadline is none', () => {
    expect(moments([call({ since: 'opening', at: '10:00' })], '01-10 12:00', '01-11 09:00')).toEqual([]);
  });

  test('a step that names levels is taken at those alone', () => {
    const all = [call({ levels: ['red'] }), call({ to: 'office' })];
    expect([at(all, 'yellow'), at(all, 'red')].map((some) => some.map(({ to }) => to))).toEqual([
      ['office'],
      ['lead', 'office'],
    ]);
  });

  test('a step that asks for five units is passed over for four, and taken before its turn for none', () => {
    const all = at([call({ to: 'committee', atLeast: 5 }), call({ after: 30 })]);
    const owed = (alike: number) => ({ openedAt, dueAt, stepsTaken: 0, alike });
    expect(stepsBy(all, owed(5), dueAt + 1).map(({ to }) => to)).toEqual(['committee']);
    expect(nextStepAt(all, owed(4), dueAt)).toBe(dueAt + 30 * MINUTE + 1);
    expect(stepBeforeItsTurn(all, owed(4), ['duty'], dueAt)?.step.to).toBe('lead');
  });

  test.each([
    ['the evening’s last step goes a little late', '01-10 21:45', '01-10 22:10', ['lead']],
    ['half an hour at most', '01-10 21:45', '01-10 22:15', ['lead']],
    ['later than that it waits for the morning', '01-10 21:45', '01-10 22:16', []],
    ['late in the night it waits as well', '01-10 21:45', '01-11 02:00', []],
    ['and so does one of the day before', '01-10 09:00', '01-11 02:00', []],
    ['by day it goes, however late', '01-10 09:00', '01-11 09:00', ['lead']],
  ])('a held step after an outage: %s', (_, due, now, told) => {
    const all = at([call({ quiet: 'hold' })]);
    const owed = { openedAt: instant('01-10 06:00'), dueAt: instant(due), stepsTaken: 0, isMissed: true };
    expect(stepsBy(all, owed, instant(now)).map(({ to }) => to)).toEqual(told);
    const next = beijingIso(nextStepAt(all, owed, instant(now))!).slice(5, 16);
    expect(next).toBe(told.length > 0 ? due.replace(' ', 'T') : '01-11T09:00');
  });

  test('a later step that nothing holds is taken at night; the held one still comes in the morning', () => {
    const all = at([call({ quiet: 'hold' }), call({ to: 'office', after: 30 })]);
    const owed = { openedAt, dueAt: instant('01-10 21:00'), stepsTaken: 0, isMissed: true };
    const [atNight] = stepsBy(all, owed, instant('01-11 02:00'));
    expect(atNight).toMatchObject({ to: 'office', count: { stepsTaken: 0, early: 1 } });
    const morning = instant('01-11 09:00');
    expect(stepsBy(all, { ...owed, early: [1] }, morning)).toMatchObject([{ to: 'lead', count: { stepsTaken: 1 } }]);
    expect(hasStepLeft(all, { ...owed, stepsTaken: 1, early: [1] })).toBe(false);
  });

  test('nobody whom the night holds is told before his turn', () => {
    const all = at([call({ quiet: 'hold' }), call({ to: 'office', after: 30 })]);
    const night = { openedAt, dueAt: instant('01-11 03:00'), stepsTaken: 0 };
    expect(stepBeforeItsTurn(all, night, ['duty'], night.dueAt)?.step.to).toBe('office');
    expect(stepBeforeItsTurn(all, night, ['duty'], instant('01-11 10:00'))?.step.to).toBe('office');
    const day = { openedAt, dueAt: instant('01-11 12:00'), stepsTaken: 0 };
    expect(stepBeforeItsTurn(all, day, ['duty'], day.dueAt)?.step.to).toBe('lead');
  });
});

const step: fc.Arbitrary<ChainStep> = fc.record(
  {
    after: fc.integer({ min: -120, max: 240 }),
    to: fc.constantFrom(...WHOM),
    ways: fc.constant<Ways>([['email']]),
    repeat: fc.record({ every: fc.integer({ min: 1, max: 60 }), times: fc.integer({ min: 1, max: 3 }) }),
    quiet: fc.constant('hold' as const),
  },
  { requiredKeys: ['after', 'to', 'ways'] },
);

test('at whatever moments it is read, every step is taken once, none before its time and no held one late at night', () => {
  const evening = dueAt + 5 * 60 * MINUTE;
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 6 }),
      fc.array(fc.integer({ min: -300, max: 1_500 }), { maxLength: 20 }),
      (drawn, looks) => {
        const steps = at(drawn);
        const chased: Chased = { openedAt: 0, dueAt: evening, stepsTaken: 0 };
        let taken: Step[] = [];
        for (const minute of [...looks.sort((a, b) => a - b), 2_400]) {
          const now = evening + minute * MINUTE + 1;
          if (now > evening && !chased.isMissed) {
            const stepsTaken = Math.max(chased.stepsTaken, remindersOf(steps));
            Object.assign(chased, { isMissed: true, stepsTaken });
            taken = [];
          }
          for (const { count, ...due } of stepsBy(steps, chased, now)) {
            const one = steps.find((other) => isDeepStrictEqual(other, due) && !taken.includes(other))!;
            expect(one).toBeDefined();
            taken.push(one);
            expect(momentOf(one, chased)).toBeLessThanOrEqual(now);
            if (one.held) expect(isInQuiet(now - 30 * MINUTE - 1, quiet) && isInQuiet(now, quiet)).toBe(false);
            chased.stepsTaken = Math.max(chased.stepsTaken, count.stepsTaken);
            if (count.early !== undefined) chased.early = [...(chased.early ?? []), count.early];
          }
          expect(nextStepAt(steps, chased, now) ?? Infinity).toBeGreaterThan(now);
        }
        expect(hasStepLeft(steps, chased)).toBe(false);
      },
    ),
  );
});
