import { MOST_REMEMBERED, remember } from '../../episode/recent-commands.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { Database } from '../database.js';
import { foldedEntries } from './verification.js';

/** Episodes whose record is not sealed, real ones first. */
export const openEpisodes = async ({ db }: Database): Promise<Array<{ episodeId: string; drill: boolean }>> =>
  db
    .selectFrom('episodes')
    .select(['episode_id as episodeId', 'drill'])
    .where('phase', '<>', 'closed')
    .orderBy('drill')
    .execute();

/** The sealed record after this one in the order of ids; after the last one the first again. */
export async function sealedAfter({ db }: Database, episodeId = ''): Promise<string | undefined> {
  const sealed = db
    .selectFrom('episodes')
    .select('episode_id')
    .where('phase', '=', 'closed')
    .orderBy('episode_id')
    .limit(1);
  const after = await sealed.where('episode_id', '>', episodeId).executeTakeFirst();
  return (after ?? (await sealed.executeTakeFirst()))?.episode_id;
}

/**
 * An episode after its last turn, folded from its entries, for a new run. Throws `LedgerConflict` when the chain does
 * not hold.
 */
export async function foldedState(database: Database, episodeId: string): Promise<EpisodeState> {
  const { state } = await foldedEntries(database, episodeId);
  const commands = await database.db
    .selectFrom('commands')
    .select(['command_id', 'body_hash', 'seq'])
    .where('chain_id', '=', episodeId)
    .orderBy('seq', 'desc')
    .limit(MOST_REMEMBERED)
    .execute();
  return {
    ...state,
    commands: commands
      .reverse()
      .reduce<EpisodeState['commands']>(
        (known, { command_id, body_hash, seq }) => remember(known, command_id, { bodyHash: body_hash, seq }),
        [],
      ),
  };
}
