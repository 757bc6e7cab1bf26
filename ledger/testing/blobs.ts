/** Attachments' bytes in a folder that goes away. For tests alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Blobs, openBlobs } from '../blobs/open-blobs.js';
import type { S3Place } from '../blobs/s3-store.js';

export interface TemporaryBlobs extends Blobs {
  folder: string;
  remove(): Promise<void>;
}

export async function temporaryBlobs(s3?: S3Place): Promise<TemporaryBlobs> {
  const folder = await mkdtemp(join(tmpdir(), 'qingkong-attachments-'));
  return { ...(await openBlobs(folder, s3)), folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
