/** Runs a suite on both databases: PGlite in memory and a PostgreSQL server. For tests alone. */
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { type Database, openDatabase } from '../database.js';
import { empty } from './empty.js';
import { openInMemory } from './in-memory.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';

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
