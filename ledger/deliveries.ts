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

/**
 * The earlier state of a delivery. `open`: perhaps the server took it before a crash, or its row was lost. `receipted`: taken by a gateway that
 * tells later whether it arrived.
 */
export type Before = 'new' | 'open' | 'failed' | 'taken' | 'receipted';

/**
 * Marks deliveries as `sending`, except those already taken. Answers the earlier state of each, in order. A row that was open is
 * marked for good as perhaps sent twice: what is answered of it may be lost, and asked for again.
 */
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
      insert into deliveries (episode_id, message, contact, channel, state, perhaps_twice)
      select episode_id, message, contact, channel, 'sending', perhaps.message is not null
      from asked left join perhaps_sent as perhaps using (episode_id, message)
      on conflict (episode_id, message, contact, channel) do update set
        state = 'sending', at = now(), reason = null,
        perhaps_twice = deliveries.perhaps_twice or excluded.perhaps_twice or deliveries.state = 'sending'
      where deliveries.state <> 'taken'
    )
    select case
        when earlier.state = 'sending' or (perhaps.message is not null and earlier.state is distinct from 'taken')
          then 'open'
        when earlier.receipt is not null then 'receipted'
        else coalesce(earlier.state, 'new')
      end as before
    from asked left join deliveries as earlier using (episode_id, message, contact, channel)
    left join perhaps_sent as perhaps using (episode_id, message)
    order by place`.execute(db);
  return rows.map(({ before }) => before);
}

/** Deliveries of these messages that were taken, by `contact/channel`. */
export async function takenOf(
  { db }: Database,
  episodeId: string,
  messages: readonly string[],
): Promise<Map<string, Map<string, TakenHow>>> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['message', 'contact', 'channel', 'receipt', 'perhaps_twice'])
    .where('episode_id', '=', episodeId)
    .where('message', '=', sql<string>`any(${messages}::text[])`)
    .where('state', '=', 'taken')
    .execute();
  const taken = new Map(messages.map((message) => [message, new Map<string, TakenHow>()]));
  for (const { message, contact, channel, receipt, perhaps_twice } of rows)
    taken.get(message)?.set(`${contact}/${channel}`, {
      ...(receipt !== null && { awaitsReceipt: true }),
      ...(perhaps_twice && { perhapsTwice: true }),
    });
  return taken;
}

/** How a delivery was taken: whether a gateway tells of its arrival, and whether it was perhaps taken twice. */
export interface TakenHow {
  awaitsReceipt?: true;
  perhapsTwice?: true;
}

/** One message told all of these, and one row says that it was taken: so do the others, and what a gateway said of it. */
export const markLikeTaken = async ({ db }: Database, keys: readonly DeliveryKey[]): Promise<void> => {
  const asked = sql`unnest(
    ${keys.map(({ episodeId }) => episodeId)}::text[],
    ${keys.map(({ message }) => message)}::text[],
    ${keys.map(({ contact }) => contact)}::text[],
    ${keys.map(({ channel }) => channel)}::text[]) as asked (episode_id, message, contact, channel)`;
  await sql`
    with taken as (
      select message_id, receipt, receipt_at, reason
      from deliveries join ${asked} using (episode_id, message, contact, channel) where state = 'taken' limit 1
    )
    insert into deliveries (episode_id, message, contact, channel, state, message_id, receipt, receipt_at, reason)
    select asked.*, 'taken', taken.* from ${asked}, taken
    on conflict (episode_id, message, contact, channel) do update set
      state = 'taken', at = now(), message_id = excluded.message_id, receipt = excluded.receipt,
      receipt_at = excluded.receipt_at, reason = excluded.reason
    where deliveries.state <> 'taken'`.execute(db);
};

interface DeliveryOutcome extends DeliveryKey {
  state: 'taken' | 'failed';
  messageId: string | null;
  reason: string | null;
  receipt: 'awaited' | null;
}

/** Notes that the server took the message. A row that is `taken` never changes again but by its receipt. */
export const markTaken = (
  database: Database,
  key: DeliveryKey,
  messageId: string,
  awaitsReceipt = false,
): Promise<void> =>
  mark(database, { ...key, state: 'taken', messageId, reason: null, receipt: awaitsReceipt ? 'awaited' : null });

/** Notes that the server did not take the message, with the reason: refused for good, or to be tried again. */
export const markFailed = (database: Database, key: DeliveryKey, reason: string): Promise<void> =>
  mark(database, { ...key, state: 'failed', messageId: null, reason, receipt: null });

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
      state = outcome.state, reason = outcome.reason, receipt = outcome.receipt, at = now(),
      message_id = coalesce(outcome.message_id, deliveries.message_id)
    from unnest(
      ${outcomes.map(({ episodeId }) => episodeId)}::text[],
      ${outcomes.map(({ message }) => message)}::text[],
      ${outcomes.map(({ contact }) => contact)}::text[],
      ${outcomes.map(({ channel }) => channel)}::text[],
      ${outcomes.map(({ state }) => state)}::text[],
      ${outcomes.map(({ messageId }) => messageId)}::text[],
      ${outcomes.map(({ reason }) => reason)}::text[],
      ${outcomes.map(({ receipt }) => receipt)}::text[])
    as outcome (episode_id, message, contact, channel, state, message_id, reason, receipt)
    where deliveries.episode_id = outcome.episode_id and deliveries.message = outcome.message
      and deliveries.contact = outcome.contact and deliveries.channel = outcome.channel
      and deliveries.state <> 'taken'`.execute(db);
  return () => undefined;
}
