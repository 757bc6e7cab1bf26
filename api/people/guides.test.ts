import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { openArchive } from '../../lib/zip.js';
import { guidesOf } from './guides.js';
import { KINDS, SHEETS, type Sheet } from './sheets.js';
import { xlsxOf } from './xlsx.js';

const titles = (kind: Sheet['kind']) => Object.values(SHEETS[kind].columns);
const people: Sheet = { kind: 'contacts', rows: [titles('contacts'), ['education', '区教育局', '联络员', '王伟']] };
const duty: Sheet = { kind: 'roster', rows: [titles('roster')] };

test.each(KINDS)('each column of %s says what it takes, as briefly as a spreadsheet shows', (kind) => {
  const sheets = [people, duty];
  const guides = guidesOf(sheets.find((sheet) => sheet.kind === kind)!, sheets);
  expect(guides.map(({ title }) => title)).toEqual(titles(kind));
  for (const { title, text } of guides) {
    expect(title.length).toBeLessThanOrEqual(32);
    expect(text.length).toBeLessThanOrEqual(255);
    expect(text).toMatch(/。$/);
  }
});

const sheetIn = async (workbook: Buffer, place: number): Promise<string> =>
  text((await openArchive(workbook)).open(`xl/worksheets/sheet${place}.xml`));

test('a role is chosen from its three words, the one on duty from the contacts of the same file', async () => {
  const both = await xlsxOf([people, duty]);
  expect(await sheetIn(both, 1)).toContain('<formula1>"联络员,负责人,副职"</formula1>');
  expect(await sheetIn(both, 2)).toContain("<formula1>'联系人'!$D$2:$D$2</formula1>");
  expect(await sheetIn(await xlsxOf([duty]), 1)).not.toContain('<formula1>');
});
