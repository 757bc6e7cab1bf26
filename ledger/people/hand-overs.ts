/** Notes that one shift of the duty desk leaves to the next (§6.1). They are kept as they were written. */
import { sql } from 'kysely';
import type { Phase } from '../../episode/state-types.js';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import type { WarningLevel } from '../../plan/types.js';
import type { Database } from '../database.js';
import { limitOf } from '../reading/reading.js';
import type { EpisodeAtHandOver } from './episode-at-hand-over.js';

export interface HandOver {
  handOverId: string;
  /** The person who hands over. */
  from: string;
  conditions: string;
  actions?: string;
  needs?: string;
  episodes: EpisodeAtHandOver[];
  /** The account. */
  writtenBy: string;
  /** Real milliseconds since 1970, as all times here. */
  writtenAt: number;
  /** The note that this one takes the place of. */
  corrects?: string;
}

export interface KeptHandOver extends HandOver {
  correctedBy?: string;
  acknowledged?: { name: string; by: string; at: number };
}

/** A known id is a repeat, and a note that was corrected before keeps its correction. */
export async function writeHandOver({ db }: Database, note: HandOver): Promise<void> {
  await db
    .insertInto('hand_overs')
    .values({
      hand_over_id: note.handOverId,
      from_name: note.from,
      conditions: note.conditions,
      actions: note.actions ?? null,
      needs: note.needs ?? null,
      episodes: JSON.stringify(note.episodes),
      written_by: note.writtenBy,
      written_at: note.writtenAt,
      corrects: note.corrects ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The first acknowledgement stands. */
export async function acknowledgeHandOver(
  { db }: Database,
  handOverId: string,
  { name, by, at }: NonNullable<KeptHandOver['acknowledged']>,
): Promise<void> {
  await db
    .insertInto('hand_over_acknowledgements')
    .values({ hand_over_id: handOverId, name, acknowledged_by: by, acknowledged_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const kept = ({ db }: Database) =>
  db
    .selectFrom('hand_overs as h')
    .leftJoin('hand_over_acknowledgements as a', 'a.hand_over_id', 'h.hand_over_id')
    .leftJoin('hand_overs as later', 'later.corrects', 'h.hand_over_id')
    .select(['h.number', 'h.hand_over_id', 'h.from_name', 'h.conditions', 'h.actions', 'h.needs', 'h.episodes'])
    .select(['h.written_by', 'h.written_at', 'h.corrects', 'later.hand_over_id as corrected_by'])
    .select(['a.name', 'a.acknowledged_by', 'a.acknowledged_at']);

type Row = Awaited<ReturnType<ReturnType<typeof kept>['execute']>>[number];

const noteOf = (row: Row): KeptHandOver => ({
  handOverId: row.hand_over_id,
  from: row.from_name,
  conditions: row.conditions,
  ...(row.actions === null ? {} : { actions: row.actions }),
  ...(row.needs === null ? {} : { needs: row.needs }),
  episodes: row.episodes,
  writtenBy: row.written_by,
  writtenAt: row.written_at,
  ...(row.corrects === null ? {} : { corrects: row.corrects }),
  ...(row.corrected_by === null ? {} : { correctedBy: row.corrected_by }),
  ...(row.name === null || row.acknowledged_by === null || row.acknowledged_at === null
    ? {}
    : { acknowledged: { name: row.name, by: row.acknowledged_by, at: row.acknowledged_at } }),
});

/** The last written first. Throws `CursorUnknown`. */
export async function listHandOvers(
  database: Database,
  { cursor, limit: asked }: { cursor?: string; limit?: number },
): Promise<Page<KeptHandOver>> {
  const limit = limitOf(asked);
  let query = kept(database)
    .orderBy('h.number', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [number] = keyIn(cursor, 'number');
    query = query.where(sql<boolean>`h.number < ${number}::bigint`);
  }
  const page = pageOf(await query.execute(), limit, ({ number }) => [number]);
  return { ...page, items: page.items.map(noteOf) };
}

export async function findHandOver(database: Database, handOverId: string): Promise<KeptHandOver | undefined> {
  const row = await kept(database).where('h.hand_over_id', '=', handOverId).executeTakeFirst();
  return row && noteOf(row);
}

const MOST_EPISODES = 100;

/** The open episodes, real ones first. Of each only what a note names is read. */
export async function episodesToHandOver({ db }: Database): Promise<EpisodeAtHandOver[]> {
  const rows = await db
    .selectFrom('episodes')
    .select(['episode_id', 'drill', 'phase'])
    .select(sql<number>`(head -> 'head' ->> 'seq')::integer`.as('seq'))
    .select(sql<Notice[]>`head -> 'notices'`.as('notices'))
    .where('phase', 'not in', ['new', 'closed'])
    .orderBy('drill')
    .orderBy('opened_at', 'desc')
    .limit(MOST_EPISODES)
    .execute();
  return rows.map(({ episode_id, drill, phase, seq, notices }) => ({
    episodeId: episode_id,
    drill,
    phase: phase as Phase,
    warningLevel: levelOf(notices),
    seq,
  }));
}

interface Notice {
  kind: string;
  effect: string;
  level: WarningLevel;
}

const levelOf = (notices: readonly Notice[]): WarningLevel =>
  (notices.findLast(({ effect, kind }) => effect === 'taken' && kind !== 'lift') ?? notices[0]!).level;
