import { describe, expect, test } from '@jest/globals';
import writeXlsx from 'write-excel-file/node';
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import type { KnownContact } from '../../plan/types.js';
import { HOLDERS, filePreviewOf as preview } from '../testing/preview.js';
import { sheetOf } from './files.js';
import { xlsxOf } from './xlsx.js';

const DAY = '2026-01-10';

const people: KnownContact[] = [
  { contactId: 'p-0', role: 'lead', name: '张三' },
  { contactId: 'p-1', role: 'liaison', name: '李四' },
  { contactId: 'p-2', role: 'deputy', name: '李四' },
];
const present: ContactsAndDuties = {
  contacts: { education: people },
  days: [{ holder: 'education', date: DAY, rows: [{ date: DAY, from: '08:00', until: '20:00', contactId: 'p-0' }] }],
};
const bothSheets = (of: ContactsAndDuties) => [sheetOf('contacts', HOLDERS, of), sheetOf('roster', HOLDERS, of)];
const HEADER = '单位编号,单位,日期,班次,开始,结束,姓名,人员编号';
const duty = (...lines: string[]) => Buffer.from([HEADER, ...lines].join('\n'));

describe('a roster as people write it', () => {
  const rowsAfter = async (bytes: Buffer) => (await preview(bytes, present)).content?.changes.days[0]?.rows;

  test.each([
    ['a unit by its name, a person by theirs', 'a', ',区教育局,2026-01-10,,20:00,08:00,张三,'],
    ['a unit by its id', 'b', 'education,,2026-01-10,,20:00,08:00,,p-0'],
    ['days and times as Excel saves them', 'c', 'education,区教育局,2026/1/10,,20:00:00,8:00,张三,p-0'],
    ['days and times in Chinese', 'd', 'education,区教育局,2026年1月10日,,20：00,08：00,张三,p-0'],
  ])('%s', async (_name, _letter, line) => {
    expect(await rowsAfter(duty(line))).toEqual([{ date: DAY, from: '20:00', until: '08:00', contactId: 'p-0' }]);
  });

  test('24:00 is midnight; empty lines are skipped', async () => {
    const rows = await rowsAfter(duty('', 'education,,2026-01-10,白班,08:00,24:00,张三,', ',,,,,,,', ''));
    expect(rows).toEqual([{ date: DAY, shift: '白班', from: '08:00', until: '00:00', contactId: 'p-0' }]);
  });

  test('GBK, as Excel saves “CSV” in Chinese', async () => {
    // 单位编号,单位,日期,班次,开始,结束,姓名,人员编号 / education,区教育局,2026/1/10,,8:00,20:00,张三,
    const gbk = Buffer.from(
      'b5a5cebbb1e0bac52cb5a5cebb2cc8d5c6da2cb0e0b4ce2cbfaacabc2cbde1caf82cd0d5c3fb2cc8cbd4b1b1e0bac50d0a' +
        '656475636174696f6e2cc7f8bdccd3fdbed62c323032362f312f31302c2c383a30302c32303a30302cd5c5c8fd2c0d0a',
      'hex',
    );
    expect(await preview(gbk, present)).toMatchObject({ changes: [], errors: [] });
  });

  test('date and time cells of a workbook', async () => {
    const at = (text: string) => ({ value: new Date(text), type: Date, format: 'yyyy-mm-dd hh:mm' });
    const cells = [
      'education',
      '',
      at(`${DAY}T00:00:00Z`),
      '',
      at('1899-12-30T20:00:00Z'),
      at('1899-12-30T08:00:00Z'),
      '张三',
      '',
    ];
    const bytes = await writeXlsx([{ sheet: '值班表', data: [HEADER.split(','), cells] }]).toBuffer();
    expect(await rowsAfter(bytes)).toEqual([{ date: DAY, from: '20:00', until: '08:00', contactId: 'p-0' }]);
  });

  test('replaces the days it names, and no others', async () => {
    const { changes, content } = await preview(duty('education,,2026-01-11,夜班,20:00,08:00,张三,'), present);
    expect(changes).toEqual([
      {
        sheet: '值班表',
        change: 'added',
        unitId: 'education',
        unit: '区教育局',
        text: '2026-01-11 20:00–08:00 张三 夜班',
      },
    ]);
    expect(content?.changes.days.map(({ date }) => date)).toEqual(['2026-01-11']);
  });

  test('rows that are no longer in the file are removed, and shown so', async () => {
    const { changes } = await preview(duty('education,,2026-01-10,,08:00,20:00,,p-1'), present);
    expect(changes.map(({ change, text }) => [change, text])).toEqual([
      ['added', '2026-01-10 08:00–20:00 李四'],
      ['removed', '2026-01-10 08:00–20:00 张三'],
    ]);
  });
});

