import type { Message } from '../../episode/state-types.js';
import type { Database } from '../../ledger/database.js';
import { EPISODE } from './life.js';

/** Stores these messages in the state as given. Answers their keys. */
export async function holdMessages({ db }: Database, messages: readonly Message[]): Promise<string[]> {
  const { head } = await db
    .selectFrom('episodes')
    .select('head')
    .where('episode_id', '=', EPISODE)
    .executeTakeFirstOrThrow();
  const held = { ...head.messages, ...Object.fromEntries(messages.map((message) => [message.key, message])) };
  await db
    .updateTable('episodes')
    .set({ head: JSON.stringify({ ...head, messages: held }) })
    .where('episode_id', '=', EPISODE)
    .execute();
  return messages.map(({ key }) => key);
}
