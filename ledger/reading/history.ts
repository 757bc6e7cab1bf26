/** The entries of a chain: pages of them, and one with those beside it. */
import { type RawBuilder, sql } from 'kysely';
import type { Entry } from '../../episode/entries.js';
import { GENESIS } from '../../episode/hash-chain.js';
import { cursorOf, keyIn, type Page, pageOf } from '../../lib/cursor.js';
import { sha256 } from '../chain/chain.js';
import type { Database } from '../database.js';
import { entryOf, limitOf } from './reading.js';

export interface HistoryFilter {
  unitId?: string;
  kinds?: readonly string[];
  /** Roles, or ids of accounts. */
  actors?: readonly string[];
  /** A clause, and those below it: `4.3.2` finds `4.3.2.1（2）`. */
  clause?: string;
  /** Episode time in milliseconds, both included. */
  from?: number;
  to?: number;
  /** Words in the entry as it is written. */
  text?: string;
  order?: 'oldest' | 'newest';
  cursor?: string;
  limit?: number;
}

/**
 * No index finds words or clauses. A page looks through so many entries at most and may be short of its limit, even empty; its
 * cursor goes on where it stopped looking. So a page of a ledger of any length is quick.
 */
export const LOOKED_THROUGH = 5_000;

type Condition = RawBuilder<unknown>;

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

interface Line {
  seq: number;
  canonical: string;
  hash: string;
}

type Row = { until: number | null } & (Line | { [K in keyof Line]: null });

/** A line and one more than the page, with the number at which looking stopped; a row without a line where none is found. */
export function linesOfPage(chainId: string, filter: HistoryFilter): RawBuilder<Row> {
  const isNewest = filter.order === 'newest';
  const order = isNewest ? sql`desc` : sql`asc`;
  const found = all([sql`chain_id = ${chainId}`, ...byIndex(chainId, filter)]);
  const searched = bySearch(filter);
  const lastToLook = sql`(select seq from entries where ${found} order by seq ${order} offset ${LOOKED_THROUGH - 1} limit 1)`;
  const within = isNewest ? sql`seq >= coalesce(until, 0)` : sql`seq <= coalesce(until, 2147483647)`;
  return sql<Row>`
    select until, line.* from (
      select ${searched.length === 0 ? sql`null::integer` : lastToLook} as until
    ) as bound left join lateral (
      select seq, canonical, hash from entries
      where ${all([found, within, ...searched])}
      order by seq ${order} limit ${limitOf(filter.limit) + 1}
    ) as line on true`;
}

/** A page of a chain. Throws `CursorUnknown`. */
export async function historyPage({ db }: Database, chainId: string, filter: HistoryFilter): Promise<Page<Entry>> {
  const { rows } = await linesOfPage(chainId, filter).execute(db);
  const limit = limitOf(filter.limit);
  const lines = rows.filter((row): row is Row & Line => row.seq !== null);
  const { items, nextCursor } = pageOf(lines, limit, ({ seq }) => [seq]);
  const stopped = rows[0]?.until ?? undefined;
  const goesOn = nextCursor ?? (stopped === undefined ? undefined : cursorOf([stopped]));
  return { items: items.map(entryOf), ...(goesOn === undefined ? {} : { nextCursor: goesOn }) };
}

/** Conditions that an index answers. */
function byIndex(chainId: string, { unitId, kinds, actors, from, to, order, cursor }: HistoryFilter): Condition[] {
  const [after] = cursor === undefined ? [] : keyIn(cursor, 'number');
  return [
    ...(after === undefined ? [] : [order === 'newest' ? sql`seq < ${after}::bigint` : sql`seq > ${after}::bigint`]),
    ...(unitId === undefined ? [] : [sql`unit_id = ${unitId}`]),
    ...(kinds === undefined ? [] : [sql`kind = any(${kinds}::text[])`]),
    ...(actors === undefined ? [] : [byActors(actors)]),
    // Time never runs backwards in a chain, so that a time is a place in it.
    ...(from === undefined
      ? []
      : [sql`seq >= coalesce((${placeAt(chainId, sql`episode_time >= ${from}`, sql`asc`)}), 2147483647)`]),
    ...(to === undefined
      ? []
      : [sql`seq <= coalesce((${placeAt(chainId, sql`episode_time <= ${to}`, sql`desc`)}), 0)`]),
  ];
}