describe('every bad row is named', () => {
  test('with row, column and what to do', async () => {
    const bytes = duty(
      'nowhere,,2026-01-10,,08:00,20:00,张三,',
      'education,区卫健委,2026-01-10,,08:00,20:00,张三,',
      ',,2026-01-10,,08:00,20:00,张三,',
      'education,,2026-02-30,,8点多,25:00,张三,',
      'education,,2026-01-10,,08:00,20:00,王五,',
      'education,,2026-01-10,,08:00,20:00,李四,',
      'education,,2026-01-10,,08:00,20:00,李四,p-0',
      'education,,2026-01-10,,08:00,20:00,,p-9',
      'education,,2026-01-10,,08:00,20:00,,',
      'education,,2026-01-10,,08:00,20:00,张三,',
      'education,,2026-01-10,备班,08:00,20:00,,p-0',
    );
    const { errors, content } = await preview(bytes, present);
    expect(content).toBeUndefined();
    expect(errors.map(({ row, column, detail }) => `${row} ${column} ${detail}`)).toEqual([
      expect.stringMatching(/^2 单位 名录中没有/),
      expect.stringMatching(/^3 单位 单位编号“education”是区教育局/),
      expect.stringMatching(/^4 单位 请填写/),
      expect.stringMatching(/^5 日期 /),
      expect.stringMatching(/^5 开始 “8点多”看不出.*例如 08:00/),
      expect.stringMatching(/^5 结束 “25:00”没有这个时间.*例如 08:00/),
      expect.stringMatching(/^6 姓名 .*没有“王五”/),
      expect.stringMatching(/^7 姓名 .*几位“李四”/),
      expect.stringMatching(/^8 姓名 .*是张三/),
      expect.stringMatching(/^9 人员编号 .*没有这个编号/),
      expect.stringMatching(/^10 姓名 请填写/),
      expect.stringMatching(/^12 {2}与前面的一行重复/),
    ]);
    expect(new Set(errors.map(({ sheet }) => sheet))).toEqual(new Set(['值班表']));
  });

  test('bad rows of contacts too', async () => {
    const header = '单位编号,单位,职责,姓名,电子邮箱,电话,短信号码,企业微信机器人,钉钉机器人,接口,人员编号';
    const lines = [
      'education,,局长,张三,,,,,,,',
      'education,,负责人,,x,,,,,,',
      'education,,负责人,张三,,,0991-1234567,https://robot,,,p-0',
      'education,,副职,李四,,,,,,,p-0',
      'education,,副职,王五,,,,,,,p-0',
    ];
    const { errors } = await preview(Buffer.from([header, ...lines].join('\n')), present);
    expect(errors.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '2 职责',
      '3 姓名',
      '3 电子邮箱',
      '4 短信号码',
      '4 企业微信机器人',
      '6 人员编号',
    ]);
  });

  test('columns that are missing, unknown or there twice', async () => {
    const { errors } = await preview(Buffer.from('单位编号,单位,日期,日期,开始,结束,备注\nx'), present);
    expect(errors.map(({ row, column, detail }) => `${row} ${column} ${detail.slice(0, 2)}`)).toEqual([
      '1 姓名 缺少',
      '1 备注 不认',
      '1 日期 “日',
    ]);
  });

  test('a sheet that the account may not change, unless it changes nothing', async () => {
    const changed = { ...present, contacts: { education: people.slice(1) } };
    const rosterOnly = { contacts: false, roster: true };
    const { errors, content } = await preview(await xlsxOf(bothSheets(changed)), present, rosterOnly);
    expect(content).toBeUndefined();
    expect(errors).toMatchObject([{ sheet: '联系人', row: 2, detail: expect.stringContaining('管理员') }]);
    expect((await preview(await xlsxOf(bothSheets(present)), present, rosterOnly)).errors).toEqual([]);
  });
});
