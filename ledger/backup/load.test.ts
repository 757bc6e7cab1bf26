import { beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { type Database, type DatabaseLocation, openDatabase } from '../database.js';
import { migrations } from '../migrations/index.js';
import { settingOrElse } from '../settings.js';
import { newDatabaseOnServer } from '../testing/databases.js';
import { lifeUnderWay, store } from '../testing/stored.js';
import { dumpTables, type TablePage } from './dump.js';
import { type BackupFacts, loadBackup, migrationsOf } from './load.js';

/** As a later version may: what was written before it needs its hand. */
const later: Migration = {
  async up(db) {
    await sql`alter table settings rename column value to content`.execute(db);
    await sql`alter table settings add column length integer`.execute(db);
    await sql`update settings set length = length(content)`.execute(db);
    await sql`alter table settings alter column length set not null`.execute(db);
  },
};
const known = { ...migrations, '9999-later': later };

async function withDatabase<T>(location: DatabaseLocation, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(location, known);
  return work(database).finally(() => database.close());
}

let facts: BackupFacts;
const pages: TablePage[] = [];
beforeAll(async () => {
  const source = await openDatabase(await newDatabaseOnServer());
  await store(source, 'e1', lifeUnderWay());
  await settingOrElse(source, 'word', () => '晴空');
  for await (const page of dumpTables(source)) pages.push(page);
  facts = { madeAt: '2026-11-27T08:00:00+08:00', migrations: await migrationsOf(source) };
  await source.close();
});

async function* given(): AsyncGenerator<TablePage> {
  yield* pages;
}

test('rows of an earlier schema are loaded under it, and then changed by the migrations since', async () => {
  const location = await newDatabaseOnServer();
  expect(await loadBackup(location, facts, given(), known)).toEqual(['e1']);
  await withDatabase(location, async (database) => {
    expect(await migrationsOf(database)).toEqual(Object.keys(known));
    const { rows } = await sql`select content, length from settings where key = 'word'`.execute(database.db);
    expect(rows).toEqual([{ content: '晴空', length: 2 }]);
  });
});

test('a database that has a later schema already is refused', async () => {
  const location = await newDatabaseOnServer();
  await withDatabase(location, async () => undefined);
  await expect(loadBackup(location, facts, given(), known)).rejects.toThrow(/请另建一个空的数据库/);
});
