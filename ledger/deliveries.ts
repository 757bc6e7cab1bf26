/**
 * The state of each delivery, one message to one contact by one channel. `sending` is committed before the server is
 * asked, `taken` or `failed` after its answer. A retry so skips what was taken, and knows what a crash left open
 * (docs/design.md, "Deliveries").
 */
import { sql } from 'kysely';
import { together } from '../lib/batch-reads.js';
import type { Database } from './database.js';

/** One message to one contact by one channel. */
export interface DeliveryKey {
  episodeId: string;
  /** Of the episode's state, e.g. `unit:education:12`. */
  message: string;
  contact: string;
  channel: string;
}

/** The earlier state of a delivery. `open`: perhaps the server took it before a crash. */
export type Before = 'new' | 'open' | 'failed' | 'taken';

/** Marks deliveries as `sending`, except those already taken. Answers the earlier state of each, in order. */
export async function markSending({ db }: Database, keys: readonly DeliveryKey[]): Promise<Before[]> {
  const { rows } = await sql<{ before: Before }>`
    with asked as (
      select * from unnest(
        ${keys.map(({ episodeId }) => episodeId)}::text[],
        ${keys.map(({ message }) => message)}::text[],
        ${keys.map(({ contact }) => contact)}::text[],
        ${keys.map(({ channel }) => channel)}::text[])
      with ordinality as asked (episode_id, message, contact, channel, place)
    ), marked as (
      insert into deliveries (episode_id, message, contact, channel, state)
      select episode_id, message, contact, channel, 'sending' from asked
      on conflict (episode_id, message, contact, channel)
        do update set state = 'sending', at = now(), reason = null where deliveries.state <> 'taken'
    )
    select case earlier.state when 'sending' then 'open' else coalesce(earlier.state, 'new') end as before
    from asked left join deliveries as earlier using (episode_id, message, contact, channel)
    order by place`.execute(db);
  return rows.map(({ before }) => before);
}

/** Deliveries of these messages that were taken, as `contact/channel`. */
export async function takenOf(
  { db }: Database,
  episodeId: string,
  messages: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['message', 'contact', 'channel'])
    .where('episode_id', '=', episodeId)
    .where('message', '=', sql<string>`any(${messages}::text[])`)
    .where('state', '=', 'taken')
    .execute();
  const taken = new Map<string, Set<string>>(messages.map((message) => [message, new Set()]));
  for (const { message, contact, channel } of rows) taken.get(message)?.add(`${contact}/${channel}`);
  return taken;
}

interface DeliveryOutcome extends DeliveryKey {
  state: 'taken' | 'failed';
  messageId: string | null;
  reason: string | null;
}

/** Notes that the server took the message. A row that is `taken` never changes again. */
export const markTaken = (database: Database, key: DeliveryKey, messageId: string): Promise<void> =>
  mark(database, { ...key, state: 'taken', messageId, reason: null });

/** Notes that the server did not take the message, with the reason: refused for good, or to be tried again. */
export const markFailed = (database: Database, key: DeliveryKey, reason: string): Promise<void> =>
  mark(database, { ...key, state: 'failed', messageId: null, reason });

const writers = new WeakMap<Database, (group: 'all', outcome: DeliveryOutcome) => Promise<void>>();

/** Resolves when the outcome is committed. Outcomes that arrive during a write go together in the next statement. */
function mark(database: Database, outcome: DeliveryOutcome): Promise<void> {
  const write =
    writers.get(database) ?? together((_, outcomes: DeliveryOutcome[]) => writeOutcomes(database, outcomes));
  writers.set(database, write);
  return write('all', outcome);
}

async function writeOutcomes({ db }: Database, outcomes: readonly DeliveryOutcome[]): Promise<() => void> {
  await sql`
    update deliveries set
      state = outcome.state, reason = outcome.reason, at = now(),
      message_id = coalesce(outcome.message_id, deliveries.message_id)
    from unnest(
      ${outcomes.map(({ episodeId }) => episodeId)}::text[],
      ${outcomes.map(({ message }) => message)}::text[],
      ${outcomes.map(({ contact }) => contact)}::text[],
      ${outcomes.map(({ channel }) => channel)}::text[],
      ${outcomes.map(({ state }) => state)}::text[],
      ${outcomes.map(({ messageId }) => messageId)}::text[],
      ${outcomes.map(({ reason }) => reason)}::text[])
    as outcome (episode_id, message, contact, channel, state, message_id, reason)
    where deliveries.episode_id = outcome.episode_id and deliveries.message = outcome.message
      and deliveries.contact = outcome.contact and deliveries.channel = outcome.channel
      and deliveries.state <> 'taken'`.execute(db);
  return () => undefined;
}
