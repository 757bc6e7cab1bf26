import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { heif, pdf } from '../testing/files.js';
import { fileNameOf } from './file-name.js';
import { remarksOn } from './remarks.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qingkong-remarks-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function remarks(bytes: Buffer, mediaType: string, givenName: string): Promise<string> {
  const file = path.join(folder, 'file');
  await writeFile(file, bytes);
  const found = await remarksOn({ path: file, mediaType, givenName, name: fileNameOf(givenName, mediaType) });
  return found.join('\n');
}

const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [0, 0, ...u16(value)];
const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;

/** A table of EXIF that lies at `at`: values longer than four bytes follow it. */
function table(
  at: number,
  fields: ReadonlyArray<[tag: number, type: number, count: number, value: number[]]>,
): number[] {
  let next = at + 2 + 12 * fields.length + 4;
  const after: number[] = [];
  const lines = fields.flatMap(([tag, type, count, value]) => {
    const isShort = value.length <= 4;
    const place = isShort ? [...value, 0, 0, 0, 0].slice(0, 4) : u32(next);
    if (!isShort) {
      after.push(...value);
      next += value.length;
    }
    return [...u16(tag), ...u16(type), ...u32(count), ...place];
  });
  return [...u16(fields.length), ...lines, ...u32(0), ...after];
}

const text = (value: string) => [...Buffer.from(`${value}\0`)];
const angle = (degrees: number, minutes: number) => [degrees, minutes, 0].flatMap((n) => [...u32(n), ...u32(1)]);
const GPS = [
  [1, ASCII, 2, text('N')],
  [2, RATIONAL, 3, angle(43, 30)],
  [3, ASCII, 2, text('E')],
  [4, RATIONAL, 3, angle(87, 15)],
] as Parameters<typeof table>[1];

/** A photograph whose camera wrote these. */
function photograph({ time, hasPlace }: { time?: string; hasPlace?: boolean }, isWhole = true): Buffer {
  const times: Parameters<typeof table>[1] = time ? [[0x9003, ASCII, 20, text(time)]] : [];
  const exif = table(100, times);
  const first = table(8, [
    [0x8769, LONG, 1, u32(100)],
    ...(hasPlace ? ([[0x8825, LONG, 1, u32(200)]] as Parameters<typeof table>[1]) : []),
  ]);
  const body = Buffer.alloc(400);
  body.set([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8]);
  body.set(first, 8);
  body.set(exif, 100);
  if (hasPlace) body.set(table(200, GPS), 200);
  const block = Buffer.concat([Buffer.from('Exif\0\0'), body]);
  const scan = Buffer.from('ffda000c03010002110311003f0055', 'hex');
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1, ...u16(block.length + 2)]),
    block,
    scan,
    Buffer.from(isWhole ? 'ffd9' : '', 'hex'),
  ]);
}
const TIME = '2026:01:10 14:00:00';

test('a photograph that tells its place says so, with the place', async () => {
  const said = await remarks(photograph({ time: TIME, hasPlace: true }), 'image/jpeg', '照片.jpg');
  expect(said).toContain('拍摄地点（北纬43.5000°，东经87.2500°）');
  expect(said).not.toContain('拍摄时间');
});

test('what is told behind the first MiB is read as well', async () => {
  const [start, rest] = [
    photograph({ time: TIME, hasPlace: true }).subarray(0, 2),
    photograph({ time: TIME, hasPlace: true }).subarray(2),
  ];
  const filler = Buffer.concat([Buffer.from([0xff, 0xe5, ...u16(65_535)]), Buffer.alloc(65_533)]);
  const large = Buffer.concat([start, ...Array.from({ length: 20 }, () => filler), rest]);
  expect(await remarks(large, 'image/jpeg', '照片.jpg')).toMatch(/^照片里带有拍摄地点（北纬43.5000°/);
});

test('a photograph without a time is remarked; one with time and no place is not', async () => {
  expect(await remarks(photograph({}), 'image/jpeg', '照片.jpg')).toMatch(/^照片里没有拍摄时间/);
  expect(await remarks(photograph({ time: TIME }), 'image/jpeg', '照片.jpg')).toBe('');
});

test('a photograph that was cut off is remarked', async () => {
  expect(await remarks(photograph({ time: TIME }, false), 'image/jpeg', '照片.jpg')).toContain('没有传完整');
});

test.each([
  ['HEIC', heif('heic'), 'image/heic', '照片.heic', '旧版 Windows 打不开'],
  ['AVIF', heif('avif'), 'image/avif', '照片.avif', '旧版 Windows'],
  ['TIFF', Buffer.from('II*\0'), 'image/tiff', '扫描.tif', '另存为 PDF'],
  ['a misnamed file', heif('heic'), 'image/heic', '照片.jpg', '以 .jpg 结尾，内容是HEIC 照片，已按“照片.heic”保存'],
  ['a PDF that was cut off', Buffer.from('%PDF-1.7\n1 0 obj'), 'application/pdf', 'a.pdf', '没有传完整'],
  ['a protected PDF', pdf('trailer<</Encrypt 5 0 R>>'), 'application/pdf', 'a.pdf', '设有保护'],
])('%s', async (_what, bytes, mediaType, name, expected) => {
  expect(await remarks(bytes, mediaType, name)).toContain(expected);
});

test('an ordinary PDF needs no remark, also when its end lies across two blocks', async () => {
  expect(await remarks(pdf(), 'application/pdf', 'a.PDF')).toBe('');
  const long = Buffer.from(`%PDF-1.7${'\n'.repeat(65_536 - 8 - 2)}%%EOF\n`);
  expect(await remarks(long, 'application/pdf', 'a.pdf')).toBe('');
});
