import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, beijingInstant, HOUR, MINUTE } from '../rules/calendar.js';
import type { KnownContact } from '../types.js';
import { type DutyOverride, type DutyRow, gapsIn, onDutyAt, type Roster } from './roster.js';

const person = (contactId: string, role: KnownContact['role']): KnownContact => ({ contactId, role, name: contactId });
const contacts = [person('a', 'lead'), person('b', 'deputy'), person('c', 'liaison'), person('d', 'liaison')];
const DAY = '2026-01-10';
const at = (time: string, date = DAY) => beijingInstant(date, time);
const row = (contactId: string, from: string, until: string, date = DAY): DutyRow => ({ date, from, until, contactId });
const roster = (rows: DutyRow[], overrides: DutyOverride[] = []): Roster => ({ contacts, rows, overrides });

/** Rows | the moment | who is on duty. */
const cases: Array<[string, Roster, number, string]> = [
  ['in a shift', roster([row('a', '08:00', '20:00')]), at('12:00'), 'a by roster'],
  ['at its first moment', roster([row('a', '08:00', '20:00')]), at('08:00'), 'a by roster'],
  ['just before', roster([row('a', '08:00', '20:00')]), at('08:00') - 1, 'c, d by fallback'],
  ['at its end', roster([row('a', '08:00', '20:00')]), at('20:00'), 'c, d by fallback'],
  ['before its end', roster([row('a', '08:00', '20:00')]), at('20:00') - 1, 'a by roster'],
  ['at a change', roster([row('a', '08:00', '20:00'), row('b', '20:00', '08:00')]), at('20:00'), 'b by roster'],
  ['past midnight', roster([row('b', '20:00', '08:00')]), at('07:59', addDays(DAY, 1)), 'b by roster'],
  ['not on the evening before', roster([row('b', '20:00', '08:00')]), at('07:59'), 'c, d by fallback'],
  ['until midnight', roster([row('b', '16:00', '00:00')]), at('00:00', addDays(DAY, 1)) - 1, 'b by roster'],
  ['a whole day', roster([row('b', '08:00', '08:00')]), at('07:59', addDays(DAY, 1)), 'b by roster'],
  ['two together', roster([row('b', '08:00', '20:00'), row('a', '10:00', '12:00')]), at('11:00'), 'b, a by roster'],
  ['one twice', roster([row('b', '08:00', '20:00'), row('b', '10:00', '12:00')]), at('11:00'), 'b by roster'],
  ['who has left', roster([row('x', '08:00', '20:00')]), at('11:00'), 'c, d by fallback'],
  ['a drill in 2015', roster([row('a', '08:00', '20:00')]), at('12:00', '2015-11-27'), 'c, d by fallback'],
];

const told = ({ contactIds, source }: ReturnType<typeof onDutyAt>) => `${contactIds.join(', ')} by ${source}`;

describe('§6.1 who is on duty', () => {
  test.each(cases)('%s', (_name, given, instant, expected) => {
    expect(told(onDutyAt(given, instant))).toBe(expected);
  });

  const substitute = (contactId: string, from: string, until: string, cancelled?: string): DutyOverride => ({
    contactId,
    from: at(from),
    until: at(until),
    ...(cancelled === undefined ? {} : { cancelledAt: at(cancelled) }),
  });

  test.each([
    ['wins over the roster', [substitute('b', '10:00', '12:00')], '11:00', 'b by override'],
    ['is over at its end', [substitute('b', '10:00', '12:00')], '12:00', 'a by roster'],
    ['wins where nobody is rostered', [substitute('b', '21:00', '22:00')], '21:00', 'b by override'],
    [
      'entered later wins',
      [substitute('b', '10:00', '18:00'), substitute('c', '10:00', '12:00')],
      '11:00',
      'c by override',
    ],
    [
      'of two, the other afterwards',
      [substitute('b', '10:00', '18:00'), substitute('c', '10:00', '12:00')],
      '12:00',
      'b by override',
    ],
    ['cancelled, held until then', [substitute('b', '10:00', '18:00', '14:00')], '13:59', 'b by override'],
    ['cancelled, does not hold', [substitute('b', '10:00', '18:00', '14:00')], '14:00', 'a by roster'],
    ['cancelled before it began', [substitute('b', '10:00', '18:00', '09:00')], '11:00', 'a by roster'],
    ['who has left', [substitute('x', '10:00', '18:00')], '11:00', 'a by roster'],
  ])('a substitute %s', (_name, overrides, time, expected) => {
    expect(told(onDutyAt(roster([row('a', '08:00', '20:00')], overrides), at(time)))).toBe(expected);
  });

  test.each([
    [['lead', 'deputy', 'liaison'], 'liaison'],
    [['lead', 'deputy'], 'deputy'],
    [['lead'], 'lead'],
    [[], ''],
  ] as Array<[KnownContact['role'][], string]>)('of %p, without a roster it is %p', (roles, expected) => {
    const those = { contacts: roles.map((role) => person(role, role)), rows: [], overrides: [] };
    expect(told(onDutyAt(those, at('12:00')))).toBe(`${expected} by fallback`);
  });
});

