/** Entries that everybody may read. */
import { sql } from 'kysely';
import type { Entry } from '../../episode/entries.js';
import { grouped } from '../../lib/grouped.js';
import type { Database } from '../database.js';
import { entryOf } from './reading.js';

/** Of one episode, in the order of entry. */
export async function publicEntriesOf({ db }: Database, chainId: string): Promise<Entry[]> {
  const { rows } = await sql<{ canonical: string; hash: string }>`
    select canonical, hash from entries
    where kind in ('text.issued', 'statement.issued', 'review.published') and chain_id = ${chainId}
    order by seq`.execute(db);
  return rows.map(entryOf);
}

/**
 * By episode, in the order of entry, but for the episodes that are known already. The kinds are those of the index
 * `public_entries`, which alone makes this quick.
 */
export async function publicEntries({ db }: Database, known: readonly string[]): Promise<Map<string, Entry[]>> {
  const { rows } = await sql<{ chainId: string; canonical: string; hash: string }>`
    select chain_id as "chainId", canonical, hash from entries
    where kind in ('text.issued', 'statement.issued', 'review.published') and chain_id <> all(${known}::text[])
    order by chain_id, seq`.execute(db);
  const chains = grouped(rows, ({ chainId }) => chainId);
  return new Map([...chains].map(([chainId, lines]) => [chainId, lines.map(entryOf)]));
}
