import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadEditionById } from '../edition/edition.js';
import { holidaysOf } from '../edition/holidays-schema.js';
import type { TimeGiven } from '../types.js';
import { addDays, beijingDate, beijingIso, HOUR } from './calendar.js';
import { dueWithin, isWorkday } from './workdays.js';

const holidays = holidaysOf(loadEditionById('shuimogou-2025').holidays);
const due = (from: string, given: TimeGiven) =>
  beijingIso(dueWithin(Date.parse(`${from}:00+08:00`), given, holidays, '19:00')).slice(0, 16);

describe('§5.2 times in working days', () => {
  test.each([
    ['hours are counted through', '2026-01-30T20:00', 72, '2026-02-02T20:00'],
    ['from the next day on', '2026-01-26T09:00', '1 workdays', '2026-01-27T19:00'],
    ['a weekend does not count', '2026-01-30T20:00', '3 workdays', '2026-02-04T19:00'],
    [
      'lifted at midnight, the day that begins is the day of lifting',
      '2026-01-27T00:00',
      '1 workdays',
      '2026-01-28T19:00',
    ],
    [
      'a Saturday that is worked counts, the Spring Festival does not',
      '2026-02-13T20:00',
      '2 workdays',
      '2026-02-24T19:00',
    ],
    ['over National Day with a worked Saturday', '2026-09-30T12:00', '3 workdays', '2026-10-10T19:00'],
    ['from a holiday on', '2025-10-03T12:00', '1 workdays', '2025-10-09T19:00'],
    ['a year without a list has weekends alone', '2015-09-30T12:00', '1 workdays', '2015-10-01T19:00'],
  ] as Array<[string, string, TimeGiven, string]>)('%s', (_, from, given, expected) => {
    expect(due(from, given)).toBe(expected);
  });

  test('so many working days lie between, the last one is the day it is due', () => {
    const instant = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2026, 11, 1) });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 20 }), (from, count) => {
        const dueAt = dueWithin(from, `${count} workdays`, holidays, '19:00');
        const days: string[] = [];
        for (let day = addDays(beijingDate(from), 1); day <= beijingDate(dueAt); day = addDays(day, 1)) days.push(day);
        expect(days.filter((day) => isWorkday(day, holidays))).toHaveLength(count);
        expect(isWorkday(beijingDate(dueAt), holidays)).toBe(true);
        expect(dueAt - from).toBeGreaterThan(18 * HOUR);
      }),
    );
  });

  test('the lists are those of the notices: 2025 has 28 days off and 5 worked, 2026 has 33 and 6', () => {
    const of = (year: string, days: string[]) => days.filter((day) => day.startsWith(year)).length;
    expect([of('2025', holidays.off), of('2025', holidays.worked)]).toEqual([28, 5]);
    expect([of('2026', holidays.off), of('2026', holidays.worked)]).toEqual([33, 6]);
  });
});
