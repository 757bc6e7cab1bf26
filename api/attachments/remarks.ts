/** Remarks to the sender of a file that was taken, in Chinese: what others will see or miss. */
import { type FileHandle, open } from 'node:fs/promises';
import ExifReader from 'exifreader';
import { TAKEN_KINDS } from './kinds.js';
import { signsIn } from './signs.js';

/** Cameras mostly write what they know at the beginning. */
const HEAD_BYTES = 1_048_576;
const PHOTOGRAPHS = ['image/jpeg', 'image/heic', 'image/heic-sequence', 'image/heif', 'image/heif-sequence'];

interface Stored {
  path: string;
  mediaType: string;
  givenName: string;
  /** The name that it is kept under. */
  name: string;
}

export async function remarksOn({ path, mediaType, givenName, name }: Stored): Promise<string[]> {
  const file = await open(path, 'r');
  try {
    const head = PHOTOGRAPHS.includes(mediaType) ? await bytesOf(file, HEAD_BYTES) : Buffer.alloc(0);
    const remarks = [
      renamed(givenName, name, mediaType),
      TAKEN_KINDS[mediaType]?.remark,
      ...(await completeness(mediaType, file, head)),
      ...(head.length > 0 ? photograph(await metadataIn(file, head)) : []),
    ];
    return remarks.filter((remark) => remark !== undefined);
  } finally {
    await file.close();
  }
}

const endingOf = (name: string): string => /\.([^.\\/]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';

function renamed(given: string, name: string, mediaType: string): string | undefined {
  const ending = endingOf(given);
  if (ending === '' || ending === endingOf(name)) return undefined;
  return `文件名以 .${ending} 结尾，内容是${TAKEN_KINDS[mediaType]?.what}，已按“${name}”保存。`;
}

const CUT_OFF = '这个文件好像没有传完整（缺少结尾），请打开看一看；不完整的，请重新上传。';

async function completeness(mediaType: string, file: FileHandle, head: Buffer): Promise<Array<string | undefined>> {
  if (mediaType === 'application/pdf') {
    const [end, lock] = await signsIn(file, ['%%EOF', '/Encrypt ']);
    return [
      end ? undefined : CUT_OFF,
      lock ? '这份 PDF 设有保护；打开时要输入密码的，请取消密码后重新上传。' : undefined,
    ];
  }
  if (mediaType === 'image/png') return (await signsIn(file, ['IEND']))[0] ? [] : [CUT_OFF];
  if (mediaType !== 'image/jpeg') return [];
  const scan = startOfScan(head);
  return scan === undefined || (await signsIn(file, ['\xff\xd9'], scan))[0] ? [] : [CUT_OFF];
}

/** A photograph holds a smaller one with an end of its own before the scan. `undefined`: not in these bytes. */
function startOfScan(head: Buffer): number | undefined {
  for (let at = 2; at + 4 <= head.length && head[at] === 0xff; at += 2 + head.readUInt16BE(at + 2))
    if (head[at + 1] === 0xda) return at;
  return undefined;
}

function photograph({ latitude, longitude, time }: Told): string[] {
  const place =
    latitude !== undefined && longitude !== undefined
      ? [
          `照片里带有拍摄地点（${degrees(latitude, '北纬', '南纬')}，${degrees(longitude, '东经', '西经')}），能打开附件的人都看得到；不便留下地点的，请在手机上去掉位置信息后重新上传。`,
        ]
      : [];
  const noTime = '照片里没有拍摄时间（微信转发的照片和截图常会丢失），请在说明中写明拍摄时间，或上传相机拍的原图。';
  return time ? place : [...place, noTime];
}

const degrees = (value: number, positive: string, negative: string): string =>
  `${value < 0 ? negative : positive}${Math.abs(value).toFixed(4)}°`;

interface Told {
  latitude?: number;
  longitude?: number;
  time?: boolean;
}

/** Some programs write it behind the picture, where the whole file has to be read for it. */
async function metadataIn(file: FileHandle, head: Buffer): Promise<Told> {
  const told = metadata(head);
  const { size } = await file.stat();
  return told.time || size <= head.length ? told : metadata(await bytesOf(file, size));
}

function metadata(head: Buffer): Told {
  try {
    const { exif, gps } = ExifReader.load(head, { expanded: true });
    const time = exif?.DateTimeOriginal ?? exif?.DateTimeDigitized ?? exif?.DateTime;
    const { Latitude: latitude, Longitude: longitude } = gps ?? {};
    const isPlace = Number.isFinite(latitude) && Number.isFinite(longitude) && (latitude !== 0 || longitude !== 0);
    return {
      ...(isPlace ? { latitude: latitude!, longitude: longitude! } : {}),
      time: /[1-9]/.test(String(time?.description ?? '')),
    };
  } catch {
    // Nothing is told, or nothing that can be read.
    return {};
  }
}

async function bytesOf(file: FileHandle, most: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
  return buffer.subarray(0, bytesRead);
}
