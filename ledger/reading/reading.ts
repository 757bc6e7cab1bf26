/** Reads the ledger: episodes from the read model, entries from the chain. */
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Entry } from '../../episode/entries.js';
import type { EpisodeState, Phase, RememberedCommand } from '../../episode/state-types.js';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import { grouped } from '../../lib/grouped.js';
import { readBinding } from '../chain/binding.js';
import { stateOf, type UnitLateness } from '../chain/fold.js';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

export const limitOf = (limit = DEFAULT_LIMIT): number => Math.max(1, Math.min(limit, MAX_LIMIT));

/** An episode without its units: enough for `episodeViewOf`. */
export const findEpisode = (database: Database, episodeId: string): Promise<EpisodeState | undefined> =>
  findState(database, episodeId, []);

/** An episode with some of its units. Units it does not have are left out. */
export const findEpisodeWithUnits = (
  database: Database,
  episodeId: string,
  unitIds: readonly string[],
): Promise<EpisodeState | undefined> => findState(database, episodeId, unitIds);

/** An episode with all its units, in the order of joining: enough for `boardOf`. */
export const readState = (database: Database, episodeId: string): Promise<EpisodeState | undefined> =>
  findState(database, episodeId, 'all');

async function findState(
  database: Database,
  episodeId: string,
  unitIds: readonly string[] | 'all',
): Promise<EpisodeState | undefined> {
  const { episode, units } = await database.db
    .selectNoFrom((q) => [
      jsonObjectFrom(q.selectFrom('episodes').select(['head', 'binding_hash']).where('episode_id', '=', episodeId)).as(
        'episode',
      ),
      jsonArrayFrom(unitStates(q, episodeId, unitIds)).as('units'),
    ])
    .executeTakeFirstOrThrow();
  if (!episode) return undefined;
  const states = units.map(({ state }) => state);
  return stateOf(episode.head, await readBinding(database, episode.binding_hash), states);
}

/** Units' states in the order of joining. */
export function unitStates(q: ExpressionBuilder<Schema, never>, episodeId: string, unitIds: readonly string[] | 'all') {
  const all = q.selectFrom('episode_units').select('state').where('episode_id', '=', episodeId).orderBy('position');
  return unitIds === 'all' ? all : all.where('unit_id', '=', sql<string>`any(${unitIds}::text[])`);
}

export interface EpisodeFilter {
  phase?: Phase;
  drill?: boolean;
  /** Those that this unit takes part in. */
  unitId?: string;
  cursor?: string;
  limit?: number;
}

/** An episode without its units but the one that was asked for, its first entry, and what its units did late or not at all. */
export interface ListedEpisode {
  state: EpisodeState;
  first: Entry;
  units: UnitLateness;
}

