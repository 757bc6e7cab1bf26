/** What gateways say of the messages that they took (docs/decisions/0015). */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.js';
import type { DeliveryKey } from './deliveries.js';

type Receipt = 'delivered' | 'undelivered';

interface Said {
  outcome: Receipt;
  reason?: string;
  /** By a key pressed in a call. */
  acknowledged?: boolean;
}

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
 * first receipt stands, and is answered with; a key may be pressed after it. `kept`: a message is on its way whose id is not
 * known yet, perhaps this one. `unknown`: no message of ours.
 */
export async function noteReceipt(
  database: Database,
  channel: string,
  messageId: string,
  said: Said,
): Promise<NotedReceipt[] | 'unknown' | 'kept' | 'perhaps'> {
  const { outcome, reason, acknowledged = false } = said;
  const { rows } = await sql<NotedReceipt>`
    update deliveries set ${written({ outcome: sql`${outcome}`, reason: sql`${reason ?? null}`, pressed: sql`${acknowledged}::boolean` })}
    where channel = ${channel} and message_id = ${messageId} and receipt is not null
    returning ${NOTED}`.execute(database.db);
  if (rows.length > 0) return rows;
  return keepEarly(database, channel, messageId, said);
}

type Value = RawBuilder<unknown>;

const written = ({ outcome, reason, pressed }: Record<'outcome' | 'reason' | 'pressed', Value>) => sql`
  receipt = case deliveries.receipt when 'awaited' then ${outcome} else deliveries.receipt end,
  receipt_at = coalesce(deliveries.receipt_at, now()),
  reason = case deliveries.receipt when 'awaited' then ${reason} else deliveries.reason end,
  pressed = deliveries.pressed or ${pressed},
  handed_over = deliveries.handed_over and (deliveries.pressed or not ${pressed})`;

/** Others use the gateway too, and their receipts are none of ours. */
const MOST_EARLY = 10_000;

/** Keeps a receipt while a message is on its way: the gateway may have told of it before its answer to us was stored. */
async function keepEarly(
  { db }: Database,
  channel: string,
  messageId: string,
  { outcome, reason, acknowledged = false }: Said,
): Promise<'unknown' | 'kept' | 'perhaps'> {
  await sql`delete from early_receipts where at < now() - interval '1 day'`.execute(db);
  const { rows } = await sql<{ sending: boolean; kept: boolean }>`
    with sending as (
      select 1 from deliveries
      where channel = ${channel} and state = 'sending' and at > now() - interval '1 minute' limit 1
    ), kept as (
      insert into early_receipts (channel, message_id, outcome, reason, pressed)
      select ${channel}, ${messageId}, ${outcome}, ${reason ?? null}, ${acknowledged} from sending
      where (select count(*) from early_receipts) < ${MOST_EARLY}::integer
      on conflict (channel, message_id) do update set pressed = early_receipts.pressed or excluded.pressed
      returning 1
    )
    select exists (select from sending) as sending, exists (select from kept) as kept`.execute(db);
  const { sending, kept } = rows[0]!;
  return kept ? 'kept' : sending ? 'perhaps' : 'unknown';
}

/** Gives receipts that were kept to their messages, whose ids are known now. */
export const takeUpEarly = async ({ db }: Database): Promise<void> => {
  await sql`
    with early as (
      delete from early_receipts using deliveries
      where deliveries.channel = early_receipts.channel and deliveries.message_id = early_receipts.message_id
        and deliveries.receipt is not null
      returning early_receipts.*
    )
    update deliveries set ${written({ outcome: sql`early.outcome`, reason: sql`early.reason`, pressed: sql`early.pressed` })}
    from early where deliveries.channel = early.channel and deliveries.message_id = early.message_id
      and deliveries.receipt is not null`.execute(db);
};

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

/**
 * Receipts that no episode has yet: of each episode the oldest first, so that one whose run is broken off holds up no other.
 */
export async function receiptsToHandOver({ db }: Database, limit: number): Promise<NotedReceipt[]> {
  const { rows } = await sql<NotedReceipt>`
    select ${NOTED} from deliveries
    where receipt_at is not null and not handed_over
    order by row_number() over (partition by episode_id order by receipt_at), receipt_at limit ${limit}`.execute(db);
  return rows;
}
