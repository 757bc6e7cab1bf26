import { PGlite } from '@electric-sql/pglite';
import { expect, test } from '@jest/globals';
import { Kysely, sql } from 'kysely';
import { embeddedDialect } from './pglite.js';

test('a database that breaks under a query fails the query, and not the process', async () => {
  const pglite = await PGlite.create('memory://');
  const db = new Kysely<unknown>({ dialect: embeddedDialect(pglite) });
  const ask = () => sql<{ n: number }>`select ${1}::integer as n`.execute(db);
  expect((await ask()).rows).toEqual([{ n: 1 }]);
  const { execProtocolStream } = pglite;
  pglite.execProtocolStream = () => Promise.reject(new Error('the memory is out of bounds'));
  await expect(ask()).rejects.toThrow('the memory is out of bounds');
  await expect(db.transaction().execute(() => ask())).rejects.toThrow();
  pglite.execProtocolStream = execProtocolStream;
  expect((await ask()).rows).toEqual([{ n: 1 }]);
  await db.destroy();
  expect(pglite.closed).toBe(true);
}, 60_000);

test('a statement that is refused leaves the connection as it was, named or not', async () => {
  const db = new Kysely<unknown>({ dialect: embeddedDialect(await PGlite.create('memory://')) });
  await sql`create table numbers (n integer primary key)`.execute(db);
  const insert = (n: number) => sql`insert into numbers values (${n})`.execute(db);
  for (const n of [1, 2, 3]) await insert(n);
  for (let time = 0; time < 3; time += 1) {
    await expect(insert(1)).rejects.toMatchObject({ code: '23505' });
    await expect(sql`select ${1}::integer from nowhere`.execute(db)).rejects.toMatchObject({ code: '42P01' });
  }
  expect((await sql`select n from numbers order by n`.execute(db)).rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  await db.destroy();
});
