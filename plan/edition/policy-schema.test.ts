import { expect, test } from '@jest/globals';
import { policyChanges } from './policy-schema.js';

const withFigure = (name: string, unit = '家') =>
  policyChanges.safeParse({ dailyFigures: { department: [{ id: 'sites', name, unit }], street: [] } });

test.each([
  ['a control character', '停工\u0000工地'],
  ['half a surrogate pair', '停工\ud83d'],
  ['a line break', '停工\n工地'],
  ['nothing but blanks', '  '],
  ['a length no table holds', '工'.repeat(51)],
])('a drill’s own figure may not be named with %s', (_, name) => expect(withFigure(name).success).toBe(false));

test('a drill may name its own figures in a line', () => expect(withFigure('停工工地').success).toBe(true));

test('a drill may give one unit figures of its own, out of each other', () => {
  const stopped = { id: 'stopped', name: '已停', unit: '家', outOf: 'toStop', acrossDays: 'most' };
  const withList = (list: object[]) =>
    policyChanges.safeParse({ dailyFigures: { department: [], street: [], ecology: list } }).success;
  expect(withList([{ id: 'toStop', name: '应停', unit: '家' }, stopped])).toBe(true);
  expect(withList([stopped])).toBe(false);
  expect(withList([{ ...stopped, countedBy: 'everybody' }])).toBe(false);
});
