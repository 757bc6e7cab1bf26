import type { FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 65_536;

/** Which of these bytes, written as Latin-1, a file has from `from` on. It is read a block at a time. */
export async function signsIn(file: FileHandle, signs: readonly string[], from = 0): Promise<boolean[]> {
  const found = signs.map(() => false);
  const overlap = Math.max(...signs.map(({ length }) => length)) - 1;
  const block = Buffer.alloc(BLOCK_BYTES);
  for (let position = from; ; position += BLOCK_BYTES - overlap) {
    const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, position);
    const bytes = block.subarray(0, bytesRead);
    signs.forEach((sign, i) => {
      found[i] ||= bytes.includes(sign, 0, 'latin1');
    });
    if (bytesRead < BLOCK_BYTES || found.every(Boolean)) return found;
  }
}
