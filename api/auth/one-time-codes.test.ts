import { describe, expect, test } from '@jest/globals';
import { Secret } from 'otpauth';
import { codeAt } from '../testing/codes.js';
import { codeIn, newCodeSecret, newRecoveryCodes, stepOf, uriOf } from './one-time-codes.js';

const STEP = 30_000;

describe('codes of an authenticator', () => {
  // RFC 6238, appendix B, of SHA-1; six digits of the eight.
  const ofTheStandard = Secret.fromUTF8('12345678901234567890').base32;
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %s s it is %s', (seconds, code) => {
    expect(stepOf(ofTheStandard, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  test('a clock may be off by a step to either side, and no further', () => {
    const secret = newCodeSecret();
    const now = Date.parse('2026-01-10T14:00:00+08:00');
    const step = now / STEP;
    const accepted = [-2, -1, 0, 1, 2].map((off) => stepOf(secret, codeAt(secret, now + off * STEP), now));
    expect(accepted).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  test('the address for an authenticator names the system, the account and the secret', () => {
    const secret = newCodeSecret();
    const uri = new URL(uriOf(secret, 'office'));
    expect(decodeURIComponent(uri.pathname)).toContain('晴空:office');
    expect(uri.searchParams.get('secret')).toBe(secret);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });
});

describe('what somebody types', () => {
  test.each([
    ['123456', { way: 'one-time-code', code: '123456' }],
    [' 123 456 ', { way: 'one-time-code', code: '123456' }],
    ['１２３４５６', { way: 'one-time-code', code: '123456' }],
    ['3-7KQ2M-XW9RA', { way: 'recovery-code', code: '3-7KQ2M-XW9RA', place: 3 }],
    ['37kq2m xw9ra', { way: 'recovery-code', code: '3-7KQ2M-XW9RA', place: 3 }],
    ['12345', undefined],
    ['1234567', undefined],
    ['密码', undefined],
  ])('%s', (typed, expected) => {
    expect(codeIn(typed)).toEqual(expected);
  });

  test('ten recovery codes, each of its place, are read as they are shown', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    expect(codes.map(codeIn)).toEqual(codes.map((code, place) => ({ way: 'recovery-code', code, place })));
  });
});
