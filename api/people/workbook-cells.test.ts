import { describe, expect, test } from '@jest/globals';
import {
  CONTACT_ROWS as base,
  CONTACTS_HEADER as CONTACTS,
  THREE_PEOPLE as people,
  ALL_PRESENT as present,
  ROSTER_HEADER as ROSTER,
} from '../testing/people.js';
import { filePreviewOf } from '../testing/preview.js';
import { textRows, workbook } from '../testing/workbook.js';
import { type ZipEntry, zip } from '../testing/zip.js';
import { sheetsIn } from './find-sheets.js';

const cellsOf = (text: string) => text.split(',');

describe('a workbook’s cells say what they are', () => {
  const rows = (...more: string[][]) => textRows([cellsOf(CONTACTS), ...more]);
  const wang = (...cells: string[]) => ['education', '', '联络员', '王伟', ...cells];

  test('an error deletes nothing: it is named', async () => {
    const bytes = workbook(rows(wang('<c r="@" t="e"><f>VLOOKUP(D2,A:B,2,0)</f><v>#N/A</v></c>', '', '13900000001')));
    const { errors, changes } = await filePreviewOf(bytes, present);
    expect(errors).toMatchObject([{ row: 2, column: '电子邮箱', detail: expect.stringContaining('“#N/A”') }]);
    expect(changes).toEqual([]);
  });

  test('a formula without its result is named', async () => {
    const bytes = workbook(rows(wang('<c r="@"><f>A1</f><v></v></c>', '', '13900000001')));
    expect((await filePreviewOf(bytes, present)).errors).toMatchObject([
      { column: '电子邮箱', detail: expect.stringContaining('公式') },
    ]);
  });

  test('a link has the address where the text is a name', async () => {
    const bytes = workbook(rows(wang('点此发邮件', '', '13900000001')), {
      after: '<hyperlinks><hyperlink ref="E2" r:id="r9"/></hyperlinks>',
      parts: {
        'xl/worksheets/_rels/sheet1.xml.rels':
          '<Relationships><Relationship Id="r9" Type="hyperlink" Target="mailto:new@education.example.cn?subject=x" TargetMode="External"/></Relationships>',
      },
    });
    const { changes } = await filePreviewOf(bytes, { contacts: { education: people.slice(0, 1) }, days: [] });
    expect(changes).toMatchObject([{ fields: [{ column: '电子邮箱', to: 'new@education.example.cn' }] }]);
  });

  test('rich text is one text, without how it is pronounced; a number has all its digits', async () => {
    const name =
      '<c r="@" t="inlineStr"><is><r><t>王</t></r><r><t>伟</t></r><rPh sb="0" eb="1"><t>wang</t></rPh></is></c>';
    const bytes = workbook(
      rows(['education', '', '联络员', name, 'ww@education.example.cn', '', '<c r="@"><v>1.3900000001E10</v></c>']),
    );
    expect(await filePreviewOf(bytes, { contacts: { education: people.slice(0, 1) }, days: [] })).toMatchObject({
      changes: [],
      errors: [],
    });
  });

  test('an area merged downwards says the same in each row, one across is not guessed', async () => {
    const roster = [
      cellsOf(ROSTER),
      cellsOf('education,,2026-12-01,,08:00,20:00,王伟,'),
      cellsOf(',,,,20:00,08:00,李芳,'),
    ];
    const merged = (ref: string) => `<mergeCells><mergeCell ref="${ref}"/></mergeCells>`;
    const down = workbook(textRows(roster), {
      after: `<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="C2:C3"/></mergeCells>`,
    });
    expect((await filePreviewOf(down, present)).content?.changes.days).toMatchObject([
      { holder: 'education', date: '2026-12-01', rows: [{ contactId: 'liaison:1' }, { contactId: 'lead:1' }] },
    ]);
    const across = workbook(textRows([roster[0]!, cellsOf('education,,2026-12-01,,08:00,,王伟,')]), {
      after: merged('E2:F2'),
    });
    expect((await filePreviewOf(across, present)).errors).toMatchObject([
      { column: '结束', detail: expect.stringContaining('合并') },
    ]);
  });

  test('days and times by their format, also those of old Macs', async () => {
    const row = [
      'education',
      '',
      '<c r="@" s="1"><v>44895</v></c>',
      '',
      '<c r="@" s="2"><v>0.375</v></c>',
      '<c r="@" s="3"><v>1</v></c>',
      '王伟',
      '',
    ];
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="177" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="20"/><xf numFmtId="177"/></cellXfs></styleSheet>';
    const names = '<sheets><sheet name="值班表" sheetId="1" r:id="r1"/></sheets>';
    const book = `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/>${names}</workbook>`;
    const bytes = workbook(textRows([cellsOf(ROSTER), row]), {
      parts: { 'xl/styles.xml': styles, 'xl/workbook.xml': book },
    });
    const { content, errors } = await filePreviewOf(bytes, present);
    expect(errors).toEqual([]);
    expect(content?.changes.days).toMatchObject([{ date: '2026-12-01', rows: [{ from: '09:00', until: '00:00' }] }]);
  });

  test('hidden rows are read and said; columns of its own are named once', async () => {
    const header = [...cellsOf(ROSTER), '备注'];
    const hidden = textRows([cellsOf('education,,2026-12-01,,08:00,20:00,王伟,')], 2).replace(
      '<row ',
      '<row hidden="1" ',
    );
    const { warnings, changes } = await filePreviewOf(workbook(textRows([header]) + hidden), present);
    expect(changes).toHaveLength(1);
    expect(warnings.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('“备注”'),
      expect.stringContaining('第 2 行'),
    ]);
  });

  test.each<[string, (files: readonly ZipEntry[]) => Buffer]>([
    ['whose sizes follow its parts', (files) => zip(files.map((file) => ({ ...file, streamed: true })))],
    ['in the form of large archives', (files) => zip(files, true)],
  ])('a workbook %s is read', async (_how, pack) => {
    const bytes = workbook(rows(...base.map(cellsOf)), { pack });
    expect(await filePreviewOf(bytes, present)).toMatchObject({ changes: [], errors: [] });
  });

  test('a picture of megabytes is no matter', async () => {
    const picture = Array.from({ length: 200_000 }, (_, i) => i.toString(36))
      .join('')
      .repeat(3);
    const bytes = workbook(rows(...base.map(cellsOf)), { sheet: 'Sheet1', parts: { 'xl/media/image1.png': picture } });
    expect(bytes.length).toBeGreaterThan(2_000_000);
    expect(await filePreviewOf(bytes, present)).toMatchObject({ changes: [], errors: [] });
  });

  test('another table below is not mixed in', async () => {
    const below = textRows([cellsOf(CONTACTS), ...base.map(cellsOf), cellsOf(ROSTER)]);
    expect((await filePreviewOf(workbook(below), present)).errors).toMatchObject([
      { row: 5, detail: expect.stringContaining('另一张表') },
    ]);
  });

  test('of two sheets with our header neither is guessed; a hidden one does not count', async () => {
    const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const two = (state: string) =>
      workbook(rows(...base.map(cellsOf)), {
        parts: {
          'xl/workbook.xml': `<workbook xmlns:r="${REL}"><sheets><sheet name="新" sheetId="1" r:id="r1"/><sheet name="旧" sheetId="2" r:id="r2"${state}/></sheets></workbook>`,
          'xl/_rels/workbook.xml.rels': `<Relationships>${[1, 2].map((n) => `<Relationship Id="r${n}" Type="${REL}/worksheet" Target="/xl/worksheets/sheet${n}.xml"/>`).join('')}</Relationships>`,
          'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${rows(base.map(cellsOf)[0]!)}</sheetData></worksheet>`,
        },
      });
    await expect(sheetsIn(two(''))).rejects.toMatchObject({ detail: expect.stringMatching(/“新”、“旧”都是“联系人”/) });
    expect(await filePreviewOf(two(' state="hidden"'), present)).toMatchObject({ changes: [], errors: [] });
  });
});
