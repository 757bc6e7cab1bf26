import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, openDatabase } from './database.js';
import { migrations } from './migrations/index.js';
import { migrate } from './migrations/migrate.js';
import { settingOrElse } from './settings.js';
import { newDatabaseOnServer, onBothDatabases } from './testing/databases.js';
import { lifeUnderWay, store } from './testing/stored.js';

onBothDatabases('the schema', (database) => {
  test.each(['update entries set hash = hash', 'delete from entries', 'truncate entries'])(
    'entries are never changed: %s is refused',
    async (statement) => {
      await store(database(), 'e1', lifeUnderWay());
      await expect(sql.raw(statement).execute(database().db)).rejects.toThrow('never changed or removed');
    },
  );

  test('a schema newer than the program stops the opening with what to do', async () => {
    const { db } = database();
    const newer = { ...migrations, '9999-later': { up: async () => undefined } };
    await migrate(db, newer);
    await expect(migrate(db)).rejects.toThrow('数据库结构（9999-later）比本程序新，请改用新版本的程序启动。');
    await sql`delete from kysely_migration where name = '9999-later'`.execute(db);
  });
});

describe('a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qingkong-database-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('keeps what was written, and other work goes on between transactions', async () => {
    const first = await openDatabase({ folder: join(folder, 'database') });
    await settingOrElse(first, 'kept', () => 'yes');

    let turns = 0;
    let next = setImmediate(function other() {
      turns += 1;
      next = setImmediate(other);
    });
    await Promise.all(Array.from({ length: 200 }, (_, i) => settingOrElse(first, `s${i}`, () => 'value')));
    clearImmediate(next);
    expect(turns).toBeGreaterThan(2);
    await first.close();

    const second = await openDatabase({ folder: join(folder, 'database') });
    expect(await settingOrElse(second, 'kept', () => 'no')).toBe('yes');
    await second.close();
  });
});

describe('a server', () => {
  test('processes that start at once all find the schema', async () => {
    const location = await newDatabaseOnServer();
    const opened: Database[] = await Promise.all(Array.from({ length: 5 }, () => openDatabase(location)));
    const found = await Promise.all(opened.map((one, i) => settingOrElse(one, 'secret', () => `of ${i}`)));
    expect(new Set(found).size).toBe(1);
    await Promise.all(opened.map((one) => one.close()));
  });

  test('a restart of it in the middle of a transaction fails that transaction, and no more', async () => {
    const database = await openDatabase(await newDatabaseOnServer());
    const cutOff = database.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${rows[0]!.pid}, 5000)`.execute(database.db);
      // The connection hears of it between two queries.
      await new Promise((resolve) => setImmediate(resolve));
      await sql`select 1`.execute(trx);
    });
    await expect(cutOff).rejects.toThrow();
    expect((await sql<{ one: number }>`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  test('one that cannot be reached is named in one line, without the password', async () => {
    const opening = openDatabase({ url: 'postgres://someone:hidden@127.0.0.1:1/qingkong' });
    await expect(opening).rejects.toThrow(
      /^无法连接数据库 127\.0\.0\.1:1\/qingkong（ECONNREFUSED），请检查 DATABASE_URL 以及数据库是否已启动。$/,
    );
  });

  test('a wrong password is named as such', async () => {
    const { url } = await newDatabaseOnServer();
    await expect(openDatabase({ url: url.replace('postgres:postgres', 'postgres:wrong') })).rejects.toThrow(
      /^无法连接数据库 .*（28P01）/,
    );
  });
});
