import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { BlobDamaged, type BlobStore } from './blob-store.js';
import { verified } from './verified.js';

/**
 * Files by their hash: `ab/abcdef…`. The spool must be on the same file system, because its files are renamed into
 * place.
 */
export const openFileStore = (folder: string): BlobStore => ({
  async put({ path: spooled, sha256 }) {
    const target = placeOfBlob(folder, sha256);
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    // Replaces an existing file: with the same bytes, or in place of damaged ones.
    await rename(spooled, target);
    await sync(path.dirname(target));
    await sync(folder);
  },
  async open({ sha256, size }) {
    const file = await open(placeOfBlob(folder, sha256), 'r').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new BlobDamaged(sha256, 'is not there') : error;
    });
    const stats = await file.stat();
    if (stats.size !== size) {
      await file.close();
      throw new BlobDamaged(sha256, `has ${stats.size} bytes, not ${size}`);
    }
    return verified(file.createReadStream(), sha256);
  },
});

export const placeOfBlob = (folder: string, sha256: string): string => path.join(folder, sha256.slice(0, 2), sha256);

/** A name is durable when its folder is. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
