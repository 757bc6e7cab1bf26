/** Loads the tables of a backup into a database that has none of its rows. */
import { type Kysely, sql } from 'kysely';
import { chainEndOf } from '../chain/end.js';
import { openChains, waitingMessages } from '../chain/resume.js';
import type { Database } from '../database.js';
import { migrations } from '../migrations/index.js';
import { appliedMigrations } from '../migrations/migrate.js';
import { notePerhapsSent, noteRestoration } from '../restorations.js';
import type { Schema } from '../schema.js';
import type { TablePage } from './dump.js';
import { BACKED_UP } from './tables.js';

/** What a backup was made of: a program that does not know a migration cannot load it. */
export const migrationsOf = ({ db }: Database): Promise<string[]> => appliedMigrations(db);
export const unknownMigrations = (names: readonly string[]): string[] => names.filter((name) => !(name in migrations));

/** Whether nothing has been kept in it but what a migration makes. */
export async function isEmpty({ db }: Database): Promise<boolean> {
  for (const table of BACKED_UP) {
    const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length > 0) return false;
  }
  return true;
}

/** All or nothing. The pages come in an order in which a row names only rows before it. */
export const loadTables = ({ db }: Database, pages: AsyncIterable<TablePage>): Promise<void> =>
  db.transaction().execute(async (trx) => {
    for await (const { table, rows } of pages) await insert(trx, table, rows);
    await countOn(trx);
  });

const insert = (trx: Kysely<Schema>, table: string, rows: readonly string[]) =>
  sql`insert into ${sql.table(table)} overriding system value
    select * from json_populate_recordset(null::${sql.table(table)}, ${`[${rows.join(',')}]`}::json)`.execute(trx);

/** Numbers that the database gives go on after those that were loaded. */
async function countOn(trx: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and is_identity = 'YES'`.execute(trx);
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), max(${sql.ref(column)}))
      from ${sql.table(table)} having max(${sql.ref(column)}) is not null`.execute(trx);
}

/**
 * Has the open chains say in their records that they come from a backup. What waited to be sent when it was made has perhaps
 * been sent since. Answers the open chains.
 */
export async function noteFromBackup(database: Database, backupOf: string): Promise<string[]> {
  const open = await openChains(database);
  for (const { chainId } of open) {
    const { tail } = await chainEndOf(database, chainId);
    await noteRestoration(database, chainId, { how: 'from-backup', firstSeq: 1, lastSeq: tail.seq, backupOf });
    await notePerhapsSent(database, chainId, await waitingMessages(database, chainId));
  }
  return open.map(({ chainId }) => chainId);
}
