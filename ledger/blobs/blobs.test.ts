import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type S3Server, startS3 } from '../testing/s3.js';
import { type Blobs, openBlobs } from './open-blobs.js';

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let folder = '';
let s3: S3Server;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qingkong-blobs-'));
  s3 = await startS3(path.join(folder, 's3'));
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

describe.each(['files', 's3'])('a store of %s', (kind) => {
  let blobs: Blobs;
  let own = '';
  beforeAll(async () => {
    own = path.join(folder, kind, 'attachments');
    blobs = await openBlobs(own, kind === 's3' ? s3.place : undefined);
  });

  const keep = async (bytes: Buffer) => {
    const spooled = await blobs.spool.take(Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]));
    await blobs.store.put(spooled);
    await spooled.discard();
    return { sha256: spooled.sha256, size: spooled.size };
  };

  /** The one file in which the bytes lie. */
  async function fileOf(sha256: string): Promise<string> {
    const root = kind === 's3' ? path.join(folder, 's3') : own;
    const names = await readdir(root, { recursive: true });
    const [name = '', ...more] = names.filter((one) => new RegExp(`${sha256}(\\._S3rver_object)?$`).test(one));
    expect(more).toEqual([]);
    return path.join(root, name);
  }

  test('bytes come back by their hash, and nothing is left in the spool', async () => {
    const bytes = randomBytes(300_000);
    const blob = await keep(bytes);
    expect(blob).toEqual({ sha256: hashOf(bytes), size: 300_000 });
    expect((await buffer(await blobs.store.open(blob))).equals(bytes)).toBe(true);
    expect(await readdir(path.join(own, 'incoming'))).toEqual([]);
  });

  test('the same bytes, many at once and again, are kept once', async () => {
    const bytes = randomBytes(100_000);
    const kept = await Promise.all(Array.from({ length: 8 }, () => keep(bytes)));
    kept.push(await keep(bytes));
    expect(new Set(kept.map(({ sha256 }) => sha256))).toEqual(new Set([hashOf(bytes)]));
    expect((await readFile(await fileOf(hashOf(bytes)))).equals(bytes)).toBe(true);
    expect((await buffer(await blobs.store.open(kept[0]!))).equals(bytes)).toBe(true);
  });

  test('missing bytes are damage', async () => {
    const opening = blobs.store.open({ sha256: 'f'.repeat(64), size: 1 });
    await expect(opening).rejects.toMatchObject({ name: 'BlobDamaged' });
  });

  test('a shortened file is not opened, and is mended by the same bytes', async () => {
    const bytes = randomBytes(5_000);
    const blob = await keep(bytes);
    await truncate(await fileOf(blob.sha256), 4_999);
    await expect(blobs.store.open(blob)).rejects.toMatchObject({ name: 'BlobDamaged' });
    await keep(bytes);
    expect((await buffer(await blobs.store.open(blob))).equals(bytes)).toBe(true);
  });

  test.each([1, 1_000_000])('of %i bytes that were changed, never all come', async (size) => {
    const blob = await keep(randomBytes(size));
    await writeFile(await fileOf(blob.sha256), randomBytes(size));
    let came = 0;
    const reading = (async () => {
      for await (const chunk of await blobs.store.open(blob)) came += chunk.length;
    })();
    await expect(reading).rejects.toMatchObject({ name: 'BlobDamaged' });
    expect(came).toBeLessThan(size);
  });
});

describe('files', () => {
  test('can be read by their owner alone', async () => {
    const own = path.join(folder, 'modes');
    const { spool, store } = await openBlobs(own);
    const spooled = await spool.take(Readable.from([Buffer.from('bytes')]));
    await store.put(spooled);
    const modes = [
      own,
      path.join(own, spooled.sha256.slice(0, 2)),
      path.join(own, spooled.sha256.slice(0, 2), spooled.sha256),
    ];
    expect(await Promise.all(modes.map(async (at) => (await stat(at)).mode & 0o777))).toEqual([0o700, 0o700, 0o600]);
  });
});

describe('the spool', () => {
  test('keeps nothing of a stream that breaks off', async () => {
    const own = path.join(folder, 'broken');
    const { spool } = await openBlobs(own);
    const content = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw new Error('gone');
      })(),
    );
    await expect(spool.take(content)).rejects.toThrow('gone');
    expect(await readdir(path.join(own, 'incoming'))).toEqual([]);
  });

  test('when opened removes files of a killed process, not those being written', async () => {
    const incoming = path.join(folder, 'killed', 'incoming');
    await mkdir(incoming, { recursive: true });
    await writeFile(path.join(incoming, 'old'), 'x');
    await writeFile(path.join(incoming, 'new'), 'x');
    const twoHoursAgo = Date.now() / 1_000 - 7_200;
    await utimes(path.join(incoming, 'old'), twoHoursAgo, twoHoursAgo);
    await openBlobs(path.dirname(incoming));
    expect(await readdir(incoming)).toEqual(['new']);
  });
});

describe('an S3 store that cannot be used', () => {
  test('does not open: one line names it and what to check', async () => {
    const opening = openBlobs(path.join(folder, 'none'), { ...s3.place, bucket: 'no-such-bucket' });
    await expect(opening).rejects.toMatchObject({
      name: 'BlobStoreUnavailable',
      message: expect.stringMatching(/^无法使用附件存储桶 no-such-bucket.*S3_ENDPOINT/),
    });
  });

  test('says so when it has gone away', async () => {
    const server = await startS3(path.join(folder, 's3-gone'));
    const { spool, store } = await openBlobs(path.join(folder, 'gone'), server.place);
    const spooled = await spool.take(Readable.from([Buffer.from('bytes')]));
    await server.stop();
    await expect(store.put(spooled)).rejects.toMatchObject({ name: 'BlobStoreUnavailable' });
    await expect(store.open(spooled)).rejects.toMatchObject({ name: 'BlobStoreUnavailable' });
  });
});
