/** Opens the database: PGlite in a folder, or a PostgreSQL server. The same SQL and the same migrations on both. */
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { type Dialect, Kysely, PostgresDialect } from 'kysely';
import type { Migration } from 'kysely/migration';
import { StartError } from '../lib/start-error.js';
import { type Listen, listenIn, listenOn } from './listening.js';
import { migrate } from './migrations/migrate.js';
import { embeddedDialect } from './pglite.js';
import { openPool } from './pool.js';
import type { Schema } from './schema.js';
import { syncedFolder } from './synced-folder.js';

export interface Database {
  readonly db: Kysely<Schema>;
  readonly kind: 'embedded' | 'server';
  /** Hears what is told in the database's transactions (ledger/changes.ts). */
  readonly listen: Listen;
  close(): Promise<void>;
}

/** A folder (`memory://` keeps nothing) with further options of PGlite, or the URL of a server. */
export type DatabaseLocation = { folder: string; options?: PGliteOptions } | { url: string };

/** The server cannot be reached; the message names it without its password. */
export class DatabaseUnreachable extends StartError {
  override name = 'DatabaseUnreachable';
}

/** The folder of an embedded database is damaged, or not readable. */
export class DatabaseUnreadable extends StartError {
  override name = 'DatabaseUnreadable';
}

const CONNECT_MS = 5_000;
const STATEMENT_MS = 60_000;
const CONNECTIONS = 10;

/**
 * Brings it to the program's schema, or to that of the migrations given.
 * Throws `DatabaseUnreachable`, `DatabaseUnreadable` or `SchemaTooNew`, each with one line in Chinese. The caller holds
 * the lock of the data folder: a folder has one owner (docs/decisions/0013-one-owner.md).
 */
export async function openDatabase(
  location: DatabaseLocation,
  migrations?: Record<string, Migration>,
): Promise<Database> {
  const embedded = 'folder' in location;
  const { dialect, listenBy } = embedded ? await inFolder(location) : onServer(location.url);
  const db = new Kysely<Schema>({ dialect });
  try {
    await migrate(db, migrations);
  } catch (error) {
    await db.destroy();
    throw embedded ? error : explained(error, location.url);
  }
  return { db, kind: embedded ? 'embedded' : 'server', listen: listenBy(db), close: () => db.destroy() };
}

interface Opening {
  dialect: Dialect;
  listenBy(db: Kysely<Schema>): Listen;
}

async function inFolder({ folder, options }: { folder: string; options?: PGliteOptions }): Promise<Opening> {
  try {
    const kept = folder.startsWith('memory:') ? { dataDir: folder } : syncedFolder(folder);
    const pglite = await PGlite.create({ ...kept, ...options });
    return { dialect: embeddedDialect(pglite), listenBy: (db) => listenIn(pglite, db) };
  } catch (error) {
    throw new DatabaseUnreadable(
      `数据库文件夹 ${folder} 打不开（${reasonIn(error)}），可能已损坏或不完整。请把整个数据目录恢复为同一次备份后重新启动。`,
      { cause: error },
    );
  }
}

/** A damaged folder makes PGlite abort, with advice for its makers. */
const reasonIn = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split(/[.\n]/)[0]!;

function onServer(url: string): Opening {
  const pool = openPool({
    connectionString: url,
    application_name: 'qingkong',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
  });
  return { dialect: new PostgresDialect({ pool }), listenBy: () => listenOn(url) };
}

/** Of connecting, by Node or PostgreSQL: refused, reset, not yet or no longer there. */
const AWAY_CODES = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|08|57P)/;
const AWAY_WORDS = /terminated|not queryable|timeout exceeded when trying to connect/i;

/** Whether a query failed because the server was away: it may be there again a moment later. */
export const isDatabaseAway = (error: unknown): boolean => {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? AWAY_CODES.test(code) : AWAY_WORDS.test(String(message));
};

/** Errors of connecting in one line, others unchanged. */
function explained(error: unknown, url: string): unknown {
  const { code, message } = error as { code?: string; message: string };
  const reaching = code === undefined ? /timeout|terminated/i.test(message) : /^(E[A-Z]+|08|28|3D|57P)/.test(code);
  if (!reaching) return error;
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port || 5432}${pathname}`;
  return new DatabaseUnreachable(
    `无法连接数据库 ${where}（${code ?? message}），请检查 DATABASE_URL 以及数据库是否已启动。`,
    {
      cause: error,
    },
  );
}
