import { crc32 } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import writeXlsx from 'write-excel-file/node';
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import { loadEditionById } from '../../plan/edition/edition.js';
import { holdersOf } from '../../plan/people/holders.js';
import type { DutyRow } from '../../plan/people/roster.js';
import { addDays } from '../../plan/rules/calendar.js';
import type { KnownContact } from '../../plan/types.js';
import { csvOf } from './csv.js';
import { dutyKeyOf } from './duty.js';
import { sheetOf, sheetsIn } from './files.js';
import { importPreviewOf, importScopeOf, type Preview } from './preview.js';
import { recordsOf } from './records.js';
import { contact } from './schemas.js';
import { guarded, type Sheet, type SheetKind, unguarded } from './sheets.js';
import { xlsxOf } from './xlsx.js';

const HOLDERS = holdersOf(loadEditionById('shuimogou-2025'));
const EVERYTHING = { contacts: true, roster: true };
const DAY = '2026-01-10';
const NONE: ContactsAndDuties = { contacts: {}, days: [] };

/** The preview of a file against these contacts and duties. */
async function preview(bytes: Buffer, all: ContactsAndDuties, may = EVERYTHING): Promise<Preview> {
  const lines = recordsOf(await sheetsIn(bytes), HOLDERS);
  const scope = importScopeOf(lines);
  const present = {
    contacts: Object.fromEntries(scope.contacts.map((holder) => [holder, all.contacts[holder] ?? []])),
    days: scope.days.map((day) => ({ ...day, rows: rowsOn(all, day) })),
  };
  return importPreviewOf(lines, present, may);
}

const rowsOn = ({ days }: ContactsAndDuties, { holder, date }: { holder: string; date: string }): DutyRow[] =>
  days.find((day) => day.holder === holder && day.date === date)?.rows ?? [];

const sheets = (present: ContactsAndDuties, kinds: SheetKind[] = ['contacts', 'roster']): Sheet[] =>
  kinds.map((kind) => sheetOf(kind, HOLDERS, present));

/** Names that are known to upset spreadsheets, CSV and XML. */
const trap = fc.constantFrom(
  'valueOf',
  '__proto__',
  '=1+1',
  '+86',
  '-',
  '@x',
  "'=a",
  "''-b",
  '"',
  'a,b',
  'a;b',
  '<&>',
  '甲  乙',
  '\u2028',
  '😀',
  '1e5',
  '007',
  '1/2',
  'TRUE',
  '#N/A',
);
const word = fc.oneof(trap, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }));
const name = fc
  .array(word, { minLength: 1, maxLength: 2 })
  .map((words) => words.join(''))
  .filter((text) => contact.shape.name.safeParse(text).success && !/_x[0-9A-Fa-f]{4}_/.test(text))
  .map((text) => contact.shape.name.parse(text));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anyContact = fc.record({
  role: fc.constantFrom('liaison' as const, 'lead' as const, 'deputy' as const),
  name,
  email: optional(fc.constantFrom('a@example.org', '-b@example.org')),
  phone: optional(fc.constantFrom('+86 991 4612345', '0991-4612345')),
  sms: optional(fc.constantFrom('13800000000', '+8613800000000')),
  wecom: optional(fc.constant('duty-group')),
});
const whole = <T extends object>(record: T): T => JSON.parse(JSON.stringify(record)) as T;
const contactsArbitrary = fc
  .array(anyContact, { minLength: 1, maxLength: 4 })
  .map((list): KnownContact[] => list.map((one, i) => ({ ...whole(one), contactId: `p-${i}` }) as KnownContact));
const time = fc.constantFrom('00:00', '08:00', '09:30', '20:00');
const anyRows = fc.uniqueArray(
  fc.record({ from: time, until: time, contactId: fc.constantFrom('p-0', 'p-gone'), shift: optional(name) }),
  { maxLength: 3, selector: (row) => dutyKeyOf({ date: DAY, ...whole(row) } as DutyRow) },
);
const anyContent = fc
  .record({
    contacts: fc.array(contactsArbitrary, { minLength: 2, maxLength: 2 }),
    rows: fc.array(anyRows, { maxLength: 4 }),
  })
  .map(
    ({ contacts, rows }): ContactsAndDuties => ({
      contacts: { education: contacts[0]!, office: contacts[1]! },
      days: rows.map((list, i) => {
        const date = addDays(DAY, Math.floor(i / 2));
        return {
          holder: i % 2 === 0 ? 'education' : 'office',
          date,
          rows: list.map((row) => whole({ date, ...row }) as DutyRow),
        };
      }),
    }),
  );

describe('an exported file changes nothing when it is imported', () => {
  test.each([['contacts'], ['roster']] as Array<[SheetKind]>)('as CSV: %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (present) => {
        const [sheet] = sheets(present, [kind]);
        expect(await preview(csvOf(sheet!.rows), present)).toMatchObject({ changes: [], errors: [] });
      }),
      { numRuns: 300 },
    );
  });

  test('as a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (present) => {
        expect(await preview(await xlsxOf(sheets(present)), present)).toMatchObject({ changes: [], errors: [] });
      }),
      // Each takes two threads; a failure would be narrowed down for minutes.
      { numRuns: 25, endOnFailure: true },
    );
  });

  test('into an empty installation it brings everything', async () => {
    await fc.assert(
      fc.asyncProperty(contactsArbitrary, async (contacts) => {
        const present = { contacts: { education: contacts }, days: [] };
        const { content, errors } = await preview(csvOf(sheets(present, ['contacts'])[0]!.rows), NONE);
        expect({ errors, contacts: content?.changes.contacts }).toEqual({ errors: [], contacts: present.contacts });
      }),
    );
  });
});

