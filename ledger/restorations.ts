/** What was done to records after a loss, until their own chains tell it. */
import type { Restoration } from '../episode/commands.js';
import type { Database } from './database.js';

/** A restoration that its episode's record does not tell yet. */
export interface NotedRestoration {
  restorationId: string;
  episodeId: string;
  restoration: Restoration;
}

/** Noted before it is done: what was cut off is told all the same. Workers that do it at once note it once. */
export const noteRestoration = async ({ db }: Database, episodeId: string, restoration: Restoration): Promise<void> => {
  const { how, firstSeq, lastSeq, backupOf = '' } = restoration;
  const restoration_id = [episodeId, how, firstSeq, lastSeq, backupOf].join(' ').trimEnd();
  await db
    .insertInto('restorations')
    .values({ restoration_id, episode_id: episodeId, restoration: JSON.stringify(restoration) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** In order of noting. */
export const notedRestorations = ({ db }: Database): Promise<NotedRestoration[]> =>
  db
    .selectFrom('restorations')
    .select(['restoration_id as restorationId', 'episode_id as episodeId', 'restoration'])
    .orderBy('noted_at')
    .execute();

/** The record tells it now, or is sealed. */
export const forgetRestoration = async ({ db }: Database, restorationId: string): Promise<void> => {
  await db.deleteFrom('restorations').where('restoration_id', '=', restorationId).execute();
};

/** From now on these messages count as perhaps sent, unless a row says that they were taken. */
export const notePerhapsSent = async (
  { db }: Database,
  episodeId: string,
  messages: readonly string[],
): Promise<void> => {
  if (messages.length === 0) return;
  await db
    .insertInto('perhaps_sent')
    .values(messages.map((message) => ({ episode_id: episodeId, message })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
