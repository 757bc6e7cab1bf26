/** Histories of closed runs: the engine forgets them after its retention, the ledger does not. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Database } from '../database.js';
import { LedgerConflict, sha256 } from './chain.js';

export interface ArchivedRun {
  chainId: string;
  runId: string;
  /** Of the content, before it was compressed. */
  sha256: string;
  bytes: number;
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A run's history to be kept; `isLast` when no other continues it. */
export interface ClosedRun {
  chainId: string;
  runId: string;
  content: Uint8Array;
  isLast: boolean;
}

/** Stores a run's history; one that stands stays as it is. */
export async function storeRun({ db }: Database, { chainId, runId, content, isLast }: ClosedRun): Promise<void> {
  await db
    .insertInto('archives')
    .values({
      chain_id: chainId,
      run_id: runId,
      sha256: sha256(content),
      bytes: content.byteLength,
      content: await compress(content),
      is_last: isLast,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A run's history as it was stored. Throws `LedgerConflict` when it does not have its hash any more. */
export async function readRun({ db }: Database, chainId: string, runId: string): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('archives')
    .select(['content', 'sha256'])
    .where('chain_id', '=', chainId)
    .where('run_id', '=', runId)
    .executeTakeFirst();
  if (!row) return undefined;
  const content = await decompress(row.content);
  if (sha256(content) !== row.sha256) throw new LedgerConflict(`archive of ${chainId}/${runId} does not have its hash`);
  return content;
}

/** What is archived of a chain, in order of archiving. */
export const archivedRuns = ({ db }: Database, chainId: string): Promise<ArchivedRun[]> =>
  db
    .selectFrom('archives')
    .select(['chain_id as chainId', 'run_id as runId', 'sha256', 'bytes'])
    .where('chain_id', '=', chainId)
    .orderBy('at')
    .orderBy('run_id')
    .execute();

/** Closed episodes whose last run is not archived yet, the first closed first. */
export async function closedWithoutArchive({ db }: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('episodes')
    .select('episode_id')
    .where('phase', '=', 'closed')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('archives')
            .select('run_id')
            .whereRef('archives.chain_id', '=', 'episodes.episode_id')
            .where('is_last', '=', true),
        ),
      ),
    )
    .orderBy('opened_at')
    .limit(limit)
    .execute();
  return rows.map(({ episode_id }) => episode_id);
}
