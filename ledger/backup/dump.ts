/**
 * Reads every table of a backup as of one moment, while the program works (docs/decisions/0039-backups.md). Rows are the JSON
 * that PostgreSQL makes of them, so that they do not depend on the format of its files.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';
import { BACKED_UP } from './tables.js';

/** Some rows of a table, each one line of JSON. */
export interface TablePage {
  table: string;
  rows: string[];
}

type Db = Kysely<Schema>;

const PAGE = 1_000;
/** Rows of these may be megabytes. */
const PAGES: Record<string, number> = { archives: 5, papers: 5 };
const pageOf = (table: string): number => PAGES[table] ?? PAGE;

/**
 * Entries and archives never change, and are nearly all there is. They are read first, in pages, so that the moment itself is
 * short: an embedded database answers nobody else in it.
 */
export async function* dumpTables({ db }: Database): AsyncGenerator<TablePage> {
  const entries: Record<string, number> = {};
  yield* early(db, 'entries', 'seq', (chainId, seq) => {
    entries[chainId] = Number(seq);
  });
  const archives: string[] = [];
  yield* early(db, 'archives', 'run_id', (chainId, runId) => archives.push(`${chainId}/${runId}`));

  const rest: Record<string, RawBuilder<unknown>> = {
    entries: sql`select t.* from entries t
      left join json_each_text(${literal(entries)}) as seen (chain_id, last) using (chain_id)
      where seq > coalesce(last::integer, 0)`,
    archives: sql`select * from archives
      where chain_id || '/' || run_id not in (select json_array_elements_text(${literal(archives)}))`,
    // One may correct another before it.
    hand_overs: sql`select * from hand_overs order by number`,
  };
  const moment = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    for (const table of BACKED_UP)
      yield* inMoment(moment, table, rest[table] ?? sql`select * from ${sql.table(table)}`);
  } finally {
    await moment.rollback().execute();
  }
}

/** A cursor takes no parameters. */
const literal = (value: unknown): RawBuilder<unknown> => sql`${sql.lit(JSON.stringify(value))}::json`;

async function* early(
  db: Db,
  table: 'entries' | 'archives',
  key: 'seq' | 'run_id',
  note: (chainId: string, key: string) => void,
): AsyncGenerator<TablePage> {
  let after: RawBuilder<unknown> = sql`true`;
  for (;;) {
    const { rows } = await sql<{ chain_id: string; key: string; row: string }>`
      select chain_id, ${sql.ref(key)}::text as key, row_to_json(t)::text as row
      from ${sql.table(table)} t where ${after} order by chain_id, ${sql.ref(key)} limit ${pageOf(table)}`.execute(db);
    for (const { chain_id, key: read } of rows) note(chain_id, read);
    if (rows.length > 0) yield { table, rows: rows.map(({ row }) => row) };
    const last = rows.at(-1);
    if (!last || rows.length < pageOf(table)) return;
    const typed = key === 'seq' ? sql`${last.key}::integer` : sql`${last.key}`;
    after = sql`(chain_id, ${sql.ref(key)}) > (${last.chain_id}, ${typed})`;
  }
}

async function* inMoment(moment: Db, table: string, rows: RawBuilder<unknown>): AsyncGenerator<TablePage> {
  await sql`declare backup no scroll cursor for select row_to_json(t)::text as row from (${rows}) t`.execute(moment);
  for (;;) {
    const page = await sql<{ row: string }>`fetch ${sql.lit(pageOf(table))} from backup`.execute(moment);
    if (page.rows.length === 0) break;
    yield { table, rows: page.rows.map(({ row }) => row) };
  }
  await sql`close backup`.execute(moment);
}
