/** Histories of closed runs: the engine forgets them after its retention, the ledger does not. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Database } from '../database.js';
import { LedgerConflict, sha256 } from './chain.js';

export interface ArchivedRun {
  chainId: string;
  runId: string;
  /** The run before this one, if any. */
  previousRunId: string | null;
  /** Hash of the content before compression. */
  sha256: string;
  bytes: number;
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A run's history to be kept. */
export interface ClosedRun extends Pick<ArchivedRun, 'chainId' | 'runId' | 'previousRunId'> {
  content: Uint8Array;
}

/** Stores a run's history. One that is stored already stays as it is. */
export async function storeRun({ db }: Database, { chainId, runId, previousRunId, content }: ClosedRun): Promise<void> {
  await db
    .insertInto('archives')
    .values({
      chain_id: chainId,
      run_id: runId,
      previous_run_id: previousRunId,
      sha256: sha256(content),
      bytes: content.byteLength,
      content: await compress(content),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A stored history. Throws `LedgerConflict` when it no longer has its hash. */
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

/** The archived runs of a chain, in order of archiving. */
export const archivedRuns = ({ db }: Database, chainId: string): Promise<ArchivedRun[]> =>
  db
    .selectFrom('archives')
    .select(['chain_id as chainId', 'run_id as runId', 'previous_run_id as previousRunId', 'sha256', 'bytes'])
    .where('chain_id', '=', chainId)
    .orderBy('at')
    .orderBy('run_id')
    .execute();

/**
 * Closed episodes whose runs may not all be archived. Those never tried come first, then those whose last try is
 * longest ago, so that histories that cannot be had keep no others out.
 */
export async function closedWithoutArchive({ db }: Database, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('episodes')
    .leftJoin('archiving_tries as tries', 'tries.episode_id', 'episodes.episode_id')
    .select('episodes.episode_id')
    .where('phase', '=', 'closed')
    .where((q) => q.or([q('tries.at', 'is', null), q('tries.fault', 'is not', null)]))
    .orderBy('tries.at', (order) => order.asc().nullsFirst())
    .orderBy('opened_at')
    .limit(limit)
    .execute();
  return rows.map(({ episode_id }) => episode_id);
}

/** Notes the result of a try: `null` when all runs of the episode are archived. */
export async function noteArchivingTry({ db }: Database, episodeId: string, fault: string | null): Promise<void> {
  const at = new Date();
  await db
    .insertInto('archiving_tries')
    .values({ episode_id: episodeId, at, fault })
    .onConflict((conflict) => conflict.column('episode_id').doUpdateSet({ at, fault }))
    .execute();
}
