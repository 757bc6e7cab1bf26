import { type Kysely, sql } from 'kysely';

/** Who rang, and the like: named by an entry of a chain, and kept here, where it can be taken away. */
const statements = [
  `create table personal_data (
    reference text primary key,
    content text not null,
    at timestamptz not null default now()
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
