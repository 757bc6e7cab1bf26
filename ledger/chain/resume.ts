import { MOST_REMEMBERED, remember } from '../../episode/recent-commands.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { Database } from '../database.js';
import { stateFromEntries } from './verification.js';

/** Episodes whose record is not sealed, real ones first. */
export const openEpisodes = async ({ db }: Database): Promise<Array<{ episodeId: string; drill: boolean }>> =>
  db
    .selectFrom('episodes')
    .select(['episode_id as episodeId', 'drill'])
    .where('phase', '<>', 'closed')
    .orderBy('drill')
    .execute();

/**
 * An episode after its last turn, folded from its entries, for a new run. Throws `LedgerConflict` when the chain does
 * not hold.
 */
export async function foldedState(database: Database, episodeId: string): Promise<EpisodeState> {
  const state = await stateFromEntries(database, episodeId);
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
