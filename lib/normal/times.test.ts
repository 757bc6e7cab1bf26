import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayIn } from './day.js';
import { momentIn } from './instant.js';
import { clockOf, shiftIn, spanIn, timeIn } from './time-of-day.js';

describe('a day', () => {
  test.each([
    ['2026-1-5', 'ISO without zeros'],
    ['2026/1/5', 'a spreadsheet in Chinese'],
    ['2026.1.5', 'a minister’s paper'],
    ['2026年1月5日', 'GB/T 9704'],
    ['2026年1月5号', 'as people say it'],
    ['2026 年 1 月 5 日', 'with spaces of a word processor'],
    ['２０２６年１月５日', 'full width'],
    ['2026－01－5', 'a full-width hyphen'],
    ['20260105', 'as files are called'],
    ['46027', 'the number that a spreadsheet keeps'],
    ['2026-01-05 00:00:00', 'a spreadsheet’s date as a program writes it'],
    ['2026-01-05T00:00:00', 'the same'],
    ['2026年1月5日（周一）', 'a duty roster'],
    ['2026-01-05 星期一', 'a duty roster'],
    ['二〇二六年一月五日', 'an old letter'],
    ['二○二六年一月五日', 'the same with a circle'],
    ['2026年元月5日', 'the first month as papers call it'],
    ['二〇二六年元月五日', 'the same'],
    ['2026、1、5', 'with the commas of a list'],
    ['2026.1.5.', 'with a stop behind it'],
    ['2026-01-05T00:00:00+08:00', 'a program'],
    ['2026年1月5日(一)', 'the weekday alone'],
  ])('%s: %s', (typed) => {
    expect(dayIn(typed)).toBe('2026-01-05');
  });

  test.each([
    ['12月6日', /年份/],
    ['12-6', /年份/],
    ['26/12/10', /四位/],
    ['12/11/2026', /哪个是月/],
    ['2026-02-29', /没有这一天/],
    ['2026-13-01', /没有这一天/],
    ['2026年12月7日（周二）', /是星期一，不是星期二/],
    ['2026年12月7日（二）', /是星期一，不是星期二/],
    ['2026-12-07 08:00', /里有时间/],
    ['2026年12月7日-9日', /几天，应一天一行/],
    ['2026-12-07至2026-12-09', /几天/],
    ['明天', /看不出/],
    ['', /看不出/],
  ])('%s is none', (typed, why) => {
    expect(dayIn(typed)).toEqual({ why: expect.stringMatching(why) });
  });

  test('is one day in all spellings, and another in none', () => {
    const days = fc
      .integer({ min: 8_036, max: 84_000 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, (date) => {
        const [year, month, day] = date.split('-').map(Number);
        for (const typed of [date, `${year}/${month}/${day}`, `${year}年${month}月${day}日`, date.replaceAll('-', '')])
          expect(dayIn(typed)).toBe(date);
      }),
    );
  });
});

describe('a time of day', () => {
  test.each([
    ['09:00', '09:00'],
    ['9:00', '09:00'],
    ['09：00', '09:00'],
    ['０９:００', '09:00'],
    ['9点', '09:00'],
    ['9时', '09:00'],
    ['9时30分', '09:30'],
    ['9点半', '09:30'],
    ['九点半', '09:30'],
    ['九点一刻', '09:15'],
    ['9点整', '09:00'],
    ['上午9点', '09:00'],
    ['早9:00', '09:00'],
    ['早上8点', '08:00'],
    ['下午3点半', '15:30'],
    ['下午6:00', '18:00'],
    ['下午15:00', '15:00'],
    ['中午12点', '12:00'],
    ['晚上8点', '20:00'],
    ['晚8:30', '20:30'],
    ['凌晨2点', '02:00'],
    ['9:00 AM', '09:00'],
    ['8:30pm', '20:30'],
    ['12:15 AM', '00:15'],
    ['8.00', '08:00'],
    ['0830', '08:30'],
    ['830', '08:30'],
    ['8', '08:00'],
    ['0.375', '09:00'],
    ['8:00:00', '08:00'],
    ['1899-12-30 08:00:00', '08:00'],
    ['24:00', '00:00'],
    ['晚上12点', '00:00'],
    ['深夜11点', '23:00'],
    ['8 p.m.', '20:00'],
    ['20:00（北京时间）', '20:00'],
  ])('%s is %s', (typed, clock) => {
    const said = timeIn(typed);
    expect('minutes' in said ? clockOf(said.minutes) : said).toBe(clock);
  });

  test.each([
    ['18:00新疆时间', '应按北京时间填写，即 20:00'],
    ['23:00（乌鲁木齐时间）', '应按北京时间填写'],
  ])('%s is refused with the clock of Beijing', (typed, why) => {
    expect(timeIn(typed)).toEqual({ why });
  });

  test.each([
    '次日09:00',
    '次日9点',
    '翌日9时',
    '第二天早上9点',
    '次晨9:00',
    '次 日 ９：００',
    '9:00（次日）',
    '9点钟次日',
  ])('%s is on the next day', (typed) => {
    expect(timeIn(typed)).toEqual({ minutes: 540, day: 'next' });
  });

  test.each([
    '25:00',
    '9:60',
    '24:30',
    '20:30:30',
    '8.5',
    '0.25',
    '晚上1点',
    '半夜1点',
    '凌晨12点',
    '上午13点',
    '早上',
    '值班',
    '',
  ])('%s is none', (typed) => {
    expect(timeIn(typed)).toHaveProperty('why');
  });

  test.each([
    ['09:00-次日09:00', ['09:00', '次日09:00']],
    ['9点至20点', ['9点', '20点']],
    ['8:00～20:00', ['8:00', '20:00']],
    ['8:00——20:00', ['8:00', '20:00']],
    ['从9点到18点', ['9点', '18点']],
    ['9:00一18:00', ['9:00', '18:00']],
    ['9:00-9:00（次日）', ['9:00', '9:00(次日)']],
    ['9点-十一点', ['9点', '十一点']],
    ['09:00', undefined],
    ['白班', undefined],
  ])('%s is a span: %p', (typed, expected) => {
    expect(spanIn(typed)).toEqual(expected);
  });

  test.each([
    ['09:00', '次日09:00', { from: '09:00', until: '09:00' }],
    ['20:00', '08:00', { from: '20:00', until: '08:00' }],
    ['08:00', '24:00', { from: '08:00', until: '00:00' }],
    ['08:00', '次日09:00', { at: 'until' }],
    ['20:00', '当日08:00', { at: 'until' }],
    ['24:00', '08:00', { at: 'from' }],
    ['次日08:00', '20:00', { at: 'from' }],
    ['八点多', '20:00', { at: 'from' }],
  ])('a shift from %s until %s', (from, until, expected) => {
    expect(shiftIn(from, until)).toMatchObject(expected);
  });

  test('of any minute is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
        expect(timeIn(clockOf(minutes))).toEqual({ minutes });
      }),
    );
  });
});

