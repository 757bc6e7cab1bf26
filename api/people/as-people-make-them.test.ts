/** Files as offices really send them: each reads as its maker meant it, or is refused for what it is. */
import { describe, expect, test } from '@jest/globals';
import {
  CONTACT_ROWS as base,
  CONTACTS_HEADER as CONTACTS,
  ALL_PRESENT as present,
  ROSTER_HEADER as ROSTER,
} from '../testing/people.js';
import { filePreviewOf } from '../testing/preview.js';
import { textRows, workbook } from '../testing/workbook.js';

const lines = (header: string, ...rows: string[]) => [header, ...rows].join('\r\n');
const contacts = (...rows: string[]) => filePreviewOf(Buffer.from(lines(CONTACTS, ...rows)), present);
const duties = (text: string | Buffer) => filePreviewOf(Buffer.from(text), present);
const cellsOf = (text: string) => text.split(',');

test('contacts with other words for roles, and numbers with words around them, are the same people', async () => {
  const typed = contacts(
    base[0]!.replace('联络员', '联系人').replace('13900000001', '手机：13900000001'),
    base[1]!.replace('负责人', '主要领导').replace('13900000002', '13900000002（微信同号）'),
    base[2]!.replace('副职', '分管领导').replace('13900000003', '"=""13900000003"""'),
  );
  expect(await typed).toMatchObject({ changes: [], errors: [], warnings: [] });
});

test('columns that an office calls otherwise are read, and the preview says as what', async () => {
  const titles = '单位编号,责任单位,角色,姓名,邮箱,座机,手机号码,企业微信机器人,钉钉机器人,接口,人员编号';
  const read = await filePreviewOf(Buffer.from(lines(titles, ...base)), present);
  expect(read).toMatchObject({ changes: [], errors: [] });
  expect(read.warnings).toEqual([
    {
      sheet: '联系人',
      detail:
        '列名不同的，已把“责任单位”作为“单位”、“角色”作为“职责”、“邮箱”作为“电子邮箱”、“座机”作为“电话”、“手机号码”作为“短信号码”读入，请核对',
    },
  ]);
});

test('two columns that mean the same are refused: one would be lost', async () => {
  const read = await filePreviewOf(Buffer.from(lines(`${CONTACTS},手机`, ...base.map((row) => `${row},139`))), present);
  expect(read.errors).toMatchObject([{ column: '短信号码', detail: '“短信号码”这一列重复，请只留一个' }]);
});

test('two people on duty in one cell are two, and notes below a roster are named', async () => {
  const both = await duties(
    lines(ROSTER, 'education,,2026-12-01,值班,09:00,09:00,王伟+李芳,', '注：请保持电话畅通,,,,,,,'),
  );
  expect(both.changes.map(({ text }) => text)).toEqual([
    '2026-12-01 09:00–09:00 王伟 值班',
    '2026-12-01 09:00–09:00 李芳 值班',
  ]);
  expect(both.warnings).toEqual([
    { sheet: '值班表', detail: '第 3 行“注：请保持电话畅通”是表下的说明，没有读入；如果是人员，请改写后重新上传' },
  ]);
});

