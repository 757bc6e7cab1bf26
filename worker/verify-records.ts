/** Verifies records without being asked, so that damage is found before somebody needs the record. */
import type { Logger } from 'pino';
import { openChains, sealedAfter } from '../ledger/chain/resume.js';
import { verify } from '../ledger/chain/verification.js';
import type { Database } from '../ledger/database.js';
import { atIntervals, type Repeated } from '../lib/at-intervals.js';

interface Verifying {
  database: Database;
  log: Logger;
}

const HOUR_MS = 3_600_000;

/** Once an hour, the first time after an hour: a start has enough to do. */
export function keepVerifying(verifying: Verifying): Repeated {
  let last: string | undefined;
  return atIntervals(
    HOUR_MS,
    async () => {
      last = await verifyRecords(verifying, last);
    },
    (error) => verifying.log.warn({ reason: String(error) }, 'could not verify the records'),
    HOUR_MS,
  );
}

/** Every open real episode and the district's chain, and of the sealed records the one after `last`, in turn. Answers which that was. */
export async function verifyRecords({ database, log }: Verifying, last?: string): Promise<string | undefined> {
  const open = (await openChains(database)).filter(({ drill }) => !drill).map(({ chainId }) => chainId);
  const sealed = await sealedAfter(database, last);
  for (const episodeId of sealed === undefined ? open : [...open, sealed]) {
    const { valid, firstBadSeq, differences } = await verify(database, episodeId);
    if (!valid) log.error({ episodeId, firstBadSeq, differences: differences.length }, 'a record does not verify');
  }
  return sealed;
}
