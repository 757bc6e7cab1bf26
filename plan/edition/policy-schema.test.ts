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
