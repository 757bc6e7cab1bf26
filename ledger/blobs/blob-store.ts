/** Where the bytes of attachments are kept: by the hash of their content, never changed, never removed. */
import type { Readable } from 'node:stream';

export interface Blob {
  /** Lower-case hex SHA-256 of the bytes. */
  sha256: string;
  size: number;
}

/** Come in, and not kept yet. */
export interface Spooled extends Blob {
  path: string;
  /** Does nothing when a store has taken the file. */
  discard(): Promise<void>;
}

export interface BlobStore {
  /** The bytes are kept once this resolves; bytes that exist already stay. */
  put(spooled: Spooled): Promise<void>;
  /** Throws `BlobDamaged`; damage that only the hash shows breaks the stream off before its end. */
  open(blob: Blob): Promise<Readable>;
}

/** The bytes are not there, or are not those that were put. */
export class BlobDamaged extends Error {
  override name = 'BlobDamaged';
  constructor(sha256: string, how: string) {
    super(`blob ${sha256} ${how}`);
  }
}

/** The store does not answer; asked later, it may. */
export class BlobStoreUnavailable extends Error {
  override name = 'BlobStoreUnavailable';
}
