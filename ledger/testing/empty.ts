/** Changes to a database that the program itself never makes. For tests alone. */
import { sql } from 'kysely';
import type { Database } from '../database.js';

/** Removes every row, of entries too. */
export async function empty({ db }: Database): Promise<void> {
  await withoutTriggers(db, async (trx) => {
    const { rows } = await sql<{ name: string }>`
      select quote_ident(tablename) as name from pg_tables
      where schemaname = 'public' and tablename not like 'kysely%'`.execute(trx);
    await sql.raw(`truncate ${rows.map(({ name }) => name).join(', ')} cascade`).execute(trx);
  });
}

/** Acts as the owner of the database, who may change entries. */
export async function withoutTriggers(db: Database['db'], work: (trx: Database['db']) => Promise<void>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await work(trx);
  });
}
