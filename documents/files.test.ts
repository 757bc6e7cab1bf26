import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { docxOf, fontsOf } from './docx.js';
import type { Paper, PaperTable } from './paper.js';
import { momentCell, xlsxOfSpreadsheet } from './workbook.js';

const paper: Paper = {
  title: '关于启动重污染天气橙色预警的通知',
  isDrill: true,
  date: '2026-01-12',
  head: { issuer: '水磨沟区生态环境保护委员会办公室', number: '水环委办〔2026〕1号' },
  addressee: '各责任单位：',
  blocks: [
    { kind: 'heading', level: 1, text: '一、预警级别' },
    { kind: 'paragraph', text: '橙色<预警>&\u0001完' },
    {
      kind: 'chart',
      caption: '办理情况',
      categories: ['甲街道', '乙街道'],
      series: [{ name: '按时', colour: '2E7D32', values: [3, 0] }],
    },
    { kind: 'table', caption: '表', columns: [{ head: '单位', share: 1 }], rows: [['甲街道'], ['乙街道\n二行']] },
  ],
  signature: { by: '区环委办', date: '2026年1月12日' },
};

const workbook = {
  date: '2026-01-12',
  sheets: [
    {
      name: '台账',
      columns: [
        { head: '文字', width: 20 },
        { head: '时间', width: 20 },
      ],
      rows: [
        ['=1+1', momentCell('2026-01-12T02:00:00Z')],
        ['\u0002<&', { day: '2026-01-12' }],
        [undefined, 3],
      ],
    },
  ],
} as const;

/** Archives have the time to two seconds. */
const longerThanATick = () => pause(2_100);

test.each([
  ['DOCX', () => docxOf(paper)],
  ['XLSX', () => xlsxOfSpreadsheet(workbook)],
])('the same %s is the same bytes, whenever it is made', async (_, make) => {
  const first = await make();
  await longerThanATick();
  expect((await make()).equals(first)).toBe(true);
});

test('a drill says so on each page, and what XML cannot hold is replaced', async () => {
  const parts = unzipSync(await docxOf(paper));
  const texts = Object.entries(parts).flatMap(([name, bytes]) =>
    name.endsWith('.xml') ? [[name, strFromU8(bytes)] as const] : [],
  );
  const headers = texts.filter(([name]) => name.startsWith('word/header'));
  expect(headers).toHaveLength(2);
  for (const [, text] of headers) expect(text).toMatch(/【演练】.*string="演练"/s);
  expect(strFromU8(parts['word/document.xml']!)).toContain('橙色&lt;预警&gt;&amp;\ufffd完');
});

test('a long title is broken where its words allow it, the signature keeps a line of the text, tables begin a page', async () => {
  const title = '【演练】关于水磨沟区重污染天气应急响应情况的报告';
  const blocks = [
    { kind: 'paragraph' as const, text: '第一段。' },
    { kind: 'paragraph' as const, text: '末段。' },
  ];
  const annexes = ['附表1', '附表2'].map((caption) => ({ ...paper.blocks[3]!, caption }) as PaperTable);
  const parts = unzipSync(await docxOf({ ...paper, title, blocks, annexes }));
  const paragraphs = strFromU8(parts['word/document.xml']!).split('</w:p>');
  const having = (text: string) => paragraphs.find((one) => one.includes(`${text}<`))!;
  expect(having('重污染天气应急响应情况的报告')).toMatch(/关于水磨沟区<.*<w:br\/>/);
  expect(['第一段。', '末段。', '附表1', '附表2'].map((text) => having(text).includes('<w:keepNext/>'))).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(['附表1', '附表2'].map((text) => having(text).includes('<w:pageBreakBefore/>'))).toEqual([true, false]);
});

test('of what the edition says of its papers a file takes the fonts, and the standard’s where it names none', () => {
  expect(fontsOf({ bodyFont: 'FangSong', titleFont: '华文中宋', by: 'office', why: '本机字体' })).toEqual({
    bodyFont: 'FangSong',
    titleFont: '华文中宋',
    headingFont: '黑体',
    subheadingFont: '楷体_GB2312',
    pageNumberFont: '宋体',
  });
});

