import { describe, expect, test } from '@jest/globals';
import { Problem } from '../http/problems.js';
import { randomPassword, requireStrong } from './passwords.js';

describe('passwords (GB/T 22239—2019 §8.1.4.1)', () => {
  test.each(['Short1!', 'onlylowercase', 'lower-and-signs', 'lower0and1digits', '12345678', '密码密码密码密码'])(
    '%s is refused, saying what is asked for',
    (password) => {
      expect(() => requireStrong(password)).toThrow(Problem);
      try {
        requireStrong(password);
      } catch (error) {
        expect((error as Problem).toJSON()).toMatchObject({
          type: '/problems/password-weak',
          status: 400,
          detail: expect.stringContaining('至少 8 个字符'),
          errors: [{ field: 'next' }],
        });
      }
    },
  );

  test.each(['Abcdefg1', 'abcdefg1!', 'ABC-DEF-1', '晴空Aa123456'])('%s is taken', (password) => {
    expect(() => requireStrong(password)).not.toThrow();
  });

  test('random ones are strong, distinct, and need no quotes in a CSV file', () => {
    const passwords = Array.from({ length: 500 }, randomPassword);
    for (const password of passwords) {
      expect(() => requireStrong(password)).not.toThrow();
      expect(password).toMatch(/^[A-Za-z0-9]{16}$/);
    }
    expect(new Set(passwords).size).toBe(500);
  });
});
