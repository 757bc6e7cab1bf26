import { remember } from '../../episode/recent-commands.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { Database } from '../database.js';
import { LedgerConflict } from './chain.js';
import { walkChain } from './verification.js';

/** A little more than a state remembers (episode/recent-commands.ts). */
const RECENT_COMMANDS = 10_250;

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
  const { folding, differences } = (await walkChain(database, episodeId)).walk;
  if (!folding) throw new LedgerConflict(`${episodeId}: ${differences[0] ?? 'not an episode'}`);
  const commands = await database.db
    .selectFrom('commands')
    .select(['command_id', 'body_hash', 'seq'])
    .where('chain_id', '=', episodeId)
    .orderBy('seq', 'desc')
    .limit(RECENT_COMMANDS)
    .execute();
  return {
    ...folding.state(),
    commands: commands
      .reverse()
      .reduce<EpisodeState['commands']>(
        (known, { command_id, body_hash, seq }) => remember(known, command_id, { bodyHash: body_hash, seq }),
        [],
      ),
  };
}
