/** The ways out that the workers have, as their configuration says; the API knows them from here. */
import { sql } from 'kysely';
import { CHANNELS, type Channel } from '../plan/types.js';
import type { Database } from './database.js';

export interface ConfiguredWay {
  /** `email`, `sms`, `wecom 区级工作群`. */
  way: string;
  /** What bounds it, in words. */
  limits: string[];
}

export interface KnownWay extends ConfiguredWay {
  /** Real milliseconds since 1970. */
  takenAt: number | null;
}

/** A worker that starts says what it has. What is no longer configured goes; when something was last taken stays. */
export async function noteWays({ db }: Database, ways: readonly ConfiguredWay[]): Promise<void> {
  await sql`
    with gone as (delete from channels where not way = any(${ways.map(({ way }) => way)}::text[]))
    insert into channels (way, limits)
    select way, limits::json from unnest(
      ${ways.map(({ way }) => way)}::text[],
      ${ways.map(({ limits }) => JSON.stringify(limits))}::text[]) as configured (way, limits)
    on conflict (way) do update set limits = excluded.limits`.execute(db);
}

export async function noteTaken({ db }: Database, way: string, at: number): Promise<void> {
  await db.updateTable('channels').set({ taken_at: at }).where('way', '=', way).execute();
}

export const knownWays = ({ db }: Database): Promise<KnownWay[]> =>
  db.selectFrom('channels').select(['way', 'limits', 'taken_at as takenAt']).orderBy('way').execute();

/** Mail is always there, also before the first worker has said what it has. */
export async function configuredChannels(database: Database): Promise<Set<Channel>> {
  const known = await knownWays(database);
  return new Set(['email', ...CHANNELS.filter((channel) => known.some(({ way }) => way.split(' ')[0] === channel))]);
}
