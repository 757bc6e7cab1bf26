import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform } from 'node:stream';
import { BlobDamaged } from './blob-store.js';

/**
 * Holds back the last chunk until the hash matches, so that a client comparing Content-Length notices a corrupt file.
 */
export function verified(content: Readable, sha256: string): Readable {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      if (hash.digest('hex') === sha256) done(null, held);
      else done(new BlobDamaged(sha256, 'has other bytes'));
    },
  });
  // Errors reach the reader of `check`.
  pipeline(content, check, () => undefined);
  return check;
}