const placeAt = (chainId: string, when: Condition, order: Condition): Condition => sql`
  select seq from entries where chain_id = ${chainId} and ${when} order by episode_time ${order}, seq ${order} limit 1`;

/** Most entries are the system's: those of people have an index of their own. */
const byActors = (actors: readonly string[]): Condition => sql`
  (actor_role = any(${actors}::text[]) or account_id = any(${actors}::text[]))
  ${actors.includes('system') ? sql`` : sql`and actor_role <> 'system'`}`;

function bySearch({ clause, text }: HistoryFilter): Condition[] {
  return [
    ...(clause === undefined
      ? []
      : [sql`(clause = ${clause} or starts_with(clause, ${`${clause}.`}) or starts_with(clause, ${`${clause}（`}))`]),
    // As the entry is written: JSON has quotation marks and line breaks in other words.
    ...(text === undefined ? [] : [sql`position(${JSON.stringify(text).slice(1, -1)} in canonical) > 0`]),
  ];
}

const AT_ONCE = 500;

/** The whole chain as it is stored, a line an entry. */
export async function* textOfChain(database: Database, chainId: string): AsyncGenerator<string> {
  for await (const lines of linesOfChain(database, chainId))
    yield lines.map(({ canonical }) => `${canonical}\n`).join('');
}

/** The entries of the chain, in pages. */
export async function* entriesOfChain(database: Database, chainId: string): AsyncGenerator<Entry[]> {
  for await (const lines of linesOfChain(database, chainId)) yield lines.map(entryOf);
}

/** Read in pages, in which no entry is missed: a chain only grows. */
async function* linesOfChain({ db }: Database, chainId: string): AsyncGenerator<Line[]> {
  for (let after = 0; ; ) {
    const lines = await db
      .selectFrom('entries')
      .select(['seq', 'canonical', 'hash'])
      .where('chain_id', '=', chainId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(AT_ONCE)
      .execute();
    if (lines.length > 0) yield lines;
    if (lines.length < AT_ONCE) return;
    after = lines.at(-1)!.seq;
  }
}

/** A line of the chain, and its entry unless somebody made it unreadable. */
export interface ReadLine extends Line {
  entry?: Entry;
}

export interface LineInChain {
  line: ReadLine;
  previous?: ReadLine;
  next?: ReadLine;
  /** SHA-256 of the stored text, computed now. */
  hash: string;
  isAsStored: boolean;
  /** It names the hash of the text before it; the first names none. */
  followsPrevious: boolean;
  /** The next names the hash of its text. Absent: it is the last. */
  isFollowed?: boolean;
}

/** An entry between those beside it, with its hashes computed again; `undefined`: no such number. */
export async function lineInChain({ db }: Database, chainId: string, seq: number): Promise<LineInChain | undefined> {
  const lines = await db
    .selectFrom('entries')
    .select(['seq', 'canonical', 'hash'])
    .where('chain_id', '=', chainId)
    .where('seq', '>=', seq - 1)
    .where('seq', '<=', seq + 1)
    .execute();
  const [previous, line, next] = [seq - 1, seq, seq + 1].map((number) => {
    const found = lines.find((one) => one.seq === number);
    return found && { ...found, ...entryIn(found) };
  });
  if (!line) return undefined;
  const hash = sha256(line.canonical);
  const before = seq === 1 ? GENESIS : previous && sha256(previous.canonical);
  return {
    line,
    ...(previous && { previous }),
    ...(next && { next, isFollowed: next.entry?.previousHash === hash }),
    hash,
    isAsStored: hash === line.hash,
    followsPrevious: before !== undefined && line.entry?.previousHash === before,
  };
}

function entryIn(line: Line): { entry?: Entry } {
  try {
    return { entry: entryOf(line) };
  } catch {
    return {};
  }
}
