import { describe, expect, test } from '@jest/globals';
import { RESPONSE_LEVELS, WARNING_LEVELS } from '../types.js';
import { compareResponses, compareWarnings, coversPollutant, responseLevelOf } from './levels.js';

test.each([
  ['yellow', 'III'],
  ['orange', 'II'],
  ['red', 'I'],
] as const)('§4.1 a %s warning starts response %s', (warning, response) =>
  expect(responseLevelOf(warning)).toBe(response),
);

describe('§3.1.1, §4.1 levels from low to high', () => {
  test.each(WARNING_LEVELS.flatMap((a, i) => WARNING_LEVELS.map((b, j) => [a, b, i - j] as const)))(
    '%s against %s',
    (a, b, order) => {
      expect(Math.sign(compareWarnings(a, b))).toBe(Math.sign(order));
      expect(Math.sign(compareResponses(responseLevelOf(a), responseLevelOf(b)))).toBe(Math.sign(order));
    },
  );
  test('one response level for each warning level', () =>
    expect(WARNING_LEVELS.map(responseLevelOf)).toEqual(RESPONSE_LEVELS));
});

test.each([
  ['PM2.5', true],
  ['O3', false],
  ['PM10', false],
  ['dust', false],
  ['', false],
])('§1.3 the plan covers %s: %s', (pollutant, covered) => expect(coversPollutant(pollutant)).toBe(covered));