describe('a roster is read', () => {
  const one = 'education,,2026-12-01,值班,09:00,09:00,王伟,';
  const row = { date: '2026-12-01', shift: '值班', from: '09:00', until: '09:00', contactId: 'liaison:1' };
  const rowsIn = async (text: string | Buffer) => {
    const { content, errors } = await duties(text);
    expect(errors).toEqual([]);
    return content?.changes.days.flatMap(({ rows }) => rows);
  };
  const separated = (separator: string) => lines(ROSTER, one).replaceAll(',', separator);

  test.each([
    ['with tabs, as copied from a spreadsheet', separated('\t')],
    ['with semicolons, as a European Excel saves it', separated(';')],
    ['with full-width commas', separated('，')],
    ['with bars', separated('|')],
    [
      'as a table in Markdown',
      [ROSTER, ROSTER.replace(/[^,]+/g, '---'), one].map((row) => `| ${row.replaceAll(',', ' | ')} |`).join('\n'),
    ],
    ['with the separator named first', `sep=;\r\n${separated(';')}`],
    ['with a spaced header', lines('单位编号,单　位,日 期,班 次,开始,结束,姓 名,人员编号', one)],
    ['with marks in the header', lines('单位编号*,单位,日期（年月日）,班次,开始：,结束：,姓名*,人员编号', one)],
    ['under a letterhead', lines('水磨沟区教育局2026年12月应急值班表,,,,,,,', ',,,,,,,', ROSTER, one)],
    [
      'with columns of its own, in another order',
      lines(
        '序号,姓名,日期,开始,结束,班次,单位,单位编号,人员编号,备注',
        '1,王伟,2026-12-01,09:00,09:00,值班,区教育局,education,,带班领导',
      ),
    ],
    ['with notes below it', lines(ROSTER, one, '注：值班电话 0991-4690001,,,,,,,', '制表人：李芳,,,,审核：王某,,,')],
    ['with the zone beside its times', lines(ROSTER, one).replaceAll('09:00', '9:00（北京时间）')],
    ['with cells that keep their digits as text', lines(ROSTER, one.replace('2026-12-01', '"=""2026-12-01"""'))],
    ['with the header again on each printed page', lines(ROSTER, one, ROSTER)],
    ['with units in their short form', lines(ROSTER, ',教育局,2026-12-01,值班,09:00,09:00,王伟,')],
    ['with lone quotation marks', lines(ROSTER, one.replace('值班', '"白"班')).replace('"白"班', '值班')],
    ['in UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines(ROSTER, one), 'utf16le')])],
    ['in UTF-16 without one', Buffer.from(lines(ROSTER, one), 'utf16le')],
    [
      'in UTF-16, the other way round',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(lines(ROSTER, one), 'utf16le').swap16()]),
    ],
    [
      'from a workbook under a merged title',
      workbook(textRows([['应急值班表'], cellsOf(ROSTER), cellsOf(one)]), {
        after: '<mergeCells><mergeCell ref="A1:H1"/></mergeCells>',
        sheet: 'Sheet1',
      }),
    ],
  ])('%s', async (_how, text) => {
    expect(await rowsIn(text)).toEqual([row]);
  });

  test('with names padded, dotted and spaced: the same three people', async () => {
    const names = [
      '王　伟',
      '王\u00A0伟',
      '王伟\u200B',
      '王伟（带班）',
      '李 芳',
      '\u202A李芳\u202C',
      '阿不都•买买提',
      '阿不都 买买提',
      '阿不都.买买提',
    ];
    const rows = await rowsIn(
      lines(ROSTER, ...names.map((name, i) => `education,,2026-12-0${i + 1},,09:00,09:00,${name},`)),
    );
    expect(rows?.map(({ contactId }) => contactId)).toEqual([
      ...Array.from({ length: 4 }, () => 'liaison:1'),
      ...['lead:1', 'lead:1', 'deputy:1', 'deputy:1', 'deputy:1'],
    ]);
  });

  test('with days and times as people write them', async () => {
    const written = [
      ['2026-12-01', '09:00', '次日09:00'],
      ['2026-12-02', '9点', '次日9点'],
      ['2026-12-03', '09:00-次日09:00', ''],
      ['2026年12月4日（周五）', '09:00', '09:00'],
      ['20261205', '09：00', '０９:００'],
      ['2026－12－6', '上午9:00', '第二天早上9点'],
      ['2026-12-07 00:00:00', '9时', '9时'],
      ['２０２６-12-08', '8.00', '20.00'],
      ['2026/12/9', '早8:00', '晚上8点'],
      ['2026.12.10', '2026-12-10 08:00', '2026-12-11 08:00'],
    ];
    const rows = await rowsIn(
      lines(ROSTER, ...written.map(([date, from, until]) => `education,,${date},,${from},${until},王伟,`)),
    );
    expect(rows?.map(({ date, from, until }) => `${date} ${from} ${until}`)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((day) => `2026-12-0${day} 09:00 09:00`),
      '2026-12-08 08:00 20:00',
      '2026-12-09 08:00 20:00',
      '2026-12-10 08:00 08:00',
    ]);
  });

  test('with two known people in one cell: a row each', async () => {
    const rows = await rowsIn(lines(ROSTER, 'education,,2026-12-01,,09:00,09:00,"王伟、李芳",'));
    expect(rows?.map(({ contactId }) => contactId)).toEqual(['liaison:1', 'lead:1']);
  });
});

