/** Store of the bytes of attachments, by the hash of their content. Never changed, never removed. */
import type { Readable } from 'node:stream';

export interface Blob {
  /** Lower-case hex SHA-256 of the bytes. */
  sha256: string;
  size: number;
}

/** A file that has come in and is not kept yet. */
export interface Spooled extends Blob {
  path: string;
  /** Does nothing if a store has taken the file. */
  discard(): Promise<void>;
}

export interface BlobStore {
  /** Resolves when the bytes are kept. Bytes that exist already stay. */
  put(spooled: Spooled): Promise<void>;
  /** Throws `BlobDamaged`. Damage that only the hash shows breaks the stream off before its end. */
  open(blob: Blob): Promise<Readable>;
}

/** The bytes are missing or altered. */
export class BlobDamaged extends Error {
  override name = 'BlobDamaged';
  constructor(sha256: string, how: string) {
    super(`blob ${sha256} ${how}`);
  }
}

/** The store does not answer now. It may later. */
export class BlobStoreUnavailable extends Error {
  override name = 'BlobStoreUnavailable';
}
