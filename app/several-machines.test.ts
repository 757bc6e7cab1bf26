import { expect, test } from '@jest/globals';
import { readConfig } from '../platform/config.js';
import { sharedCodeKey } from './several-machines.js';

const KEY = Buffer.alloc(32, 5);

test('processes that require one-time codes are given their key, and make none', () => {
  const of = (env: Record<string, string>) => sharedCodeKey(readConfig(env));
  expect(of({})).toBeUndefined();
  expect(of({ ONE_TIME_CODES: 'required', ONE_TIME_CODE_KEY: KEY.toString('base64') })).toEqual(KEY);
  expect(() => of({ ONE_TIME_CODES: 'required' })).toThrow(/ONE_TIME_CODE_KEY.*openssl rand -base64 32/);
  for (const wrong of ['short', KEY.toString('hex'), Buffer.alloc(31).toString('base64')])
    expect(() => of({ ONE_TIME_CODE_KEY: wrong })).toThrow('ONE_TIME_CODE_KEY 应是 32 个随机字节的 base64');
  expect(() => of({ ONE_TIME_CODES: 'yes' })).toThrow('ONE_TIME_CODES 应是 offered 或 required');
});
