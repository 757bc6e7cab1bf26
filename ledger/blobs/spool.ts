/** Incoming files, on this machine's disk until they are checked: hash and type are known only at the end. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Spooled } from './blob-store.js';

export interface Spool {
  /** Writes and hashes a stream, a few chunks at a time. Leaves nothing behind when it breaks off. */
  take(content: Readable): Promise<Spooled>;
}

/** Older than any request lasts, so its process was killed. Younger files may belong to another process. */
const LEFT_BEHIND = 3_600_000;

/** `folder` is made when absent. */
export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweep(folder);
  return {
    async take(content) {
      const file = path.join(folder, randomUUID());
      const discard = () => rm(file, { force: true });
      const hash = createHash('sha256');
      let size = 0;
      async function* counted(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      }
      try {
        await pipeline(content, counted, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
      } catch (error) {
        await discard();
        throw error;
      }
      return { path: file, sha256: hash.digest('hex'), size, discard };
    },
  };
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > LEFT_BEHIND) await rm(file, { force: true });
  }
}
