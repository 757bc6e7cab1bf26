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
 * The earlier state of a delivery. `open`: perhaps the server took it before a crash. `receipted`: taken by a gateway that
 * tells later whether it arrived.
 */
export type Before = 'new' | 'open' | 'failed' | 'taken' | 'receipted';

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
    select case
        when earlier.state = 'sending' then 'open'
        when earlier.receipt is not null then 'receipted'
        else coalesce(earlier.state, 'new')
      end as before
    from asked left join deliveries as earlier using (episode_id, message, contact, channel)
    order by place`.execute(db);
  return rows.map(({ before }) => before);
}

/** Deliveries of these messages that were taken, by `contact/channel`. */
export async function takenOf(
  { db }: Database,
  episodeId: string,
  messages: readonly string[],
): Promise<Map<string, Map<string, { awaitsReceipt: boolean }>>> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['message', 'contact', 'channel', 'receipt'])
    .where('episode_id', '=', episodeId)
    .where('message', '=', sql<string>`any(${messages}::text[])`)
    .where('state', '=', 'taken')
    .execute();
  const taken = new Map(messages.map((message) => [message, new Map<string, { awaitsReceipt: boolean }>()]));
  for (const { message, contact, channel, receipt } of rows)
    taken.get(message)?.set(`${contact}/${channel}`, { awaitsReceipt: receipt !== null });
  return taken;
}

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

type Receipt = 'delivered' | 'undelivered';

/** What a gateway has said of a message that it took, as its row holds it. */
export interface NotedReceipt extends DeliveryKey {
  outcome: Receipt;
  reason: string | null;
  /** A key was pressed in the call. */
  pressed: boolean;
}

const NOTED = sql`episode_id as "episodeId", message, contact, channel, receipt as outcome, reason, pressed`;

/**
 * Notes what the gateway says of a message that it took, by the id that it gave it, for each delivery that went by it. The
 * first receipt stands, and is answered with; a key may be pressed after it. `unknown`: no such message; `perhaps`: one is on its way whose id is not
 * known yet.
 */
export async function noteReceipt(
  { db }: Database,
  channel: string,
  messageId: string,
  { outcome, reason, acknowledged = false }: { outcome: Receipt; reason?: string; acknowledged?: boolean },
): Promise<NotedReceipt[] | 'unknown' | 'perhaps'> {
  const { rows } = await sql<NotedReceipt>`
    update deliveries set
      receipt = case receipt when 'awaited' then ${outcome} else receipt end,
      receipt_at = coalesce(receipt_at, now()),
      reason = case receipt when 'awaited' then ${reason ?? null} else reason end,
      pressed = pressed or ${acknowledged},
      handed_over = handed_over and (pressed or not ${acknowledged})
    where channel = ${channel} and message_id = ${messageId} and receipt is not null
    returning ${NOTED}`.execute(db);
  if (rows.length > 0) return rows;
  const sending = await sql`
    select 1 from deliveries
    where channel = ${channel} and state = 'sending' and at > now() - interval '1 minute' limit 1`.execute(db);
  return sending.rows.length > 0 ? 'perhaps' : 'unknown';
}

/** Notes that the episode has the receipt, or has ended. A key that was pressed meanwhile is still to be handed over. */
export async function markHandedOver(
  { db }: Database,
  { episodeId, message, contact, channel, pressed }: NotedReceipt,
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ handed_over: true })
    .where('episode_id', '=', episodeId)
    .where('message', '=', message)
    .where('contact', '=', contact)
    .where('channel', '=', channel)
    .where('pressed', '=', pressed)
    .execute();
}

/** Receipts that no episode has yet, the oldest first. */
export async function receiptsToHandOver({ db }: Database, limit: number): Promise<NotedReceipt[]> {
  const { rows } = await sql<NotedReceipt>`
    select ${NOTED} from deliveries
    where receipt_at is not null and not handed_over order by receipt_at limit ${limit}`.execute(db);
  return rows;
}
