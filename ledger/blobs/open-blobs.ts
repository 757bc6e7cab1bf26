import path from 'node:path';
import type { BlobStore } from './blob-store.js';
import { openFileStore } from './file-store.js';
import type { S3Place } from './s3-store.js';
import { openSpool, type Spool } from './spool.js';

/** A file comes in through the spool and is kept in the store. */
export interface Blobs {
  spool: Spool;
  store: BlobStore;
}

/**
 * Keeps blobs in `folder`, or in S3. Either way incoming files are spooled in `folder`. Throws `BlobStoreUnavailable`.
 */
export async function openBlobs(folder: string, s3?: S3Place): Promise<Blobs> {
  const spool = await openSpool(path.join(folder, 'incoming'));
  return { spool, store: s3 ? await s3Store(s3) : openFileStore(folder) };
}

/** The SDK takes a while to load, so it is loaded only where it is used. */
async function s3Store(place: S3Place): Promise<BlobStore> {
  const { openS3Store } = await import('./s3-store.js');
  return openS3Store(place);
}
