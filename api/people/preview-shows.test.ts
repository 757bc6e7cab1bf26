/** Nothing changes that the preview did not show, and nobody becomes another person by how a name is typed. */
import { describe, expect, test } from '@jest/globals';
import {
  CONTACT_ROWS,
  CONTACTS_HEADER as HEADER,
  THREE_PEOPLE as people,
  ALL_PRESENT as present,
  ROSTER_HEADER,
} from '../testing/people.js';
import { EVERYTHING, filePreviewOf } from '../testing/preview.js';

const coming = {
  today: '2026-11-30',
  rows: [
    { holder: 'education', date: '2026-12-01', from: '09:00', until: '09:00', contactId: 'lead:1' },
    { holder: 'education', date: '2026-12-02', from: '09:00', until: '09:00', contactId: 'lead:1' },
  ],
  substitutions: [],
};
const [wang, li, abdu] = CONTACT_ROWS as [string, string, string];
const preview = (...rows: string[]) =>
  filePreviewOf(Buffer.from([HEADER, ...rows].join('\n')), present, EVERYTHING, coming);
const details = ({ warnings }: { warnings: Array<{ detail: string }> }) => warnings.map(({ detail }) => detail);

describe('each change names its fields, from what to what', () => {
  test('a new address', async () => {
    const { changes } = await preview(wang.replace('ww@', 'new@'), li, abdu);
    expect(changes).toEqual([
      {
        sheet: '联系人',
        change: 'changed',
        unitId: 'education',
        unit: '区教育局',
        text: '王伟（联络员）：电子邮箱 ww@education.example.cn → new@education.example.cn',
        fields: [
          { field: 'email', column: '电子邮箱', from: 'ww@education.example.cn', to: 'new@education.example.cn' },
        ],
      },
    ]);
  });

  test('an address that is emptied', async () => {
    const { changes } = await preview(wang.replace('13900000001', ''), li, abdu);
    expect(changes.map(({ text }) => text)).toEqual(['王伟（联络员）：短信号码 13900000001 → （空）']);
  });

  test('a shift of the same person', async () => {
    const row = { date: '2026-12-01', from: '09:00', until: '09:00', contactId: 'lead:1' };
    const all = { ...present, days: [{ holder: 'education', date: '2026-12-01', rows: [row] }] };
    const text = '单位编号,单位,日期,班次,开始,结束,姓名,人员编号\neducation,,2026-12-01,白班,08:00,20:00,李芳,';
    const { changes } = await filePreviewOf(Buffer.from(text), all);
    expect(changes.map((one) => one.text)).toEqual([
      '2026-12-01 08:00–20:00 李芳 白班：开始 09:00 → 08:00，结束 09:00 → 20:00，班次 （空） → 白班',
    ]);
  });
});

describe('a person stays the same', () => {
  const idsAfter = async (...rows: string[]) => {
    const { content, errors } = await preview(...rows);
    expect(errors).toEqual([]);
    return (content?.changes.contacts.education ?? people).map(({ contactId }) => contactId);
  };

  test.each([
    ['王　伟', 'white space'],
    ['王伟\u200B', 'an invisible character'],
    ['\u202A王伟\u202C', 'marks of direction'],
  ])('%j: %s', async (name) => {
    expect(await idsAfter(wang.replace('王伟', name), li, abdu)).toEqual(['liaison:1', 'lead:1', 'deputy:1']);
    expect((await preview(wang.replace('王伟', name), li, abdu)).changes).toEqual([]);
  });

  test('with another dot in the name', async () => {
    expect((await preview(wang, li, abdu.replace('·', '•'))).changes).toEqual([]);
  });

  test('in another role', async () => {
    const rows = [wang.replace('联络员', '副职'), li.replace('负责人', '联络员'), abdu];
    expect(await idsAfter(...rows)).toEqual(['liaison:1', 'lead:1', 'deputy:1']);
    expect((await preview(...rows)).changes.map(({ text }) => text)).toEqual([
      '王伟（副职）：职责 联络员 → 副职',
      '李芳（联络员）：职责 负责人 → 联络员',
    ]);
  });

  test.each([
    ['王玮', wang, '王伟'],
    ['阿不都·买买提·艾力', abdu, '阿不都·买买提'],
    ['阿卜杜·买买提', abdu, '阿不都·买买提'],
  ])('with a typo, %s, and the number that he had', async (name, row, known) => {
    const rows = [wang, li, abdu].map((one) => (one === row ? one.replace(known, name) : one));
    expect(await idsAfter(...rows)).toEqual(['liaison:1', 'lead:1', 'deputy:1']);
    expect((await preview(...rows)).changes.map(({ text }) => text)).toEqual([
      expect.stringContaining(`姓名 ${known} → ${name}`),
    ]);
  });

  test('while a name that is nearly the same with another number is another person', async () => {
    const [first] = await idsAfter(
      wang.replace('王伟', '王玮').replace('000001', '000009').replace('ww@', 'wy@'),
      li,
      abdu,
    );
    expect(first).toMatch(/^p-/);
  });

  test('while a namesake is a new person', async () => {
    const namesake = 'education,,副职,王伟,,,13900000009,,,,';
    expect(await idsAfter(namesake, wang, li, abdu)).toEqual([
      expect.stringMatching(/^p-/),
      'liaison:1',
      'lead:1',
      'deputy:1',
    ]);
  });

  test('of two namesakes in the same role, by the number', async () => {
    const two = {
      contacts: { education: [people[0]!, { ...people[0]!, contactId: 'p-2', sms: '13900000009' }] },
      days: [],
    };
    const text = [HEADER, wang.replace('联络员', '副职').replace('000001', '000009'), wang].join('\n');
    const { content } = await filePreviewOf(Buffer.from(text), two);
    expect(content?.changes.contacts.education?.map(({ contactId }) => contactId)).toEqual(['p-2', 'liaison:1']);
  });

  test('with a name corrected by id', async () => {
    expect(await idsAfter(`${wang.replace('王伟', '王玮')}liaison:1`, li, abdu)).toEqual([
      'liaison:1',
      'lead:1',
      'deputy:1',
    ]);
  });
});

