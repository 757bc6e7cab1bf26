/** Answers to POST and PUT that no episode records, by the id made of account, route and idempotency key. */
import type { Database } from './database.js';

export interface RememberedAnswer {
  bodyHash: string;
  /** JSON. */
  answer: unknown;
}

export async function findAnswer({ db }: Database, commandId: string): Promise<RememberedAnswer | undefined> {
  const row = await db
    .selectFrom('idempotency_keys')
    .select(['body_hash', 'answer'])
    .where('command_id', '=', commandId)
    .executeTakeFirst();
  return row && { bodyHash: row.body_hash, answer: row.answer };
}

/** The first answer stays; of two at once, one is the first. Answers what stands. */
export async function rememberAnswer(
  database: Database,
  commandId: string,
  { bodyHash, answer }: RememberedAnswer,
): Promise<RememberedAnswer> {
  await database.db
    .insertInto('idempotency_keys')
    .values({ command_id: commandId, body_hash: bodyHash, answer: JSON.stringify(answer) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await findAnswer(database, commandId))!;
}
