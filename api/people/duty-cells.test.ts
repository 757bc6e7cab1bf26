/** Cells of duty as offices fill them in: several people, spaces, numbers and offices beside the names. */
import { describe, expect, test } from '@jest/globals';
import type { KnownContact } from '../../plan/types.js';
import { ROSTER_HEADER, THREE_PEOPLE } from '../testing/people.js';
import { filePreviewOf } from '../testing/preview.js';

const ZHANG: KnownContact = {
  contactId: 'p-4',
  role: 'deputy',
  name: '张伟',
  sms: '13900000004',
  phone: '0991-4690004',
};
const NAMESAKE: KnownContact = { contactId: 'p-5', role: 'deputy', name: '张伟', sms: '13900000005' };
const people = [...THREE_PEOPLE, ZHANG];

const preview = (cell: string, contacts = people) =>
  filePreviewOf(Buffer.from(`${ROSTER_HEADER}\neducation,,2026-12-01,,09:00,09:00,"${cell}",`), {
    contacts: { education: contacts },
    days: [],
  });

describe('names the people who are meant', () => {
  const [wang, li, abdu, zhang] = ['liaison:1', 'lead:1', 'deputy:1', 'p-4'];

  test.each([
    ['张 伟 / 13900000004', [zhang]],
    ['张　伟　139 0000 0004', [zhang]],
    ['张伟（0991-4690004）', [zhang]],
    ['张伟 4690004', [zhang]],
    ['张伟13900000004', [zhang]],
    ['张 伟、李 芳', [zhang, li]],
    ['张伟 李芳', [zhang, li]],
    ['张 伟　李 芳', [zhang, li]],
    ['张伟和李芳', [zhang, li]],
    ['张伟\n李芳', [zhang, li]],
    ['阿不都 买买提 李芳', [abdu, li]],
    ['带班：王伟 值班：李芳', [wang, li]],
    ['王伟（带班） 李芳（值班）', [wang, li]],
    ['王伟13900000001 李芳13900000002', [wang, li]],
    ['王伟副局长', [wang]],
    ['王伟（主任）、李芳同志', [wang, li]],
  ])('%j', async (cell, ids) => {
    const { content, errors, warnings } = await preview(cell);
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    expect(content?.changes.days[0]?.rows.map(({ contactId }) => contactId)).toEqual(ids);
  });
});

test.each(['张伟 赵六', '张伟和赵六', '王伟（小）', '王局长', '13900000004', '张伟、赵六 13900000004'])(
  '%j names somebody who is not known: the whole cell is quoted',
  async (cell) => {
    const { errors, content } = await preview(cell);
    expect(errors).toMatchObject([{ column: '姓名', detail: expect.stringContaining(`“${cell}”`) }]);
    expect(content).toBeUndefined();
  },
);

test('of namesakes the number beside the name tells who is meant', async () => {
  const all = [...people, NAMESAKE];
  const { content } = await preview('张伟 13900000005', all);
  expect(content?.changes.days[0]?.rows).toMatchObject([{ contactId: 'p-5' }]);
  expect((await preview('张伟', all)).errors).toMatchObject([{ detail: expect.stringContaining('几位“张伟”') }]);
  expect((await preview('张伟 13900000009', all)).errors).toMatchObject([{ detail: expect.stringContaining('几位') }]);
});

test('a number that is not the contact’s is told once, because it is not read', async () => {
  const row = (day: number) => `education,,2026-12-0${day},,09:00,09:00,张伟 13900000009,`;
  const text = [ROSTER_HEADER, row(1), row(2)].join('\n');
  const { warnings } = await filePreviewOf(Buffer.from(text), { contacts: { education: people }, days: [] });
  expect(warnings).toEqual([
    {
      sheet: '值班表',
      unitId: 'education',
      unit: '区教育局',
      detail: '张伟旁边的号码“13900000009”不是联系人中登记的，没有读入；通知仍发到登记的号码',
    },
  ]);
});
