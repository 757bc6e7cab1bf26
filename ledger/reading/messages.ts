/** The messages of an episode, with the entries that tell of each. */
import { sql } from 'kysely';
import type { Entry } from '../../episode/entries.js';
import type { DeliveryCount, MessageStanding } from '../../episode/message-standing.js';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import { CHANNELS } from '../../plan/types.js';
import type { Database } from '../database.js';
import { findEntries, limitOf } from './reading.js';

export interface MessageFilter {
  state?: MessageStanding;
  unitId?: string;
  cursor?: string;
  limit?: number;
}

export interface ListedMessage {
  message: string;
  state: MessageStanding;
  /** In the order of the record. The first made it. */
  entries: [Entry, ...Entry[]];
}

type Row = { message: string; number: number; state: MessageStanding; seqs: number[] };
const COLUMNS = ['message', 'number', 'state', 'seqs'] as const;

/** The last made first. Throws `CursorUnknown`. */
export async function listMessages(
  database: Database,
  episodeId: string,
  filter: MessageFilter,
): Promise<Page<ListedMessage>> {
  const limit = limitOf(filter.limit);
  let query = database.db
    .selectFrom('messages')
    .select(COLUMNS)
    .where('episode_id', '=', episodeId)
    .orderBy('number', 'desc')
    .orderBy('message', 'desc')
    .limit(limit + 1);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.unitId !== undefined) query = query.where('unit_id', '=', filter.unitId);
  if (filter.cursor !== undefined) {
    const [number, message] = keyIn(filter.cursor, 'number', 'string');
    query = query.where(sql<boolean>`(number, message) < (${number}::bigint, ${message})`);
  }
  const page = pageOf(await query.execute(), limit, ({ number, message }) => [number, message]);
  return { ...page, items: await withEntries(database, episodeId, page.items) };
}

/** What each channel had done by that entry, in the order of the channels; those that did nothing are left out. */
export async function countDeliveries({ db }: Database, episodeId: string, until: number): Promise<DeliveryCount[]> {
  const { rows } = await sql<DeliveryCount>`
    select data->>'channel' as channel,
      count(*) filter (where kind = 'notification.sent')::int - count(*) filter (where kind = 'notification.undelivered')::int as taken,
      count(*) filter (where kind <> 'notification.sent')::int as failed
    from (
      select kind, canonical::json->'data' as data from entries
      where chain_id = ${episodeId} and seq <= ${until} and kind in ('notification.sent', 'notification.failed', 'notification.undelivered')
    ) as told
    where data->>'channel' is not null
    group by 1`.execute(db);
  return CHANNELS.flatMap((channel) => rows.find((row) => row.channel === channel) ?? []);
}

export async function findMessage(
  database: Database,
  episodeId: string,
  message: string,
): Promise<ListedMessage | undefined> {
  const row = await database.db
    .selectFrom('messages')
    .select(COLUMNS)
    .where('episode_id', '=', episodeId)
    .where('message', '=', message)
    .executeTakeFirst();
  return row && (await withEntries(database, episodeId, [row]))[0];
}

async function withEntries(database: Database, episodeId: string, rows: readonly Row[]): Promise<ListedMessage[]> {
  const entries = await findEntries(database, episodeId, [...new Set(rows.flatMap(({ seqs }) => seqs))]);
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  return rows.map(({ message, state, seqs }) => ({
    message,
    state,
    entries: seqs.map((seq) => bySeq.get(seq)!) as ListedMessage['entries'],
  }));
}
