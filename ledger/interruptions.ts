import { sql } from 'kysely';
import type { Database } from './database.js';

/** Keeps the open episodes that have no run at the moment, in place of those noted before. */
export async function noteInterruptions({ db }: Database, episodeIds: readonly string[]): Promise<void> {
  await db.deleteFrom('interruptions').where('episode_id', '<>', sql<string>`all(${episodeIds}::text[])`).execute();
  await sql`
    insert into interruptions (episode_id) select unnest(${episodeIds}::text[])
    on conflict do nothing`.execute(db);
}

/** Whether the open episode had no run when a worker last looked. */
export async function isInterrupted({ db }: Database, episodeId: string): Promise<boolean> {
  const row = await db
    .selectFrom('interruptions')
    .select('episode_id')
    .where('episode_id', '=', episodeId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The real episodes that have no run. */
export async function interruptedRealEpisodes({ db }: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('interruptions')
    .innerJoin('episodes', 'episodes.episode_id', 'interruptions.episode_id')
    .select('episodes.episode_id')
    .where('drill', '=', false)
    .orderBy('opened_at')
    .execute();
  return rows.map(({ episode_id }) => episode_id);
}
