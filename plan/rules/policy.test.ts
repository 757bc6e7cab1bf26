import { expect, test } from '@jest/globals';
import { policy } from '../../episode/testing/life.js';
import { WARNING_LEVELS } from '../types.js';
import { policyAt } from './policy.js';

test('§3.1.3 a value given by level is that of the level; one for all is the same at each', () => {
  const leveled = { ...policy, acknowledgementMinutes: { yellow: 60, orange: 30, red: 15 } };
  expect(WARNING_LEVELS.map((level) => policyAt(leveled, level).acknowledgementMinutes)).toEqual([60, 30, 15]);
  expect(WARNING_LEVELS.map((level) => policyAt(leveled, level).dailyReportTime)).toEqual(['10:00', '10:00', '10:00']);
});

test('a chain given by level is that of the level', () => {
  const [step] = policy.chains.review;
  const review = { yellow: [], orange: [], red: [step!] };
  const leveled = { ...policy, chains: { ...policy.chains, review } };
  expect(WARNING_LEVELS.map((level) => policyAt(leveled, level).chains.review.length)).toEqual([0, 0, 1]);
});
