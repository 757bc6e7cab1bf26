import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { inChinese, sayingWhat } from './chinese-issues.js';

const schema = z.strictObject({
  at: z.string().regex(/T/).meta({ format: 'date-time' }),
  day: z.iso.date(),
  level: z.enum(['yellow', 'red']),
  name: z.string(),
});

const told = (value: object): string[] =>
  schema.safeParse(value, { error: inChinese, reportInput: true }).error?.issues.map(sayingWhat) ?? [];

test('what is missing is asked for, with an example of its sort', () => {
  expect(told({})).toEqual([
    '请填写这一项，应为带时区的时间，例如 2026-01-10T14:00:00+08:00',
    '请填写这一项，应为一个日期，例如 2026-01-10',
    '请填写这一项，应为yellow、red之一',
    '请填写这一项，应为文字（加引号），例如 "区教育局"',
  ]);
});

test('what is of another sort is quoted', () => {
  expect(told({ at: 1, day: 2, level: 'blue', name: 3 })).toEqual([
    '填写的是“1”，不符合要求，应为带时区的时间，例如 2026-01-10T14:00:00+08:00',
    '填写的是“2”，不符合要求，应为一个日期，例如 2026-01-10',
    '填写的是“blue”，不符合要求，应为yellow、red之一',
    '填写的是“3”，不符合要求，应为文字（加引号），例如 "区教育局"',
  ]);
});
