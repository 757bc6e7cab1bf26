import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { givenInstant } from './schemas.js';

test.each([
  ['2026-01-10T14:00:00+08:00', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10T14:00+08:00', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10T06:00Z', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10t06:00:00z', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10 14:00:00+08:00', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10T14:00:00+0800', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10T14:00:00+08', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10T12:00:00+06:00', '2026-01-10T14:00:00.000+08:00'],
  ['2026-1-10T14:00:00.000000+08:00', '2026-01-10T14:00:00.000+08:00'],
  ['２０２６-01-10T14:00:00+08:00', '2026-01-10T14:00:00.000+08:00'],
  ['2026年1月10日14时（北京时间）', '2026-01-10T14:00:00.000+08:00'],
  ['2026-01-10T24:00+08:00', '2026-01-11T00:00:00.000+08:00'],
  ['2026-12-31T24:00:00+08:00', '2027-01-01T00:00:00.000+08:00'],
  ['2028-02-28T24:00:00.000+08:00', '2028-02-29T00:00:00.000+08:00'],
])('%s is %s', (given, read) => {
  expect(givenInstant.parse(given)).toBe(read);
});

test.each(['2026-01-10T24:01+08:00', '2026-01-10T25:00+08:00', '2026-02-30T24:00+08:00', '2199-12-31T24:00Z', 'noon'])(
  '%s is no time',
  (given) => {
    expect(givenInstant.safeParse(given).success).toBe(false);
  },
);

test.each(['2026-01-10T14:00', '2026-01-10T14:00:00', '2026-01-10T24:00'])(
  '%s lacks its offset: the answer quotes it with an example',
  (given) => {
    const [issue] = givenInstant.safeParse(given).error!.issues;
    expect(issue?.message).toMatch(/^“2026-01-1\dT\d\d:00(:00)?”没有写时区.*例如 2026-01-10T14:00:00\+08:00$/);
  },
);

test.each(['2026-01-10', '2026-01-10T23:59:60+08:00', '+002026-01-10T00:00:00+08:00', '明天早上'])(
  '%s is refused in Chinese, quoted, with an example',
  (given) => {
    const [issue] = givenInstant.safeParse(given).error!.issues;
    expect(issue?.message).toMatch(/^“.+”不是带时区的时间，请.*例如 2026-01-10T14:00:00\+08:00$/);
    expect(issue?.message).toContain(given);
  },
);

test('the document describes it as a time', () => {
  expect(z.toJSONSchema(givenInstant, { io: 'input' })).toMatchObject({ type: 'string', format: 'date-time' });
});