test('what a person wrote is a text, a moment shows the clock of Beijing, and columns have filters', async () => {
  const parts = unzipSync(await xlsxOfSpreadsheet(workbook));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
  expect(sheet).not.toContain('<f>');
  expect(sheet).toContain('<autoFilter ref="A1:B4"/>');
  expect(strFromU8(parts['xl/sharedStrings.xml']!)).toContain('=1+1');
  // 10:00 in Beijing: 46034 days and ten hours since 1899-12-30.
  expect(Number(/<c r="B2"[^>]*><v>([\d.]+)/.exec(sheet)![1])).toBeCloseTo(46_034 + 10 / 24, 6);
});

test('the bars of a chart begin at nought, however alike their numbers are', async () => {
  const chart = strFromU8(unzipSync(await docxOf(paper))['word/charts/chart1.xml']!);
  expect(chart).toMatch(/<c:valAx>.*?<c:scaling>.*?<c:min val="0"\/>/);
});

test('on paper a sheet is as wide as a page, and each page has the heads', async () => {
  const parts = unzipSync(await xlsxOfSpreadsheet(workbook));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
  // In the order of ECMA-376 §18.3.1.99, without which Excel mends the file and says so.
  const elements = [...sheet.matchAll(/<(sheetPr|sheetData|autoFilter|pageMargins|pageSetup)\b[^>]*>/g)];
  expect(elements.map(([, name]) => name)).toEqual(['sheetPr', 'sheetData', 'autoFilter', 'pageMargins', 'pageSetup']);
  expect(sheet).toContain('<pageSetUpPr fitToPage="1"/>');
  const setup = elements.at(-1)![0];
  for (const one of ['paperSize="9"', 'orientation="landscape"', 'fitToWidth="1"', 'fitToHeight="0"'])
    expect(setup).toContain(one);
  const heads = [
    ...strFromU8(parts['xl/workbook.xml']!).matchAll(/"_xlnm.Print_Titles" localSheetId="(\d+)">'([^']+)'!\$1:\$1</g),
  ];
  expect(heads.map(([, index, name]) => [Number(index), name])).toEqual(
    workbook.sheets.map(({ name }, index) => [index, name]),
  );
});

test('a text wider than its column is wrapped, but for what only machines read', async () => {
  const text = '停止土石方作业、建筑拆除和渣土运输';
  const columns = [
    { head: '窄', width: 20 },
    { head: '宽', width: 40 },
    { head: '原文', width: 20, isRaw: true as const },
  ];
  const parts = unzipSync(
    await xlsxOfSpreadsheet({ date: '2026-01-12', sheets: [{ name: '台账', columns, rows: [[text, text, text]] }] }),
  );
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
  const styles = [
    ...strFromU8(parts['xl/styles.xml']!)
      .split('<cellXfs')[1]!
      .matchAll(/<xf .*?(?:\/>|<\/xf>)/gs),
  ].map(([one]) => one);
  const styleOf = (cell: string) => styles[Number(new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(sheet)![1])]!;
  expect(['A2', 'B2', 'C2'].map((cell) => styleOf(cell).includes('wrapText="1"'))).toEqual([true, false, false]);
  expect(sheet).toMatch(/<row r="2"[^>]* ht="32"/);
});

test('what was named by chance keeps one name in all parts, and no two have the same', async () => {
  const parts = unzipSync(await docxOf(paper));
  const relations = Object.entries(parts).filter(([name]) => name.endsWith('.rels'));
  for (const [, bytes] of relations) {
    const ids = [...strFromU8(bytes).matchAll(/ Id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
  const chart = / Id="([^"]+)"[^>]*Target="charts\/chart1.xml"/.exec(
    strFromU8(parts['word/_rels/document.xml.rels']!),
  )![1];
  expect(strFromU8(parts['word/document.xml']!)).toContain(`r:id="${chart}"`);
});

test('a cell that is too long ends with a whole character', async () => {
  const sheet = { name: '台账', columns: [{ head: '文字', width: 20 }], rows: [[`${'a'.repeat(32_766)}𠮷林路`]] };
  const parts = unzipSync(await xlsxOfSpreadsheet({ ...workbook, sheets: [sheet] }));
  const texts = Object.values(parts).map((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  expect(texts.find((text) => text.includes('aaa'))).toMatch(/a{32766}</);
});
