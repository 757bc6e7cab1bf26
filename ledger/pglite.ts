import { setImmediate as afterOtherWork } from 'node:timers';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { type Driver, PGliteDialect, PGliteDriver } from 'kysely';

/**
 * PGlite runs in this thread, and a queue of transactions would block the event loop for seconds. Once the thread has
 * been busy for a while, other work gets its turn before the connection is passed on (docs/decisions/0012-pglite.md).
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

/** A lone statement waits for nothing. A queue of them lets other work in this often. */
const LONGEST_MS = 8;

class YieldingDriver extends PGliteDriver {
  /** The event loop has not come round since. */
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
