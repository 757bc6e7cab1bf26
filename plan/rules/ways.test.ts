import { describe, expect, test } from '@jest/globals';
import { CHANNELS, type Ways } from '../types.js';
import { byMailAlone, isMixed, reachesPerson } from './ways.js';

test('§6.6 a mail, an SMS or a call reaches a person; a group robot or another program is told besides', () => {
  expect([...CHANNELS, 'none' as const].filter(reachesPerson)).toEqual(['email', 'sms', 'call']);
});

test.each([
  [['sms', 'email'], false],
  [['wecom', 'dingtalk'], false],
  [['sms', 'wecom'], true],
  [['webhook', 'email'], true],
] as const)('the line %j mixes people and robots: %s', (line, mixed) => {
  expect(isMixed(line)).toBe(mixed);
});

describe('of several ways the mail alone', () => {
  test.each<[Ways, Ways]>([
    [[['sms'], ['email'], ['wecom']], [['email']]],
    [[['sms', 'email']], [['email']]],
    [[['sms'], ['wecom']], []],
  ])('%j: %j', (ways, expected) => {
    expect(byMailAlone(ways)).toEqual(expected);
  });
});
