/** Loads the tables of a backup into a database that has none of its rows. */
import { type Kysely, sql } from 'kysely';
import { StartError } from '../../lib/start-error.js';
import { chainEndOf } from '../chain/end.js';
import { openChains, waitingMessages } from '../chain/resume.js';
import { type Database, type DatabaseLocation, openDatabase } from '../database.js';
import { migrations } from '../migrations/index.js';
import { appliedMigrations, migrate, SchemaTooNew } from '../migrations/migrate.js';
import { notePerhapsSent, noteRestoration } from '../restorations.js';
import type { Schema } from '../schema.js';
import type { TablePage } from './dump.js';
import { BACKED_UP } from './tables.js';

/** What a backup was made of: a program that does not know a migration cannot load it. */
export const migrationsOf = ({ db }: Database): Promise<string[]> => appliedMigrations(db);
export const unknownMigrations = (names: readonly string[]): string[] => names.filter((name) => !(name in migrations));

/** When it was made, and under which migrations. */
export interface BackupFacts {
  madeAt: string;
  migrations: readonly string[];
}

/**
 * Loads a backup into an empty database under the schema of its rows. The migrations since then change them as they change
 * the rows of any database. Answers the open chains. Throws `StartError` when the database is not empty.
 */
export async function loadBackup(
  location: DatabaseLocation,
  { madeAt, migrations: names }: BackupFacts,
  pages: AsyncIterable<TablePage>,
  known = migrations,
): Promise<string[]> {
  const then = Object.fromEntries(Object.entries(known).filter(([name]) => names.includes(name)));
  const database = await openDatabase(location, then).catch((error: unknown) => {
    throw error instanceof SchemaTooNew ? notEmpty() : error;
  });
  try {
    if (!(await isEmpty(database))) throw notEmpty();
    await loadTables(database, pages);
    await migrate(database.db, known);
    return await noteFromBackup(database, madeAt);
  } finally {
    await database.close();
  }
}

const notEmpty = () => new StartError('DATABASE_URL 的数据库不是空的，恢复不覆盖任何内容。请另建一个空的数据库。');

/** Whether nothing has been kept in it but what a migration makes. */
async function isEmpty({ db }: Database): Promise<boolean> {
  const tables = await db.introspection.getTables();
  for (const { name } of tables.filter((table) => BACKED_UP.includes(table.name))) {
    const { rows } = await sql`select from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0) return false;
  }
  return true;
}

/** The pages come in an order in which a row names only rows before it. */
const loadTables = ({ db }: Database, pages: AsyncIterable<TablePage>): Promise<void> =>
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
async function noteFromBackup(database: Database, backupOf: string): Promise<string[]> {
  const open = await openChains(database);
  for (const { chainId } of open) {
    const { tail } = await chainEndOf(database, chainId);
    await noteRestoration(database, chainId, { how: 'from-backup', firstSeq: 1, lastSeq: tail.seq, backupOf });
    await notePerhapsSent(database, chainId, await waitingMessages(database, chainId));
  }
  return open.map(({ chainId }) => chainId);
}
