/** The directory of an old Office file (MS-CFB), found without its chains of sectors. */
import type { FileHandle } from 'node:fs/promises';

/** A directory entry (2.6.1): 128 bytes, in sectors that begin at multiples of it. */
const ENTRY_BYTES = 128;
const ENTRIES_AT_ONCE = 512;
const LONGEST_NAME = 64;
const LENGTH_AT = 64;
const KIND_AT = 66;
const FIRST_SECTOR_AT = 116;
/** Storage, stream, root. */
const KINDS = [1, 2, 5];

/** Which of `names` the directory has, in the file's order, each with the number of its first sector. */
export async function namesInCfb(file: FileHandle, names: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const block = Buffer.alloc(ENTRY_BYTES * ENTRIES_AT_ONCE);
  for (let position = 0; ; position += block.length) {
    const { bytesRead } = await file.read(block, 0, block.length, position);
    for (let at = 0; at + ENTRY_BYTES <= bytesRead; at += ENTRY_BYTES) {
      const entry = block.subarray(at, at + ENTRY_BYTES);
      const name = nameOf(entry);
      if (names.includes(name) && !found.has(name)) found.set(name, entry.readUInt32LE(FIRST_SECTOR_AT));
    }
    if (bytesRead < block.length) return found;
  }
}

/** The name of a directory entry; empty for other bytes. Its length counts bytes, and the zero at the end. */
function nameOf(entry: Buffer): string {
  const length = entry.readUInt16LE(LENGTH_AT);
  const isEntry = KINDS.includes(entry[KIND_AT] ?? 0) && length > 2 && length <= LONGEST_NAME;
  return isEntry ? entry.toString('utf16le', 0, length - 2) : '';
}

const SECTOR_SHIFT_AT = 30;

/** The first bytes of a stream. Sectors are counted from the end of the header, which takes one. */
export async function sectorOf(file: FileHandle, head: Buffer, sector: number): Promise<Buffer> {
  const size = head.length > SECTOR_SHIFT_AT && head.readUInt16LE(SECTOR_SHIFT_AT) === 12 ? 4096 : 512;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, (sector + 1) * size);
  return buffer.subarray(0, bytesRead);
}
