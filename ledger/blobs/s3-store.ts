import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type Blob, BlobDamaged, type BlobStore, BlobStoreUnavailable, type Spooled } from './blob-store.js';
import { verified } from './verified.js';

export interface S3Place {
  bucket: string;
  region: string;
  /** Absent: Amazon's own. */
  endpoint?: string;
}

/** A server that hangs is given up. The SDK itself waits without end. */
const CONNECT_MS = 5_000;
const IDLE_MS = 15_000;
/** The SDK repeats calls by itself, but not a stream it has begun to send. */
const PAUSES_BEFORE_REPEATING = [200, 1_000];

/** Objects `attachments/…` by their hash. Credentials are the SDK's affair. Throws `BlobStoreUnavailable`. */
export async function openS3Store({ bucket, region, endpoint }: S3Place): Promise<BlobStore> {
  const client = new S3Client({
    region,
    // Most stores but Amazon's have no host name for each bucket, and not all know the newer checksums.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS },
  });
  await client.send(new HeadBucketCommand({ Bucket: bucket })).catch((error: unknown) => {
    throw new BlobStoreUnavailable(
      `无法使用附件存储桶 ${bucket}（${reasonOf(error)}），请检查 S3_BUCKET、S3_ENDPOINT、S3_REGION 和 AWS 凭据。`,
      { cause: error },
    );
  });
  const objectOf = ({ sha256 }: Pick<Blob, 'sha256'>) => ({ Bucket: bucket, Key: `attachments/${sha256}` });

  async function has(blob: Blob): Promise<boolean> {
    try {
      const { ContentLength } = await client.send(new HeadObjectCommand(objectOf(blob)));
      return ContentLength === blob.size;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
  }

  return {
    put: (spooled) =>
      orUnavailable(async () => {
        if (await has(spooled)) return;
        await repeatedly(() => upload(client, objectOf(spooled), spooled));
      }),
    open: (blob) =>
      orUnavailable(async () => {
        const { Body, ContentLength } = await client.send(new GetObjectCommand(objectOf(blob))).catch((error) => {
          throw isAbsence(error) ? new BlobDamaged(blob.sha256, 'is not there') : error;
        });
        const content = Body as Readable;
        if (ContentLength !== blob.size) {
          content.destroy();
          throw new BlobDamaged(blob.sha256, `has ${ContentLength} bytes, not ${blob.size}`);
        }
        return verified(content, blob.sha256);
      }),
  };
}

async function upload(client: S3Client, object: { Bucket: string; Key: string }, blob: Spooled): Promise<void> {
  const content = createReadStream(blob.path);
  const checksum = Buffer.from(blob.sha256, 'hex').toString('base64');
  try {
    await client.send(
      new PutObjectCommand({ ...object, Body: content, ContentLength: blob.size, ChecksumSHA256: checksum }),
    );
  } finally {
    content.destroy();
  }
}

/** The object is missing. A missing bucket is another matter. */
const isAbsence = (error: unknown): boolean =>
  error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BlobDamaged) throw error;
    throw new BlobStoreUnavailable(`S3: ${reasonOf(error)}`, { cause: error });
  }
}

async function repeatedly(work: () => Promise<unknown>): Promise<void> {
  for (const milliseconds of PAUSES_BEFORE_REPEATING) {
    try {
      await work();
      return;
    } catch {
      await pause(milliseconds);
    }
  }
  await work();
}
