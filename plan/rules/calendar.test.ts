import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  beijingDate,
  beijingInstant,
  beijingIso,
  endOfDay,
  isReportable,
  lastOwedDay,
  owesDay,
  reportableDays,
  reportDueAt,
} from './calendar.js';

const at = (text: string) => Date.parse(`${text}:00+08:00`);
const instants = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2100, 0, 1) });

describe('Beijing time, whatever the zone of the machine', () => {
  test('days, instants and texts agree with the zone data at every instant, summer time before 1992 included', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const there = DateTime.fromMillis(instant, { zone: 'Asia/Shanghai' });
        expect(beijingDate(instant)).toBe(there.toISODate());
        expect(beijingIso(instant)).toBe(there.toISO());
        expect(beijingInstant(beijingDate(instant))).toBe(there.startOf('day').toMillis());
      }),
    );
  });
});

describe('§5.1 days owed: the half-open response meets the Beijing day', () => {
  const started = at('2015-11-27T23:30');
  test.each([
    ['started at 23:30, that half hour is reported', { from: started }, '2015-11-27', true],
    ['the day before the start is not owed', { from: started }, '2015-11-26', false],
    [
      'lifted at 00:00 sharp, the new day is not owed',
      { from: started, until: at('2015-12-02T00:00') },
      '2015-12-02',
      false,
    ],
    ['and the day that ends there is', { from: started, until: at('2015-12-02T00:00') }, '2015-12-01', true],
    [
      'lifted a minute later, the new day is owed',
      { from: started, until: at('2015-12-02T00:01') },
      '2015-12-02',
      true,
    ],
    ['an empty response owes nothing', { from: started, until: started }, '2015-11-27', false],
  ])('%s', (_, response, date, owed) => expect(owesDay(response, date)).toBe(owed));

  test('a day may be reported once it is over, or from lifting for the day of lifting', () => {
    const open = { from: started };
    expect(isReportable(open, '2015-11-27', at('2015-11-27T23:59'))).toBe(false);
    expect(isReportable(open, '2015-11-27', at('2015-11-28T00:00'))).toBe(true);
    const lifted = { from: started, until: at('2015-12-01T20:00') };
    expect(isReportable(lifted, '2015-12-01', at('2015-12-01T19:59'))).toBe(false);
    expect(isReportable(lifted, '2015-12-01', at('2015-12-01T20:00'))).toBe(true);
  });

  test('the board lists owed days that are over, and after lifting the day of lifting', () => {
    expect(reportableDays({ from: started }, at('2015-11-29T10:00'))).toEqual(['2015-11-27', '2015-11-28']);
    expect(reportableDays({ from: started, until: at('2015-11-29T12:00') }, at('2015-11-29T12:00'))).toEqual([
      '2015-11-27',
      '2015-11-28',
      '2015-11-29',
    ]);
  });

  test('every day that meets a response is owed, and no other', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 1, max: 40 * 86_400_000 }),
        fc.integer({ min: -3, max: 45 }),
        (from, length, n) => {
          const until = from + length;
          const date = addDays(beijingDate(from), n);
          const overlap = Math.min(until, endOfDay(date)) - Math.max(from, beijingInstant(date));
          expect(owesDay({ from, until }, date)).toBe(overlap > 0);
          expect(owesDay({ from, until }, lastOwedDay(until))).toBe(true);
          expect(owesDay({ from, until }, addDays(lastOwedDay(until), 1))).toBe(false);
        },
      ),
    );
  });
});

describe('§5.1 when a day is due', () => {
  test.each([
    ['at the policy hour on the day after', '2015-11-27', at('2015-11-27T14:00'), at('2015-11-28T10:00')],
    ['entered after midnight, still that morning', '2015-11-27', at('2015-11-28T00:10'), at('2015-11-28T10:00')],
    ['entered after the hour, the next morning', '2015-11-27', at('2015-11-28T10:30'), at('2015-11-29T10:00')],
    ['entered at the very hour, the next morning', '2015-11-27', at('2015-11-28T10:00'), at('2015-11-29T10:00')],
    ['entered days later, the first hour after', '2015-11-27', at('2015-12-01T09:00'), at('2015-12-01T10:00')],
  ])('%s', (_, date, enteredAt, due) => expect(reportDueAt(date, '10:00', enteredAt)).toBe(due));

  test('a due hour lies after the entry and after the day, and within a day of the later', () => {
    fc.assert(
      fc.property(instants, instants, (someday, enteredAt) => {
        const date = beijingDate(someday);
        const due = reportDueAt(date, '10:00', enteredAt);
        const known = Math.max(endOfDay(date), enteredAt);
        expect(due).toBeGreaterThan(known);
        expect(due - known).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});