describe('text that a spreadsheet would calculate', () => {
  test('is written behind an apostrophe, and comes back unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(trap, fc.string()), (text) => {
        expect(guarded(text)).not.toMatch(/^[=+\-@]/);
        expect(unguarded(guarded(text.trim()))).toBe(text.trim());
      }),
    );
  });

  test('does not begin any field of a CSV', () => {
    expect(csvOf([['=cmd()', '+86', '-1', '@x', '甲']]).toString()).toBe("\ufeff'=cmd(),'+86,'-1,'@x,甲\r\n");
  });
});

const people: KnownContact[] = [
  { contactId: 'p-0', role: 'lead', name: '张三' },
  { contactId: 'p-1', role: 'liaison', name: '李四' },
  { contactId: 'p-2', role: 'deputy', name: '李四' },
];
const present: ContactsAndDuties = {
  contacts: { education: people },
  days: [{ holder: 'education', date: DAY, rows: [{ date: DAY, from: '08:00', until: '20:00', contactId: 'p-0' }] }],
};
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
      'education,,2026-02-30,,8点,25:00,张三,',
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
      expect.stringMatching(/^5 开始 应为 HH:mm/),
      expect.stringMatching(/^5 结束 应为 HH:mm/),
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
    const { errors } = await preview(Buffer.from('单位编号,单位,日期,日期,开始,结束,姓名,备注\nx'), present);
    expect(errors.map(({ row, column, detail }) => `${row} ${column} ${detail.slice(0, 4)}`)).toEqual([
      '1 班次 缺少这一',
      '1 人员编号 缺少这一',
      '1 备注 没有这一',
      '1 日期 这一列重',
    ]);
  });

  test('a sheet that the account may not change, unless it changes nothing', async () => {
    const changed = { ...present, contacts: { education: people.slice(1) } };
    const rosterOnly = { contacts: false, roster: true };
    const { errors, content } = await preview(await xlsxOf(sheets(changed)), present, rosterOnly);
    expect(content).toBeUndefined();
    expect(errors).toMatchObject([{ sheet: '联系人', row: 2, detail: expect.stringContaining('管理员') }]);
    expect((await preview(await xlsxOf(sheets(present)), present, rosterOnly)).errors).toEqual([]);
  });
});

describe('a file that cannot be read', () => {
  const unreadable = { type: 'file-unreadable', status: 400 };

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['something else', Buffer.from('{"a": 1}')],
    ['no workbook', Buffer.from('PK\x03\x04 broken')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${HEADER}\n`, 'utf16le')])],
    ['a quote that is not closed', Buffer.from(`${HEADER}\n"education,,`)],
  ])('%s', async (_name, bytes) => {
    await expect(sheetsIn(bytes)).rejects.toMatchObject(unreadable);
  });

  test('a workbook without these sheets', async () => {
    const bytes = await writeXlsx([{ sheet: '别的', data: [['a']] }]).toBuffer();
    await expect(sheetsIn(bytes)).rejects.toMatchObject(unreadable);
  });

  test('the same archive with a few rows is read', async () => {
    expect(await sheetsIn(workbook('<row r="1"><c r="A1"><v>1</v></c></row>'))).toEqual([
      { kind: 'roster', rows: [['1']] },
    ]);
  });

  test('a workbook of four lines that claims a million rows', async () => {
    const cells = '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>';
    const bytes = workbook(cells);
    await expect(sheetsIn(bytes)).rejects.toMatchObject(unreadable);
  });

  test('a small workbook that unpacks to very much', async () => {
    const bytes = await writeXlsx([{ sheet: '值班表', data: [['a'.repeat(70 * 1_048_576)]] }]).toBuffer();
    expect(bytes.length).toBeLessThan(1_048_576);
    await expect(sheetsIn(bytes)).rejects.toMatchObject(unreadable);
    // The same with a directory that says a thousand bytes of each file.
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1))
      bytes.writeUInt32LE(1_000, at + 24);
    await expect(sheetsIn(bytes)).rejects.toMatchObject(unreadable);
  });

  test('of sixteen workbooks at once, ten are read and six are too many', async () => {
    const bytes = workbook('<row r="1"><c r="A1"><v>1</v></c></row>');
    const read = await Promise.allSettled(Array.from({ length: 16 }, () => sheetsIn(bytes)));
    const refused = read.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(6);
    for (const problem of refused)
      expect(problem).toMatchObject({ type: 'not-ready', extras: { headers: { 'Retry-After': expect.any(String) } } });
  });
});

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const workbook = (rows: string): Buffer =>
  stored({
    'xl/workbook.xml': `<workbook xmlns:r="${REL}"><sheets><sheet name="值班表" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  });

/** An archive of files as they are, not compressed. */
function stored(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).map(([path, text]) => {
    const content = Buffer.from(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(path), content]);
    const entry = (at: number) => {
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(at, 10);
      return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, rest, Buffer.from(path)]);
    };
    return { local, entry };
  });
  const entries: Buffer[] = [];
  let at = 0;
  for (const { local, entry } of parts) {
    entries.push(entry(at));
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts.map(({ local }) => local), directory, Buffer.from('PK\x05\x06'), end]);
}
