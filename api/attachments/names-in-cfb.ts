import type { FileHandle } from 'node:fs/promises';

/** A directory entry of a compound file (MS-CFB 2.6.1): 128 bytes, in sectors that begin at multiples of it. */
const ENTRY_BYTES = 128;
const ENTRIES_AT_ONCE = 512;
const LONGEST_NAME = 64;
const LENGTH_AT = 64;
const KIND_AT = 66;
/** Storage, stream, root. */
const KINDS = [1, 2, 5];

/** Finds which of `names` are in the directory of an old Office file, in the file's order. */
export async function namesInCfb(file: FileHandle, names: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const block = Buffer.alloc(ENTRY_BYTES * ENTRIES_AT_ONCE);
  for (let position = 0; ; position += block.length) {
    const { bytesRead } = await file.read(block, 0, block.length, position);
    for (let at = 0; at + ENTRY_BYTES <= bytesRead; at += ENTRY_BYTES) {
      const name = nameOf(block.subarray(at, at + ENTRY_BYTES));
      if (names.includes(name)) found.add(name);
    }
    if (bytesRead < block.length) return [...found];
  }
}

/** The name of a directory entry; empty for other bytes. Its length counts bytes, and the zero at the end. */
function nameOf(entry: Buffer): string {
  const length = entry.readUInt16LE(LENGTH_AT);
  const isEntry = KINDS.includes(entry[KIND_AT] ?? 0) && length > 2 && length <= LONGEST_NAME;
  return isEntry ? entry.toString('utf16le', 0, length - 2) : '';
}
