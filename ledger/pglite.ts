import { setImmediate as afterOtherWork } from 'node:timers';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { type Driver, PGliteDialect, PGliteDriver } from 'kysely';

/**
 * PGlite runs in this thread: a queue of transactions would keep the event loop for seconds. So other work gets its
 * turn before the connection is passed on, once the thread has been busy for a while (docs/decisions/0012-pglite.md).
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

/** A lone statement waits for nothing; a queue of them lets other work have its turn this often. */
const LONGEST_MS = 8;

class YieldingDriver extends PGliteDriver {
  /** Since when the event loop has not come round. */
  #busySince: number | undefined;

  override async releaseConnection(): Promise<void> {
    const now = performance.now();
    if (this.#busySince === undefined) {
      this.#busySince = now;
      afterOtherWork(() => {
        this.#busySince = undefined;
      });
    }
    if (now - this.#busySince >= LONGEST_MS) await otherWork();
  }
}
