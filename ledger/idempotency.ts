/** Idempotency keys of requests that no episode records, by an id made of account, route and key. */
import { sql } from 'kysely';
import type { Database } from './database.js';

export interface StoredKey {
  bodyHash: string;
  /** False while the work is under way, or after it was cut off. */
  done: boolean;
}

/** A claim without an end counts as cut off after this, for instance by a killed process. */
const CUT_OFF_SECONDS = 60;

/** Claims a key before the work. Of two at once one gets it. The other learns what it was claimed for. */
export async function claimKey(
  database: Database,
  commandId: string,
  bodyHash: string,
): Promise<'claimed' | StoredKey> {
  const claimed = await database.db
    .insertInto('idempotency_keys')
    .values({ command_id: commandId, body_hash: bodyHash, done: false })
    .onConflict((conflict) =>
      conflict
        .column('command_id')
        .doUpdateSet({ at: sql`now()` })
        .where('idempotency_keys.done', '=', false)
        .where('idempotency_keys.body_hash', '=', bodyHash)
        .where('idempotency_keys.at', '<', sql<Date>`now() - make_interval(secs => ${CUT_OFF_SECONDS})`),
    )
    .returning('command_id')
    .executeTakeFirst();
  if (claimed) return 'claimed';
  // Given back in between, so it is free again.
  return (await findKey(database, commandId)) ?? claimKey(database, commandId, bodyHash);
}

export async function findKey({ db }: Database, commandId: string): Promise<StoredKey | undefined> {
  return db
    .selectFrom('idempotency_keys')
    .select(['body_hash as bodyHash', 'done'])
    .where('command_id', '=', commandId)
    .executeTakeFirst();
}

/** Remembers finished work. The first body stays. */
export async function finishKey({ db }: Database, commandId: string, bodyHash: string): Promise<void> {
  await db
    .insertInto('idempotency_keys')
    .values({ command_id: commandId, body_hash: bodyHash, done: true })
    .onConflict((conflict) => conflict.column('command_id').doUpdateSet({ done: true }))
    .execute();
}

/** Gives back the key of refused work. */
export async function releaseKey({ db }: Database, commandId: string): Promise<void> {
  await db.deleteFrom('idempotency_keys').where('command_id', '=', commandId).where('done', '=', false).execute();
}

/** The work ended without an outcome. The same body may try again at once, another may not. */
export async function abandonKey({ db }: Database, commandId: string): Promise<void> {
  await db
    .updateTable('idempotency_keys')
    .set({ at: sql`'epoch'` })
    .where('command_id', '=', commandId)
    .where('done', '=', false)
    .execute();
}
