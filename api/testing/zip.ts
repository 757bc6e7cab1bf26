/** ZIP archives made by hand, as no writer of archives makes them. For tests alone. */
import { crc32 } from 'node:zlib';

export const u16 = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer);
export const u32 = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);

export interface ZipEntry {
  name: string;
  content: string | Buffer;
  /** Sizes follow the content, as in archives that are written in one pass. */
  streamed?: boolean;
}

/** In place of a size or a place that stands in 64 bits elsewhere. */
const ELSEWHERE = 0xffffffff;

/** An archive that compresses nothing. `is64`: in the form of large ones (ZIP64, APPNOTE 4.3.14 and 4.5.3). */
export function zip(entries: readonly ZipEntry[], is64 = false): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, streamed = false } of entries) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(content)];
    const flags = streamed ? 8 : 0;
    const sums = u32(crc32(bytes), bytes.length, bytes.length);
    const lengths = u16(path.length, 0);
    const local = [u32(0x04034b50), u16(20, flags, 0, 0, 0), streamed ? u32(0, 0, 0) : sums, lengths, path, bytes];
    const body = Buffer.concat(streamed ? [...local, u32(0x08074b50), sums] : local);
    const large = is64 ? [u16(1, 24), u32(bytes.length, 0, bytes.length, 0, offset, 0)] : [];
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(20, 20, flags, 0, 0, 0),
        is64 ? u32(crc32(bytes), ELSEWHERE, ELSEWHERE) : sums,
        u16(path.length, is64 ? 28 : 0, 0, 0, 0),
        u32(0, is64 ? ELSEWHERE : offset),
        path,
        ...large,
      ]),
    );
    bodies.push(body);
    offset += body.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...bodies, central, end(entries.length, central.length, offset, is64)]);
}

/** The end of the directory, with its form in 64 bits and where to find that before it. */
function end(count: number, size: number, offset: number, is64: boolean): Buffer {
  if (!is64) return Buffer.concat([u32(0x06054b50), u16(0, 0, count, count), u32(size, offset), u16(0)]);
  return Buffer.concat([
    u32(0x06064b50, 44, 0),
    u16(45, 45),
    u32(0, 0, count, 0, count, 0, size, 0, offset, 0),
    u32(0x07064b50, 0, offset + size, 0, 1),
    u32(0x06054b50),
    u16(0, 0, 0xffff, 0xffff),
    u32(ELSEWHERE, ELSEWHERE),
    u16(0),
  ]);
}
