import { expect, test } from '@jest/globals';
import { firstCharacters } from '../web/shared/first-characters.js';

test('of a text are whole, also rare ones', () => {
  expect(firstCharacters('一𠮷林路', 2)).toBe('一𠮷');
  expect(firstCharacters('一𠮷', 9)).toBe('一𠮷');
});