const minute = fc.integer({ min: 0, max: 4 * 24 * 60 });
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, half]) => `${String(hour).padStart(2, '0')}:${half}`);
const who = fc.constantFrom('a', 'b', 'c', 'x');
const anyRow = fc
  .record({ date: fc.integer({ min: -1, max: 3 }), from: time, until: time, contactId: who })
  .map((one) => ({ ...one, date: addDays(DAY, one.date) }));
const anyOverride = fc
  .record({ contactId: who, from: minute, length: minute, cancelled: fc.option(minute, { nil: undefined }) })
  .map(({ contactId, from, length, cancelled }) => ({
    contactId,
    from: at('00:00') + from * MINUTE,
    until: at('00:00') + (from + length) * MINUTE,
    ...(cancelled === undefined ? {} : { cancelledAt: at('00:00') + cancelled * MINUTE }),
  }));
const anyRoster = fc.record({
  contacts: fc.constant(contacts),
  rows: fc.array(anyRow, { maxLength: 8 }),
  overrides: fc.array(anyOverride, { maxLength: 3 }),
});

describe('gaps in the roster', () => {
  const from = at('00:00');
  const until = from + 72 * HOUR;

  test('are where the fallback applies, and nowhere else', () => {
    fc.assert(
      fc.property(anyRoster, minute, (given, offset) => {
        const instant = from + (offset % (72 * 60)) * MINUTE;
        const inGap = gapsIn(given, from, until).some((gap) => gap.from <= instant && instant < gap.until);
        expect(inGap).toBe(onDutyAt(given, instant).source === 'fallback');
      }),
      { numRuns: 2_000 },
    );
  });

  test('have half-open borders: held just before and from its end on', () => {
    fc.assert(
      fc.property(anyRoster, (given) => {
        for (const gap of gapsIn(given, from, until)) {
          const sources = [gap.from - 1, gap.from, gap.until - 1, gap.until].map((t) => onDutyAt(given, t).source);
          expect(sources.slice(1, 3)).toEqual(['fallback', 'fallback']);
          if (gap.from > from) expect(sources[0]).not.toBe('fallback');
          if (gap.until < until) expect(sources[3]).not.toBe('fallback');
        }
      }),
    );
  });

  test('lie in the interval, in order and apart', () => {
    fc.assert(
      fc.property(anyRoster, (given) => {
        const borders = gapsIn(given, from, until).flatMap((gap) => [gap.from, gap.until]);
        expect(borders).toEqual([...new Set(borders)].toSorted((a, b) => a - b));
        for (const border of borders) expect(border >= from && border <= until).toBe(true);
      }),
    );
  });

  test('an empty roster is one gap, two shifts a day leave none', () => {
    expect(gapsIn(roster([]), from, until)).toEqual([{ from, until }]);
    const dates = [-1, 0, 1, 2].map((days) => addDays(DAY, days));
    const shifts = dates.flatMap((date) => [row('a', '08:00', '20:00', date), row('b', '20:00', '08:00', date)]);
    expect(gapsIn(roster(shifts), from, until)).toEqual([]);
  });
});
