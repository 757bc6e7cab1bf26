import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { type Driver, PGliteDialect, PGliteDriver } from 'kysely';

/**
 * PGlite runs in this thread: a queue of transactions would keep the event loop for seconds. So the connection is
 * passed on only after other work has had its turn (docs/decisions/0012-pglite.md).
 */
export class YieldingPGliteDialect extends PGliteDialect {
  readonly #pglite: PGlite;

  constructor(pglite: PGlite) {
    super({ pglite });
    this.#pglite = pglite;
  }

  override createDriver(): Driver {
    return new YieldingDriver({ pglite: this.#pglite });
  }
}

class YieldingDriver extends PGliteDriver {
  override async releaseConnection(): Promise<void> {
    await setImmediate();
  }
}