describe('a moment', () => {
  test.each([
    ['2026-12-01T24:00:00+08:00', { clock: '2026-12-01T24:00:00', offset: '+08:00' }],
    ['2026-12-02T00:00+08:00', { clock: '2026-12-02T00:00:00', offset: '+08:00' }],
    ['2026-12-02 00:00:00+08:00', { clock: '2026-12-02T00:00:00', offset: '+08:00' }],
    ['2026-12-02T00:00:00+0800', { clock: '2026-12-02T00:00:00', offset: '+08:00' }],
    ['2026-12-02T00:00:00+08', { clock: '2026-12-02T00:00:00', offset: '+08:00' }],
    ['2026-12-02T00:00:00+06:00', { clock: '2026-12-02T00:00:00', offset: '+06:00' }],
    ['2026-12-01t16:00:00z', { clock: '2026-12-01T16:00:00', offset: 'Z' }],
    ['2026-12-2T00:00:00+08:00', { clock: '2026-12-02T00:00:00', offset: '+08:00' }],
    ['２０２６-12-02T00:00:00+08:00', { clock: '2026-12-02T00:00:00', offset: '+08:00' }],
    ['2026-12-02T00:00:00.000000+08:00', { clock: '2026-12-02T00:00:00.000000', offset: '+08:00' }],
    ['2026-12-02T00:00:00−08:00', { clock: '2026-12-02T00:00:00', offset: '-08:00' }],
    ['2026年12月2日0时（北京时间）', { clock: '2026-12-02T00:00:00', offset: '+08:00' }],
    ['新疆时间2026年12月2日22时30分', { clock: '2026-12-02T22:30:00', offset: '+06:00' }],
    ['2026/12/02 00:00', { clock: '2026-12-02T00:00:00' }],
    ['2026年12月2日0时', { clock: '2026-12-02T00:00:00' }],
    ['2026年12月2日上午8时30分', { clock: '2026-12-02T08:30:00' }],
    ['2026年12月2日下午6时（北京时间）', { clock: '2026-12-02T18:00:00', offset: '+08:00' }],
    ['2026年12月2日晚8点半', { clock: '2026-12-02T20:30:00' }],
    ['2026年元月2日零时整', { clock: '2026-01-02T00:00:00' }],
    ['2026-12-02 08:00 GMT+8', { clock: '2026-12-02T08:00:00', offset: '+08:00' }],
    ['2026年12月2日（星期三）8:00（北京时间）', { clock: '2026-12-02T08:00:00', offset: '+08:00' }],
    ['2026-12-02 周三 8:00', { clock: '2026-12-02T08:00:00' }],
    ['20261202T080000+0800', { clock: '2026-12-02T08:00:00', offset: '+08:00' }],
    ['2026-12-02T08:00+08:00[Asia/Shanghai]', { clock: '2026-12-02T08:00:00', offset: '+08:00' }],
  ])('%s', (typed, expected) => {
    expect(momentIn(typed)).toEqual(expected);
  });

  test.each([
    '2026-12-01T23:59:60+08:00',
    '2026-12-02',
    '+002026-12-02T00:00:00+08:00',
    '2026-02-30T00:00+08:00',
    '2026-12-01T24:01+08:00',
    'noon',
    '2026年12月2日（星期二）8:00（北京时间）',
    '2026年12月2日晚上1点',
    '2026年12月2日次日8点',
  ])('%s is none', (typed) => {
    expect(momentIn(typed)).toBeUndefined();
  });
});
