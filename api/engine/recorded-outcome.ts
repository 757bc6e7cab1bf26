import { whenOver } from '../../episode/decide/refusals.js';
import type { Database } from '../../ledger/database.js';
import { findCommand, findEpisode } from '../../ledger/reading/reading.js';
import type { AskRecord } from './gate.js';

/** The recorded outcome of a command whose episode the engine no longer has (docs/design.md, "Lessons", 13). */
export const createAskRecord =
  (database: Database): AskRecord =>
  async (episodeId, { commandId }) => {
    const made = await findCommand(database, episodeId, commandId);
    if (made) return { status: 'accepted', seq: made.seq, repeated: true };
    const episode = await findEpisode(database, episodeId);
    return episode?.phase === 'closed' ? whenOver(episode) : undefined;
  };