/** Episodes, the last opened first. Throws `CursorUnknown`. */
export async function listEpisodes(database: Database, filter: EpisodeFilter): Promise<Page<ListedEpisode>> {
  const limit = limitOf(filter.limit);
  let query = database.db
    .selectFrom('episodes')
    .innerJoin('entries', (join) => join.onRef('chain_id', '=', 'episodes.episode_id').on('seq', '=', 1))
    .leftJoin('episode_units as unit', (join) =>
      join.onRef('unit.episode_id', '=', 'episodes.episode_id').on('unit.unit_id', '=', filter.unitId ?? ''),
    )
    .select(['episodes.episode_id', 'opened_at', 'head', 'binding_hash', 'canonical', 'hash', 'unit.state as unit'])
    .select((q) =>
      jsonObjectFrom(
        q
          .selectFrom('episode_units as all')
          .select([sql<number>`coalesce(sum(late), 0)`.as('late'), sql<number>`coalesce(sum(missed), 0)`.as('missed')])
          .whereRef('all.episode_id', '=', 'episodes.episode_id'),
      ).as('units'),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('episodes.episode_id', 'desc')
    .limit(limit + 1);
  if (filter.unitId !== undefined) query = query.where('unit.state', 'is not', null);
  if (filter.phase !== undefined) query = query.where('phase', '=', filter.phase);
  if (filter.drill !== undefined) query = query.where('drill', '=', filter.drill);
  if (filter.cursor !== undefined) {
    const [openedAt, episodeId] = keyIn(filter.cursor, 'number', 'string');
    query = query.where(sql<boolean>`(opened_at, episodes.episode_id) < (${openedAt}, ${episodeId})`);
  }
  const page = pageOf(await query.execute(), limit, (row) => [row.opened_at, row.episode_id]);
  const items = page.items.map(async ({ head, binding_hash, unit, units, ...first }) => ({
    state: stateOf(head, await readBinding(database, binding_hash), unit ? [unit] : []),
    first: entryOf(first),
    units: units!,
  }));
  return { ...page, items: await Promise.all(items) };
}

/** The real episode that is announced or active, without its units. */
export async function findRunning(database: Database): Promise<EpisodeState | undefined> {
  const running = await database.db
    .selectFrom('episodes')
    .select('episode_id')
    .where('drill', '=', false)
    .where('phase', 'in', ['new', 'announced', 'active'])
    .executeTakeFirst();
  return running && findEpisode(database, running.episode_id);
}

/** The first entry a command made, with the hash of its body. */
export async function findCommand(
  database: Database,
  chainId: string,
  commandId: string,
): Promise<RememberedCommand | undefined> {
  return (await findCommands(database, chainId, [commandId])).get(commandId);
}

/** The same for several, by id. Commands without an entry are left out. */
export async function findCommands(
  { db }: Database,
  chainId: string,
  commandIds: readonly string[],
): Promise<Map<string, RememberedCommand>> {
  const rows = await db
    .selectFrom('commands')
    .select(['command_id', 'body_hash', 'seq'])
    .where('chain_id', '=', chainId)
    .where('command_id', '=', sql<string>`any(${commandIds}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.command_id, { bodyHash: row.body_hash, seq: row.seq }]));
}

/** The commands whose first entry is one of these, by its number. */
export async function commandsAt(
  { db }: Database,
  chainId: string,
  seqs: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('commands')
    .select(['command_id', 'seq'])
    .where('chain_id', '=', chainId)
    .where('seq', '=', sql<number>`any(${seqs}::integer[])`)
    .execute();
  return new Map(rows.map(({ seq, command_id }) => [seq, command_id]));
}

export async function findEntry(database: Database, chainId: string, seq: number): Promise<Entry | undefined> {
  const [entry] = await findEntries(database, chainId, [seq]);
  return entry;
}

/** Entries by number, in order. Missing numbers are left out. */
export async function findEntries({ db }: Database, chainId: string, seqs: readonly number[]): Promise<Entry[]> {
  if (seqs.length === 0) return [];
  const rows = await db
    .selectFrom('entries')
    .select(['canonical', 'hash'])
    .where('chain_id', '=', chainId)
    .where('seq', '=', sql<number>`any(${seqs}::integer[])`)
    .orderBy('seq')
    .execute();
  return rows.map(entryOf);
}

/** Entries of several chains, by chain. */
export async function entriesAt(
  { db }: Database,
  places: ReadonlyArray<{ chainId: string; seq: number }>,
): Promise<Map<string, Entry[]>> {
  if (places.length === 0) return new Map();
  const { rows } = await sql<{ chainId: string; canonical: string; hash: string }>`
    select chain_id as "chainId", canonical, hash
    from unnest(${places.map(({ chainId }) => chainId)}::text[], ${places.map(({ seq }) => seq)}::integer[])
      as place (chain_id, seq) join entries using (chain_id, seq)
    order by chain_id, seq`.execute(db);
  const chains = grouped(rows, ({ chainId }) => chainId);
  return new Map([...chains].map(([chainId, lines]) => [chainId, lines.map(entryOf)]));
}

/** The entry as it was hashed, and its hash. */
export const entryOf = ({ canonical, hash }: { canonical: string; hash: string }): Entry => ({
  ...JSON.parse(canonical),
  hash,
});

export const hasHeldDrill = async ({ db }: Database): Promise<boolean> =>
  (await db.selectFrom('episodes').select('episode_id').where('drill', '=', true).limit(1).execute()).length > 0;
