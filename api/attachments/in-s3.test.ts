import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { temporaryBlobs } from '../../ledger/testing/blobs.js';
import { type S3Server, startS3 } from '../../ledger/testing/s3.js';
import { type TestApp, testApp } from '../testing/app.js';
import { pdf } from '../testing/files.js';
import { download, upload } from '../testing/upload.js';
import { MOST_BYTES } from './routes.js';

const UNIT = 'education';

let folder = '';
let s3: S3Server;
let app: TestApp;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qingkong-s3-'));
  s3 = await startS3(folder);
  app = await testApp(undefined, { openOwnBlobs: () => temporaryBlobs(s3.place) });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

test('an attachment goes to the bucket and comes back, and nothing stays on this machine', async () => {
  const bytes = Buffer.concat([pdf(), Buffer.alloc(MOST_BYTES)]).subarray(0, MOST_BYTES);
  const { status, body } = await upload(app, UNIT, bytes);
  expect(status).toBe(201);
  const answered = await download(app, UNIT, body.attachmentId);
  expect(Buffer.from(await answered.arrayBuffer()).equals(bytes)).toBe(true);
  expect(await readdir(app.blobs.folder, { recursive: true })).toEqual(['incoming']);
});

test('while the store is away: 503, no row, and the same key works afterwards', async () => {
  const { body } = await upload(app, UNIT, pdf('before'));
  await s3.stop();
  const headers = { 'Idempotency-Key': 'away' };
  const refused = await upload(app, UNIT, pdf('meanwhile'), { headers });
  expect(refused).toMatchObject({ status: 503, body: { type: '/problems/not-ready' } });
  expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/);
  expect((await download(app, UNIT, body.attachmentId)).status).toBe(503);

  const rows = await app.database.db.selectFrom('attachments').select('attachment_id').execute();
  expect(rows).toHaveLength(2);
  s3 = await startS3(folder, Number(new URL(s3.place.endpoint!).port));
  expect((await upload(app, UNIT, pdf('meanwhile'), { headers })).status).toBe(201);
  await s3.stop();
});
