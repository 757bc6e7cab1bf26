import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import writeXlsxFile from 'write-excel-file/node';
import { contents, REFUSED, TAKEN, zip } from '../testing/files.js';
import { fileNameOf } from './file-name.js';
import { mediaTypeOf } from './media-type.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qingkong-types-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function typeOf(bytes: Buffer): Promise<string | undefined> {
  const file = path.join(folder, 'file');
  await writeFile(file, bytes);
  return mediaTypeOf(file);
}

describe('the type is told from the content', () => {
  test.each(TAKEN)('%s', async (_ending, mediaType, bytes) => {
    expect(await typeOf(bytes)).toBe(mediaType);
  });

  test.each(REFUSED)('%s is refused', async (_what, bytes) => {
    expect(await typeOf(bytes)).toBeUndefined();
  });

  test('a workbook as a spreadsheet program’s library writes it', async () => {
    const file = path.join(folder, 'real.xlsx');
    await writeXlsxFile([[{ value: '工地' }, { value: 12 }]]).toFile(file);
    expect(await mediaTypeOf(file)).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
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
    ['../../etc/passwd', 'image/png', 'etc passwd.png'],
    ['a\r\nSet-Cookie: x.png', 'image/png', 'a Set-Cookie x.png'],
    ['照片\u202egpj.exe', 'image/jpeg', '照片 gpj.exe.jpg'],
    ['.png', 'image/png', '附件.png'],
    ['', 'application/pdf', '附件.pdf'],
    [`${'长'.repeat(300)}.pdf`, 'application/pdf', `${'长'.repeat(100)}.pdf`],
    [`${'长'.repeat(99)}𠮷.pdf`, 'application/pdf', `${'长'.repeat(99)}.pdf`],
    [`${'长'.repeat(98)}1️⃣.pdf`, 'application/pdf', `${'长'.repeat(98)}.pdf`],
  ])('%j of type %s', (given, mediaType, expected) => {
    expect(fileNameOf(given, mediaType)).toBe(expected);
  });
});
