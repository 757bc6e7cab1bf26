/** A column that a list has not says nothing: what is known stays, and the preview says so. */
import { describe, expect, test } from '@jest/globals';
import { THREE_PEOPLE as people, ALL_PRESENT as present } from '../testing/people.js';
import { EVERYTHING, filePreviewOf, HOLDERS } from '../testing/preview.js';

const of = (text: string, all = present, holders = HOLDERS) =>
  filePreviewOf(Buffer.from(text), all, EVERYTHING, undefined, holders);
const details = ({ warnings }: { warnings: Array<{ detail: string }> }) => warnings.map(({ detail }) => detail);

describe('a list of contacts', () => {
  const NUMBERS = [
    '单位,姓名,手机',
    '区教育局,王伟,13900000009',
    '区教育局,李芳,13900000002',
    '区教育局,阿不都买买提,13900000003',
  ];

  test('of names and numbers keeps roles, mails and ids', async () => {
    const read = await of(NUMBERS.join('\n'));
    expect(read.errors).toEqual([]);
    expect(read.changes.map(({ text }) => text)).toEqual(['王伟（联络员）：短信号码 13900000001 → 13900000009']);
    expect(read.content?.changes.contacts.education).toEqual([
      { ...people[0], sms: '13900000009' },
      people[1],
      people[2],
    ]);
    expect(details(read)).toContain(
      '文件里没有“职责”、“电子邮箱”、“电话”、“企业微信机器人”、“钉钉机器人”、“接口”这几列：原有的人这几项照旧不变，新增的人这几项空着，请核对',
    );
  });

  test('that lacks a person still says that he leaves', async () => {
    expect((await of(NUMBERS.slice(0, 3).join('\n'))).changes.map(({ change, text }) => `${change} ${text}`)).toContain(
      'removed 阿不都·买买提（副职）',
    );
  });

  test('has to say the role of a new person', async () => {
    const read = await of([...NUMBERS, '区教育局,赵强,13900000007'].join('\n'));
    expect(read.errors).toEqual([
      {
        sheet: '联系人',
        row: 5,
        column: '职责',
        detail: '“赵强”是新增的人，请补上“职责”这一列，写明联络员、负责人、副职之一',
      },
    ]);
    expect(read.content).toBeUndefined();
  });

  test('with one column of numbers takes the mobiles in it for SMS, and keeps the telephones', async () => {
    const all = { contacts: { education: [{ ...people[0]!, phone: '0991-4690001' }, people[1]!] }, days: [] };
    const rows = ['单位,联系人,联系方式', '区教育局,王伟,139 0000 0009', '区教育局,李芳,0991-4690002'];
    const read = await of(rows.join('\n'), all);
    expect(read.changes.map(({ text }) => text)).toEqual([
      '王伟（联络员）：短信号码 13900000001 → 13900000009',
      '李芳（负责人）：电话 （空） → 0991-4690002',
    ]);
    expect(details(read)).toContain('“电话”一列里的手机，作为“短信号码”读入，请核对');
  });

  test('tells namesakes apart by any address that it has', async () => {
    const two = [
      { ...people[0]!, email: 'one@x.cn' },
      { ...people[0]!, contactId: 'p-2', email: 'two@x.cn', sms: '13900000009' },
    ];
    const list = (mails: string[]) =>
      ['单位,姓名,邮箱,电话', ...mails.map((mail) => `区教育局,王伟,${mail},4690001`)].join('\n');
    const all = { contacts: { education: two }, days: [] };
    const read = await of(list(['two@x.cn', 'one@x.cn']), all);
    expect(read.content?.changes.contacts.education?.map(({ contactId }) => contactId)).toEqual(['p-2', 'liaison:1']);
    expect((await of(list(['new@x.cn']), all)).errors).toMatchObject([
      { column: '职责', detail: expect.stringContaining('几位“王伟”') },
    ]);
  });
});

describe('a roster', () => {
  const row = { date: '2026-12-01', from: '08:00', until: '20:00', contactId: 'lead:1', shift: '白班' };
  const all = { ...present, days: [{ holder: 'education', date: '2026-12-01', rows: [row] }] };

  test('without shifts keeps those of the same person at the same times', async () => {
    const read = await of('单位,日期,值班时间,姓名\n区教育局,2026-12-01,8:00-20:00,李芳', all);
    expect(read).toMatchObject({ changes: [], errors: [] });
    expect(details(read)).toContain('文件里没有“班次”这几列：同一人同一时间的班照旧，其余的班没有这一项，请核对');
  });

  test('of a unit alone need not name it', async () => {
    const own = HOLDERS.filter(({ unitId }) => unitId === 'education');
    const text = '日期,开始,结束,值班人员\n2026-12-02,09:00,次日09:00,王伟';
    expect((await of(text, all, own)).content?.changes.days).toMatchObject([
      { holder: 'education', date: '2026-12-02' },
    ]);
    expect((await of(text, all)).errors).toEqual([
      { sheet: '值班表', row: 1, column: '单位', detail: '缺少“单位”或“单位编号”这一列，请补上，例如 区教育局' },
    ]);
  });

  test.each([
    ['单位,班次,开始,结束,姓名', '日期', '缺少“日期”这一列，请补上，例如 2026-01-05'],
    ['单位,班次,日期,姓名', '开始', '缺少“开始”或“结束”这一列，请补上，例如 09:00-次日09:00'],
    ['单位,班次,日期,开始,结束', '姓名', '缺少“姓名”或“人员编号”这一列，请补上，例如 王伟'],
  ])('with %s alone says which column it needs', async (header, column, detail) => {
    expect((await of(`${header}\nx,x,x,x,x`)).errors).toEqual([{ sheet: '值班表', row: 1, column, detail }]);
  });

  test('of days and people alone is told what it lacks', async () => {
    const read = await of(
      '水磨沟区教育局12月值班表\n日期,星期,带班领导,值班人员,值班电话\n2026-12-01,二,李芳,王伟,4690001',
    );
    expect(read.errors.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '2 单位',
      '2 开始',
      '2 星期',
      '2 带班领导',
      '2 值班电话',
    ]);
  });

  test('with telephones beside the names is one', async () => {
    const read = await of('单位,日期,姓名,联系电话\n区教育局,2026-12-01,王伟,4690001');
    expect(read.errors).toMatchObject([
      { sheet: '值班表', column: '开始' },
      { column: '电话', detail: expect.stringMatching(/^不认得“电话”/) },
    ]);
  });
});

test('a header of two rows is read as one', async () => {
  const rows = [
    '单位,职责,姓名,联系方式,,',
    ',,,手机,邮箱,办公电话',
    '区教育局,联络员,王伟,13900000001,ww@education.example.cn,',
    '区教育局,负责人,李芳,13900000002,lf@education.example.cn,',
    '区教育局,副职,阿不都·买买提,13900000003,,',
  ];
  expect(await of(rows.join('\n'))).toMatchObject({ changes: [], errors: [] });
});
