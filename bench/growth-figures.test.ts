import { describe, expect, test } from '@jest/globals';
import { exponentOf, type Growth, growthTable, plotsOf } from './growth-figures.js';

const growthOf = (cost: (size: number) => number): Growth => ({
  over: 'units',
  what: 'a turn',
  unit: 'ms',
  points: [10, 100, 1_000].map((size) => [size, cost(size)]),
});

describe('how a cost grows', () => {
  test.each([
    ['not at all', () => 7, 0],
    ['linearly', (size: number) => 3 * size, 1],
    ['with the square', (size: number) => size ** 2, 2],
  ])('%s', (_, cost, exponent) => {
    expect(exponentOf(growthOf(cost))).toBeCloseTo(exponent);
  });

  test('is a line of the table and a plot', () => {
    const growth = growthOf((size) => size / 10);
    expect(growthTable([growth])).toContain('| units | a turn, ms | 10: 1.0, 100: 10, 1,000: 100 | 1.00 |');
    expect(plotsOf([growth]).match(/<circle/g)).toHaveLength(3);
  });
});