describe('a cell that cannot be read is quoted, with what is wrong and an example', () => {
  test.each([
    ['education,,12月6日,,09:00,09:00,王伟,', '日期', /“12月6日”没有写年份.*例如/],
    ['education,,26/12/10,,09:00,09:00,王伟,', '日期', /“26\/12\/10”.*四位.*例如/],
    ['education,,12/11/2026,,09:00,09:00,王伟,', '日期', /“12\/11\/2026”分不清.*例如/],
    ['education,,2026-02-29,,09:00,09:00,王伟,', '日期', /“2026-02-29”没有这一天.*例如/],
    ['education,,2026年12月7日（周二）,,09:00,09:00,王伟,', '日期', /是星期一/],
    ['education,,2026-12-13,,24:00,08:00,王伟,', '开始', /“24:00”.*例如/],
    ['education,,2026-12-15,,8:00:00,20:30:30,王伟,', '结束', /“20:30:30”.*到分.*例如/],
    ['education,,2026-12-15,,08:00,次日09:00,王伟,', '结束', /“次日09:00”.*24 小时/],
    ['education,,2026-12-15,,,09:00,王伟,', '开始', /请填写开始时间/],
    ['education,,2026-12-15,,08:00,09:00,王伟、张三,', '姓名', /“王伟、张三”像是几个人/],
    ['education,,2026-12-15,,08:00,09:00,王伟（小）,', '姓名', /没有“王伟（小）”/],
    ['教育,,2026-12-15,,08:00,09:00,王伟,', '单位', /没有“教育”/],
    [',市教育局,2026-12-15,,08:00,09:00,王伟,', '单位', /没有“市教育局”/],
    ['education,,2026-12-15,,#REF!,09:00,王伟,', '开始', /“#REF!”.*没有算出来/],
  ])('%s', async (row, column, detail) => {
    const { errors, content } = await duties(lines(ROSTER, row));
    expect(errors).toEqual([{ sheet: '值班表', row: 2, column, detail: expect.stringMatching(detail) }]);
    expect(content).toBeUndefined();
  });

  test.each([
    ['a@x.example;b@x.example', '', '电子邮箱', /“a@x.example;b@x.example”.*一个电子邮箱/],
    ['ww.@x.example', '', '电子邮箱', /“ww.@x.example”/],
    ['ww@x', '', '电子邮箱', /“ww@x”/],
    ['#N/A', '', '电子邮箱', /“#N\/A”/],
    ['', '1.39E+10', '短信号码', /“1.39E\+10”.*缩短.*例如/],
    ['', '0991-4600001', '短信号码', /“0991-4600001”.*座机.*例如/],
    ['', '1390000000', '短信号码', /“1390000000”.*例如/],
  ])('mail %s, mobile %s', async (email, sms, column, detail) => {
    const { errors } = await contacts(`education,,联络员,甲,${email},,${sms},,,,`);
    expect(errors).toEqual([{ sheet: '联系人', row: 2, column, detail: expect.stringMatching(detail) }]);
  });
});

test.each([
  ['值班表', ROSTER],
  ['联系人', CONTACTS],
])('a header alone (%s): the preview says that there is no row', async (sheet, header) => {
  const { errors, changes, warnings } = await filePreviewOf(Buffer.from(header), present);
  expect({ errors, changes }).toEqual({ errors: [], changes: [] });
  expect(warnings).toEqual([{ sheet, detail: expect.stringContaining('表头下面没有内容') }]);
});

test('a full file is read a piece at a time: others are served in between', async () => {
  const filler = lines(
    ROSTER,
    ...Array.from({ length: 40_000 }, (_, i) => `education,,2026-12-15,班次${i}𠮷,08:00,09:00,王伟,`),
  );
  let served = 0;
  let isRead = false;
  const serve = () => {
    served += 1;
    if (!isRead) setImmediate(serve);
  };
  serve();
  const { errors } = await duties(filler);
  isRead = true;
  expect(errors).toEqual([{ sheet: '值班表', row: 1, column: '', detail: expect.stringMatching(/共有 40000 行/) }]);
  expect(served).toBeGreaterThan(50);
});

test('a day with as many rows as a file may have is judged by its rows', async () => {
  const times = Array.from(
    { length: 1_440 },
    (_, i) => `${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
  );
  const rows = times.flatMap((from) =>
    ['王伟', '李芳', '阿不都·买买提'].map((name) => `education,,2026-12-15,,${from},00:00,${name},`),
  );
  const { errors, content, changes } = await duties(lines(ROSTER, ...rows, rows[7]!));
  expect(errors).toEqual([
    { sheet: '值班表', row: rows.length + 2, column: '', detail: expect.stringContaining('重复') },
  ]);
  expect(content).toBeUndefined();
  expect(changes).toHaveLength(rows.length);
});

test('a cell that is longer than anybody’s is named; one of a column of its own is not read', async () => {
  const long = '长'.repeat(1_001);
  const own = lines(`${ROSTER},备注`, `education,,2026-12-15,,08:00,09:00,王伟,,${long}`);
  expect((await duties(own)).errors).toEqual([]);
  expect((await duties(lines(ROSTER, `education,,2026-12-15,,08:00,09:00,${long},`))).errors).toEqual([
    {
      sheet: '值班表',
      row: 2,
      column: '姓名',
      detail: expect.stringMatching(/^“长+…”太长，一格最多 1000 个字，请删减$/),
    },
  ]);
});

describe('numbers and addresses of contacts', () => {
  test.each([
    ...[
      '\u202D13900000001\u202C',
      '139\u00A00000\u00A00001',
      '139-0000-0001',
      '１３９０００００００１',
      '+86 13900000001',
    ],
    ...['008613900000001', '8613900000001', '\u200B13900000001', "'13900000001", '13900000001.0'],
  ])('%j is the number that is known: nothing changes', async (sms) => {
    expect(await contacts(base[0]!.replace('13900000001', sms), ...base.slice(1))).toMatchObject({
      changes: [],
      errors: [],
    });
  });

  test.each([
    ...[
      'ww＠education.example.cn',
      'ww@education。example。cn',
      '王伟<ww@education.example.cn>',
      'mailto:ww@education.example.cn',
    ],
    ...[
      'ww@education.example.cn\u00A0',
      'ww @education.example.cn',
      'WW@EDUCATION.EXAMPLE.CN',
      '"ww@education.example.cn,"',
    ],
  ])('%j is the address that is known: nothing changes', async (email) => {
    expect(await contacts(base[0]!.replace('ww@education.example.cn', email), ...base.slice(1))).toMatchObject({
      changes: [],
      errors: [],
    });
  });

  test('无 is nothing', async () => {
    const { content } = await contacts('education,,联络员,甲,无,-,13900000009,/,,,');
    expect(content?.changes.contacts.education).toEqual([
      { contactId: expect.stringMatching(/^p-/), role: 'liaison', name: '甲', sms: '13900000009' },
    ]);
  });
});
