import type { Logger } from 'pino';
import type { Database } from '../ledger/database.js';
import { forget } from '../ledger/retention.js';
import { atIntervals, type Repeated } from '../lib/at-intervals.js';

const FIRST_MS = 10_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Forgetting {
  database: Database;
  log: Logger;
  /** Whole days. */
  retentionDays: number;
}

/** Every hour, the first time ten seconds after the start, which has enough to do. */
export const keepForgetting = ({ database, log, retentionDays }: Forgetting): Repeated =>
  atIntervals(
    HOUR_MS,
    async () => {
      const forgotten = await forget(database, Date.now() - retentionDays * DAY_MS);
      if (Object.values(forgotten).some((rows) => rows > 0))
        log.info(forgotten, 'what was older than the retention is gone');
    },
    (error) => log.warn({ reason: String(error) }, 'could not forget what is older than the retention'),
    FIRST_MS,
  );
