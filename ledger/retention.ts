import { sql } from 'kysely';
import type { Database } from './database.js';

/**
 * Forgets what was only of use for a while and is older than `before`, in real milliseconds: keys by which a repeated request
 * was known, how each delivery of a sealed record went (what became of its message stays in the record), lists that were
 * looked at before an import. Answers how many rows that were. The record itself is never touched.
 */
export async function forget(
  { db }: Database,
  before: number,
): Promise<Record<'keys' | 'deliveries' | 'imports', number>> {
  const moment = new Date(before);
  const keys = await db.deleteFrom('idempotency_keys').where('at', '<', moment).executeTakeFirst();
  const deliveries = await db
    .deleteFrom('deliveries')
    .where('at', '<', moment)
    .where('episode_id', 'in', (of) => of.selectFrom('episodes').select('episode_id').where('phase', '=', 'closed'))
    // A receipt that no episode has yet is still handed over.
    .where(sql<boolean>`receipt_at is null or handed_over`)
    .executeTakeFirst();
  const imports = await db.deleteFrom('roster_imports').where('made_at', '<', before).executeTakeFirst();
  const [k, d, i] = [keys, deliveries, imports].map(({ numDeletedRows }) => Number(numDeletedRows));
  return { keys: k!, deliveries: d!, imports: i! };
}
