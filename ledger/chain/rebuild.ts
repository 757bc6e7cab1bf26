import type { Database } from '../database.js';
import { episodeColumns, headOf, problemRowsOf, unitRowsOf } from './fold.js';
import { foldedEntries } from './verification.js';
import { upsertMessages, upsertProblems, upsertUnits } from './writes.js';

/**
 * Writes the read model of an episode anew from its entries. Only while no worker runs: an append under way would build
 * on the old one. Throws `LedgerConflict` and changes nothing when the chain does not hold.
 */
export async function rebuild(database: Database, episodeId: string): Promise<void> {
  const { state, messages } = await foldedEntries(database, episodeId);
  await database.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('episodes')
      .set(episodeColumns(headOf(state)))
      .where('episode_id', '=', episodeId)
      .execute();
    await trx.deleteFrom('episode_units').where('episode_id', '=', episodeId).execute();
    await upsertUnits(episodeId, unitRowsOf(state)).execute(trx);
    await trx.deleteFrom('problems').where('episode_id', '=', episodeId).execute();
    const problems = Object.values(state.units).flatMap((unit) => problemRowsOf(unit));
    await upsertProblems(episodeId, problems).execute(trx);
    await trx.deleteFrom('messages').where('episode_id', '=', episodeId).execute();
    await upsertMessages(episodeId, messages).execute(trx);
  });
}
