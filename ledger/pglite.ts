/** PGlite as a server with one connection, for the same client as PostgreSQL (docs/decisions/0012-pglite.md). */
import { setImmediate as afterOtherWork } from 'node:timers';
import type { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { openPool } from './pool.js';

export const embeddedDialect = (pglite: PGlite): Dialect => new PostgresDialect({ pool: poolOf(pglite) });

function poolOf(pglite: PGlite): PostgresPool {
  // One connection, because PGlite has one. It is never idle for too long: there is no other to take its place.
  const pool = openPool({ ...createPgConfig(pglite), idleTimeoutMillis: 0 });
  const names = statementNames();
  // A connection that broke may have lost what it was about to prepare.
  pool.on('connect', names.forget);
  const passOn = afterOthers();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const query = (text: string, values: readonly unknown[]) =>
        client.query({ text, values: [...values], ...(values.length > 0 && { name: names.of(text) }) });
      // A cursor, which a client may take too, is never given.
      return {
        query,
        release: (isBroken?: boolean) => passOn(() => client.release(isBroken)),
      } as unknown as PostgresPoolClient;
    },
    async end() {
      await pool.end();
      await pglite.close();
    },
  };
}

/** Of SQL texts. An insertion has one for each number of rows, and most of those never come again. */
const MOST_NAMED = 300;
const MOST_SEEN = 2_000;

/**
 * A statement with a name is prepared once for the connection: PostgreSQL takes longer to understand most of ours than to carry
 * them out (docs/performance.md). A text gets its name when it comes the second time.
 */
function statementNames(): { of(text: string): string | undefined; forget(): void } {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  let given = 0;
  return {
    of(text) {
      if (names.has(text) || names.size === MOST_NAMED) return names.get(text);
      if (!seen.has(text)) {
        if (seen.size === MOST_SEEN) seen.clear();
        seen.add(text);
        return undefined;
      }
      given += 1;
      const name = `s${given}`;
      names.set(text, name);
      return name;
    },
    forget: () => names.clear(),
  };
}

/** A lone statement waits for nothing. A queue of them lets other work in this often. */
const LONGEST_MS = 8;

/**
 * PGlite runs in this thread, and a queue of transactions would block the event loop for seconds. Once the thread has been busy
 * for a while, other work gets its turn before the connection is passed on.
 */
function afterOthers(): (passOn: () => void) => void {
  /** The event loop has not come round since. */
  let busySince: number | undefined;
  return (passOn) => {
    const now = performance.now();
    if (busySince === undefined) {
      busySince = now;
      afterOtherWork(() => {
        busySince = undefined;
      });
    }
    if (now - busySince < LONGEST_MS) passOn();
    else afterOtherWork(passOn);
  };
}
