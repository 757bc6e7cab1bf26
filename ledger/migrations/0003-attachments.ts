import { type Kysely, sql } from 'kysely';

const statements = [
  // Evidence by the hash of its bytes, once for each owner: a unit, or `office`. The bytes lie in the store of blobs/.
  `create table attachments (
    attachment_id text not null check (attachment_id ~ '^[0-9a-f]{64}$'),
    owner text not null,
    size integer not null check (size > 0),
    media_type text not null,
    name text not null,
    uploaded_by text not null,
    at timestamptz not null default now(),
    primary key (attachment_id, owner)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
