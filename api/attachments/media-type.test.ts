import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { contents, heif, pdf, REFUSED, TAKEN } from '../testing/files.js';
import { zip } from '../testing/zip.js';
import { fileNameOf } from './file-name.js';
import { refusedKind, TAKEN_KINDS } from './kinds.js';
import { fileKindOf } from './media-type.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qingkong-types-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function typeOf(bytes: Buffer): Promise<string> {
  const file = path.join(folder, 'file');
  await writeFile(file, bytes);
  return fileKindOf(file);
}

describe('the type is told from the content', () => {
  test.each(TAKEN)('%s', async (_ending, mediaType, bytes) => {
    expect(await typeOf(bytes)).toBe(mediaType);
  });

  test.each(REFUSED)('%s is refused as %s', async (_what, word, bytes) => {
    const kind = await typeOf(bytes);
    expect(TAKEN_KINDS).not.toHaveProperty([kind]);
    expect(refusedKind(kind).what).toContain(word);
  });

  test.each([
    ['image/heic', 'heic', ['mif1', 'MiHB', 'MiHE', 'MiPr', 'miaf', 'heic', 'tmap']],
    ['image/heic', 'mif1', ['mif1', 'heic']],
    ['image/heic', 'heix', ['mif1', 'heix']],
    ['image/heic-sequence', 'msf1', ['msf1', 'hevc']],
    ['image/heif-sequence', 'msf1', ['msf1']],
    ['image/avif', 'mif1', ['mif1', 'avif', 'miaf']],
    ['image/avif', 'avis', ['msf1', 'avis', 'miaf']],
    ['image/heif', 'mif1', ['mif1', 'miaf']],
    ['video/mp4', 'mp42', ['isom', 'mp42']],
  ])('%s by the brands %s, %j', async (type, major, compatible) => {
    expect(await typeOf(heif(major, ...compatible))).toBe(type);
  });

  test.each([
    ['a line end', '\r\n'],
    ['headers', 'Content-type: application/pdf\r\nContent-length: 80\r\n\r\n'],
    ['a mark of an encoding', '\ufeff'],
    ['the lines of a printer', '\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n'],
    ['1,024 bytes', `${' '.repeat(1023)}\n`],
  ])('a PDF after %s', async (_what, before) => {
    expect(await typeOf(Buffer.concat([Buffer.from(before), pdf()]))).toBe('application/pdf');
  });

  test('a page or a long text that speaks of PDF is none', async () => {
    expect(await typeOf(Buffer.from('<html><p>%PDF-1.4</p>'))).toBe('web-page');
    expect(await typeOf(Buffer.from(`${'x'.repeat(1025)}%PDF-1.4`))).toBe('text');
  });

  test('a workbook as a spreadsheet program’s library writes it', async () => {
    const file = path.join(folder, 'real.xlsx');
    await writeXlsxFile([[{ value: '工地' }, { value: 12 }]]).toFile(file);
    expect(await fileKindOf(file)).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  });

  test('a document whose list of contents comes after large pictures', async () => {
    const pictures = [1, 2, 3].map((i) => ({
      name: `word/media/image${i}.jpeg`,
      content: Buffer.alloc(1_500_000, 'x'),
      streamed: true,
    }));
    const late = zip([...pictures, contents('openxmlformats-officedocument.wordprocessingml.document')]);
    expect(await typeOf(late)).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
  });

  test('a document in the form of large archives', async () => {
    const type = 'openxmlformats-officedocument.wordprocessingml.document';
    const large = zip([contents(type), { name: 'word/document.xml', content: '<x/>' }], true);
    expect(await typeOf(large)).toBe(`application/vnd.${type}`);
  });

  test('an old document far from the beginning of whose file the directory lies', async () => {
    const [, , workbook] = TAKEN.find(([ending]) => ending === 'xls')!;
    const far = Buffer.concat([workbook.subarray(0, 512), Buffer.alloc(300_032), workbook.subarray(512)]);
    expect(await typeOf(far)).toBe('application/vnd.ms-excel');
  });
});

describe('the name to save under', () => {
  test.each([
    ['停工照片.JPG', 'image/jpeg', '停工照片.JPG'],
    ['停工照片.jpeg', 'image/jpeg', '停工照片.jpeg'],
    ['报告.wps', 'application/msword', '报告.wps'],
    ['停工照片', 'image/jpeg', '停工照片.jpg'],
    ['page.html', 'application/pdf', 'page.html.pdf'],
    ['setup.pdf.exe', 'application/pdf', 'setup.pdf.exe.pdf'],
    ['../../etc/passwd', 'image/png', 'passwd.png'],
    ['C:\\fakepath\\照片.jpg', 'image/jpeg', '照片.jpg'],
    ['/storage/emulated/0/DCIM/照片.jpg', 'image/jpeg', '照片.jpg'],
    ['停工照片.jfif', 'image/jpeg', '停工照片.jpg'],
    ['停工照片.jfif.jpg', 'image/jpeg', '停工照片.jpg'],
    ['停工照片.jpg.JPG', 'image/jpeg', '停工照片.JPG'],
    ['停工照片.heic', 'image/jpeg', '停工照片.jpg'],
    ['停工照片.jpg', 'image/heic', '停工照片.heic'],
    ['情况.doc', 'application/rtf', '情况.rtf'],
    ['第1.2节', 'application/pdf', '第1.2节.pdf'],
    ['CON.jpg', 'image/jpeg', '附件CON.jpg'],
    ['nul', 'application/pdf', '附件nul.pdf'],
    ['照片.jpg. .', 'image/jpeg', '照片.jpg'],
    ['\u200b\u200d.jpg', 'image/jpeg', '附件.jpg'],
    ['家👨\u200d👩\u200d👧.jpg', 'image/jpeg', '家👨\u200d👩\u200d👧.jpg'],
    [`${'一'.repeat(78)}👨\u200d👩\u200d👧.jpg`, 'image/jpeg', `${'一'.repeat(78)}.jpg`],
    ['a\r\nSet-Cookie: x.png', 'image/png', 'a Set-Cookie x.png'],
    ['照片\u202egpj.exe', 'image/jpeg', '照片 gpj.exe.jpg'],
    ['.png', 'image/png', '附件.png'],
    ['', 'application/pdf', '附件.pdf'],
    [`${'长'.repeat(300)}.pdf`, 'application/pdf', `${'长'.repeat(80)}.pdf`],
    [`${'长'.repeat(79)}𠮷.pdf`, 'application/pdf', `${'长'.repeat(79)}.pdf`],
    [`${'长'.repeat(78)}1️⃣.pdf`, 'application/pdf', `${'长'.repeat(78)}.pdf`],
  ])('%j of type %s', (given, mediaType, expected) => {
    expect(fileNameOf(given, mediaType)).toBe(expected);
  });
});
