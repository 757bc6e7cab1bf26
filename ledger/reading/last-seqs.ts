import { sql } from 'kysely';
import { grouped } from '../../lib/grouped.js';
import type { Database } from '../database.js';

/** The number of the last entry of every episode, and the episodes that each of some units takes part in. */
export interface LastSeqs {
  all: Array<{ episodeId: string; seq: number }>;
  ofUnit: Map<string, string[]>;
}

export async function lastSeqs({ db }: Database, unitIds: readonly string[]): Promise<LastSeqs> {
  const all = await db
    .selectFrom('episodes as e')
    .select(['e.episode_id as episodeId'])
    .select((q) =>
      q
        .selectFrom('entries')
        .select((of) => of.fn.max('seq').as('seq'))
        .whereRef('chain_id', '=', 'e.episode_id')
        .as('seq'),
    )
    .orderBy('opened_at', 'desc')
    .execute();
  const parts = await db
    .selectFrom('episode_units')
    .select(['unit_id', 'episode_id'])
    .where('unit_id', '=', sql<string>`any(${unitIds}::text[])`)
    .execute();
  return {
    all: all.map(({ episodeId, seq }) => ({ episodeId, seq: seq ?? 0 })),
    ofUnit: new Map(
      [...grouped(parts, ({ unit_id }) => unit_id)].map(([unitId, own]) => [
        unitId,
        own.map(({ episode_id }) => episode_id),
      ]),
    ),
  };
}
