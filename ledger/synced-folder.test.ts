import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { register } from 'prom-client';
import { type Database, openDatabase } from './database.js';
import { tryWriting } from './settings.js';
import { copyToFolder } from './testing/in-memory.js';

let root: string;
let folder: string;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'qingkong-synced-'));
  folder = path.join(root, 'database');
  await copyToFolder(folder);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const syncs = async (): Promise<number> =>
  (await register.getSingleMetric('qingkong_database_syncs_total')!.get()).values[0]?.value ?? 0;

const writtenAt = async ({ db }: Database) =>
  (await db.selectFrom('settings').select('value').where('key', '=', 'written-at').executeTakeFirst())?.value;

test('a commit waits for the disk, a read does not, and what was committed is there again', async () => {
  const database = await openDatabase({ folder });
  await tryWriting(database);
  const before = await syncs();
  await tryWriting(database);
  const after = await syncs();
  expect(after).toBeGreaterThan(before);
  const written = await writtenAt(database);
  await sql`select count(*) from entries`.execute(database.db);
  expect(await syncs()).toBe(after);
  await database.close();

  const again = await openDatabase({ folder });
  expect(await writtenAt(again)).toBe(written);
  await again.close();
});
