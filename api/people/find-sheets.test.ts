import { describe, expect, test } from '@jest/globals';
import writeXlsx from 'write-excel-file/node';
import { stored, textRows, workbook } from '../testing/workbook.js';
import { sheetsIn } from './find-sheets.js';

const HEADER = '单位编号,单位,日期,班次,开始,结束,姓名,人员编号';

describe('a file that cannot be read', () => {
  const unreadable = { type: 'file-unreadable', status: 400 };

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['something else', Buffer.from('{"a": 1}')],
    ['no workbook', Buffer.from('PK\x03\x04 broken')],
    ['a quote that is not closed', Buffer.from(`${HEADER}\n"education,,`)],
  ])('%s', async (_name, bytes) => {
    await expect(sheetsIn(bytes)).rejects.toMatchObject(unreadable);
  });

  test('a workbook without these sheets', async () => {
    const bytes = await writeXlsx([{ sheet: '别的', data: [['a']] }]).toBuffer();
    await expect(sheetsIn(bytes)).rejects.toMatchObject(unreadable);
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

  const MIB = 1_048_576;
  const rosterOf = (text: string) => Buffer.from(`${HEADER}\n${text}`);
  const padded = (size: number) => workbook(textRows([HEADER.split(',')]), { after: `<!--${'x'.repeat(size)}-->` });

  test('a text of 5 MiB is read, a longer one is too large', async () => {
    const line = `${'x'.repeat(1_023)}\n`;
    const whole = rosterOf(line.repeat(5_120)).subarray(0, 5 * MIB);
    expect(await sheetsIn(whole)).toHaveLength(1);
    await expect(sheetsIn(Buffer.concat([whole, Buffer.from('x')]))).rejects.toMatchObject({
      type: 'body-too-large',
      detail: expect.stringContaining('5 MiB'),
    });
  });

  test('a workbook of less than 5 MiB is read, one of more is too large', async () => {
    expect(await sheetsIn(padded(5 * MIB - 2_048))).toHaveLength(1);
    await expect(sheetsIn(padded(5 * MIB))).rejects.toMatchObject({ detail: expect.stringContaining('5 MiB') });
  });

  test('a header in the tenth row is found, in the eleventh not', async () => {
    const below = (lines: number) => Buffer.from(`${'值班表,a\n'.repeat(lines)}${HEADER}\n`);
    expect(await sheetsIn(below(9))).toMatchObject([{ kind: 'roster', header: { number: 10 } }]);
    await expect(sheetsIn(below(10))).rejects.toMatchObject({ detail: expect.stringContaining('前 10 行') });
  });

  test('of sixteen workbooks at once, ten are read and six are too many', async () => {
    const bytes = workbook(textRows([HEADER.split(',')]));
    const read = await Promise.allSettled(Array.from({ length: 16 }, () => sheetsIn(bytes)));
    const refused = read.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(6);
    for (const problem of refused)
      expect(problem).toMatchObject({ type: 'not-ready', extras: { headers: { 'Retry-After': expect.any(String) } } });
  });

  const compound = (stream: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(stream, 'utf16le')]);

  test.each([
    ['nothing', Buffer.alloc(0), /空的/],
    [
      'a web page called xls, in GBK',
      Buffer.from('3c68746d6c3e3c7461626c653e3c74723e3c74643eb5a5cebb3c2f74643e3c2f74723e3c2f7461626c653e', 'hex'),
      /网页格式.*另存为/,
    ],
    [
      'XML of Excel 2003',
      Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
      /XML 表格 2003.*另存为/,
    ],
    ['an old workbook', compound('Workbook'), /旧版表格.*另存为/],
    ['an encrypted workbook', compound('EncryptedPackage'), /打开密码.*取消密码/],
    ['an old document', compound('WordDocument'), /Word.*复制到/],
    ['a document', stored({ 'word/document.xml': '' }), /Word 文档.*复制到/],
    ['an OpenDocument file', stored({ mimetype: 'x', 'content.xml': '' }), /OpenDocument.*另存为/],
    ['an archive with a workbook', stored({ 'list.xlsx': '' }), /压缩包.*解压/],
    ['a PDF', Buffer.from('%PDF-1.7'), /PDF.*复制到/],
    ['a photograph', Buffer.from('ffd8ffe0', 'hex'), /图片/],
    ['a telephone’s contacts', Buffer.from('BEGIN:VCARD'), /通讯录/],
    ['JSON', Buffer.from('{"a": 1}'), /JSON/],
    ['bytes', Buffer.from('00010203ff', 'hex'), /看不出/],
    ['half of a workbook', workbook(textRows([HEADER.split(',')])).subarray(0, 300), /不完整/],
    ['a quote that is not closed', Buffer.from(`${HEADER}\n"education,,`), /第 2 行 “"education,,” .*引号/],
    ['a list of something else', Buffer.from('a,b,c\n1,2,3'), /表头.*单位编号、单位、日期/],
    ['a cell of a million brackets', Buffer.from('('.repeat(1_000_000)), /表头/],
    ['a line of a million cells', Buffer.from('*:,'.repeat(1_000_000)), /表头/],
    [
      'a workbook with very many merged areas',
      workbook(textRows([HEADER.split(',')]), {
        after: `<mergeCells>${'<mergeCell ref="A1:H1"/>'.repeat(10_001)}</mergeCells>`,
      }),
      /合并的格超过 10000 处/,
    ],
  ])('%s is told for what it is', async (_what, bytes, detail) => {
    await expect(sheetsIn(bytes)).rejects.toMatchObject({ ...unreadable, detail: expect.stringMatching(detail) });
  });
});
