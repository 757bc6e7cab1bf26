import type { Entry } from '../../episode/entries.js';
import type { EpisodeState, RememberedCommand } from '../../episode/state-types.js';
import type { Database } from '../../ledger/database.js';
import { findCommands, findEntries, findEpisodeWithUnits } from '../../ledger/reading/reading.js';
import { together } from '../../lib/batch-reads.js';

/** Reads that simultaneous requests share. */
export interface Reads {
  /** An episode with this unit, if it has it. Units that other requests asked for may be in it too. */
  withUnit(episodeId: string, unitId: string): Promise<EpisodeState | undefined>;
  command(episodeId: string, commandId: string): Promise<RememberedCommand | undefined>;
  entry(episodeId: string, seq: number): Promise<Entry | undefined>;
}

export const createReads = (database: Database): Reads => ({
  withUnit: together(async (episodeId, unitIds: string[]) => {
    const state = await findEpisodeWithUnits(database, episodeId, unitIds);
    return () => state;
  }),
  command: together(async (episodeId, commandIds: string[]) => {
    const commands = await findCommands(database, episodeId, commandIds);
    return (commandId) => commands.get(commandId);
  }),
  entry: together(async (episodeId, seqs: number[]) => {
    const entries = new Map((await findEntries(database, episodeId, seqs)).map((entry) => [entry.seq, entry]));
    return (seq) => entries.get(seq);
  }),
});