describe('a unit with a faulty row', () => {
  test('shows the error and nobody as removed', async () => {
    const { errors, changes, content } = await preview(wang.replace('13900000001', '1390000000'), li);
    expect(errors).toMatchObject([{ row: 2, column: '短信号码' }]);
    expect(changes).toEqual([]);
    expect(content).toBeUndefined();
  });

  test('nor does a row whose unit is not known', async () => {
    const { errors, changes } = await preview(wang.replace('education', 'eductaion'), li);
    expect(errors).toMatchObject([{ row: 2, column: '单位' }]);
    expect(changes).toEqual([]);
  });
});

describe('a preview warns', () => {
  test('of people who leave with duties to come', async () => {
    const { changes, warnings } = await preview(wang, abdu);
    expect(changes.map(({ change, text }) => `${change} ${text}`)).toEqual(['removed 李芳（负责人）']);
    expect(warnings).toEqual([
      {
        sheet: '联系人',
        unitId: 'education',
        unit: '区教育局',
        detail: '李芳不在名单中，其值班 2026-12-01 09:00–09:00 等 2 班将无人，请重新排班',
      },
    ]);
  });

  test('of somebody without a channel, and of a unit nobody could be told in', async () => {
    expect(
      details(await preview(wang.replace('13900000001', '').replace('ww@education.example.cn', ''), li, abdu)),
    ).toEqual([expect.stringMatching(/^王伟（联络员）没有手机和邮箱/)]);
    expect(details(await preview('education,,联络员,王伟,,0991-4600001,,,,,'))).toContainEqual(
      expect.stringMatching(/区教育局将没有一个人能收到通知/),
    );
  });

  test('of eaten characters and numbers', async () => {
    expect(details(await preview(`${wang.replace('王伟', '王?')}liaison:1`, li, abdu))).toContainEqual(
      expect.stringMatching(/“王\?”/),
    );
    expect(details(await preview(wang, li.replace(',,13900000002', ',9914600001,13900000002'), abdu))).toEqual([
      expect.stringMatching(/“9914600001”开头像是少了 0/),
    ]);
  });

  test.each(['王伟、李芳', '王伟 13900000001'])('of more than a name, %j', async (name) => {
    expect(details(await preview(`${wang.replace('王伟', name)}liaison:1`, li, abdu))).toContainEqual(
      expect.stringContaining(`姓名“${name}”像是几个人，或者带有号码`),
    );
  });

  test('of days that are over, once', async () => {
    const row = (date: string) => `education,,${date},,09:00,09:00,王伟,`;
    const roster = [ROSTER_HEADER, row('2025-12-02'), row('2025-12-01'), row('2026-11-30')].join('\n');
    const { warnings, errors } = await filePreviewOf(Buffer.from(roster), present, EVERYTHING, coming);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([{ sheet: '值班表', detail: '值班日期 2025-12-01 等 2 天已经过去，请核对年份和月份' }]);
  });

  test('of a new name behind the number of somebody who leaves', async () => {
    expect(details(await preview(wang.replace('王伟', '赵强'), li, abdu))).toContainEqual(
      expect.stringMatching(/“赵强”与要离开名单的“王伟”手机相同.*liaison:1/),
    );
  });
});
