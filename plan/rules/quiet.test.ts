import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { QuietHours } from '../types.js';
import { beijingIso, HOUR, MINUTE } from './calendar.js';
import { afterQuiet, beginningOfQuiet, isInQuiet, movedByQuiet } from './quiet.js';

const night: QuietHours = { from: '22:00', until: '09:00', moves: ['implementation'] };
const noon: QuietHours = { from: '13:00', until: '15:00', moves: [] };
const instant = (text: string) => Date.parse(`2026-01-${text.replace(' ', 'T')}:00+08:00`);
const shown = (moment: number) => beijingIso(moment).slice(8, 16).replace('T', ' ');

test.each([
  [night, '10 21:59', '10 21:59'],
  [night, '10 22:00', '11 09:00'],
  [night, '11 00:00', '11 09:00'],
  [night, '11 04:00', '11 09:00'],
  [night, '11 08:59', '11 09:00'],
  [night, '11 09:00', '11 09:00'],
  [noon, '11 12:59', '11 12:59'],
  [noon, '11 13:00', '11 15:00'],
])('with %j, what would fall on %s falls on %s', (quiet, before, after) => {
  expect(shown(afterQuiet(instant(before), quiet))).toBe(after);
});

test('§4.2 a start at midnight: the implementation report is due at nine, and at four if its level moves nothing', () => {
  const due = instant('11 00:00') + 240 * MINUTE;
  expect(shown(movedByQuiet('implementation', due, night))).toBe('11 09:00');
  expect(shown(movedByQuiet('implementation', due, { ...night, moves: [] }))).toBe('11 04:00');
});

const hour = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((n) => beijingIso(instant('10 00:00') + n * MINUTE).slice(11, 16));
const hours = fc.record({ from: hour, until: hour }).filter(({ from, until }) => from !== until);

test('whatever the hours: nothing is left in them, nothing goes back, nothing waits a day', () => {
  fc.assert(
    fc.property(hours, fc.integer({ min: 0, max: 5 * 24 * 60 }), (quiet, minutes) => {
      const moment = instant('10 00:00') + minutes * MINUTE;
      const after = afterQuiet(moment, quiet);
      expect(isInQuiet(after, quiet)).toBe(false);
      expect(after - moment).toBeLessThan(24 * HOUR);
      expect(after).toBeGreaterThanOrEqual(moment);
      expect(after === moment).toBe(!isInQuiet(moment, quiet));
      expect(beginningOfQuiet(moment, quiet)).toBeLessThanOrEqual(moment);
    }),
  );
});
