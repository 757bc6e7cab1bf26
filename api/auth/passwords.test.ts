import { describe, expect, test } from '@jest/globals';
import { Problem } from '../http/problems.js';
import { randomPassword, requireStrong } from './passwords.js';

const OWN = ['finance'];

describe('passwords (GB/T 22239—2019 §8.1.4.1)', () => {
  const refusalOf = (password: string): unknown => {
    try {
      return requireStrong(password, OWN);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return error.toJSON();
    }
  };

  test.each([
    ...['Short1!', 'onlylowercase', 'lower-and-signs', 'lower0and1digits', '12345678', '密码密码密码密码'],
    ...['        aA1', '　　　　　　aA1'],
  ])('%j has too few characters or classes', (password) => {
    expect(refusalOf(password)).toMatchObject({
      type: '/problems/password-weak',
      status: 400,
      detail: expect.stringContaining('至少 8 个字符'),
      errors: [{ field: 'next' }],
    });
  });

  test.each([
    ...[
      'Password1',
      'P@ssw0rd2024',
      'Admin123',
      'Qwerty123',
      'Aa123456',
      'Aa111111',
      'Qwe123!@#',
      '1qaz2WSX',
      'Abcdefg1',
    ],
    ...['finance1A', 'Finance@2025', 'FINANCE-1a', '晴空Aa123456', 'ｐａｓｓｗｏｒｄＡ1'],
  ])('%j is what guessers try first', (password) => {
    expect(refusalOf(password)).toMatchObject({
      type: '/problems/password-weak',
      status: 400,
      detail: expect.stringContaining('容易被猜到'),
      errors: [{ field: 'next' }],
    });
  });

  test.each(['Another-pass-1', 'abkdmfg1!', 'RTF-KEW-8', '白杨树下的Kt7', 'finance-Kt7m'])(
    '%j is taken',
    (password) => {
      expect(refusalOf(password)).toBeUndefined();
    },
  );

  test('random ones are strong, distinct, and need no quotes in a CSV file', () => {
    const passwords = Array.from({ length: 500 }, randomPassword);
    for (const password of passwords) {
      expect(() => requireStrong(password, OWN)).not.toThrow();
      expect(password).toMatch(/^[A-Za-z0-9]{16}$/);
    }
    expect(new Set(passwords).size).toBe(500);
  });
});
