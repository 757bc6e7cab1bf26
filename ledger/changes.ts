/**
 * What has changed, told in the transaction that changes it to every process that listens (docs/design.md, "HTTP"). It has
 * no content: whoever is told reads again.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Entry } from '../episode/entries.js';
import type { Database } from './database.js';
import type { Hearing, Listening } from './listening.js';

/** Entries were appended up to `seq`; `unitIds`: they are about these units alone. */
export interface Appending {
  episodeId: string;
  seq: number;
  unitIds?: string[];
}

/** What people see that is in no episode. Triggers tell of it (`tell_of_change`), of revisions the append to the district's chain. */
export const UNRECORDED = ['channels', 'interruptions', 'people', 'revisions'] as const;
export type Unrecorded = (typeof UNRECORDED)[number];

/** `sessions`: some have ended, or a token was revoked. */
export type DatabaseChange = Appending | { what: Unrecorded | 'sessions' };

const CHANNEL = 'changes';
/** PostgreSQL takes 8,000. Longer lists are left out: then everybody looks. */
const MOST_BYTES = 7_000;

/** The statement that tells of an append, as the last part of it. */
export const tellOfAppend = (episodeId: string, entries: readonly Entry[]): RawBuilder<unknown> =>
  sql`select pg_notify(${CHANNEL}, ${payloadOf(episodeId, entries)})`;

/** The same of an append to the district's chain. */
export const tellOfRevisions = (): RawBuilder<unknown> =>
  sql`select pg_notify(${CHANNEL}, ${JSON.stringify({ what: 'revisions' })})`;

function payloadOf(episodeId: string, entries: readonly Entry[]): string {
  const { seq } = entries.at(-1)!;
  const unitIds = new Set(entries.map((entry) => entry.unitId));
  const whole = JSON.stringify({ episodeId, seq, unitIds: [...unitIds] });
  return unitIds.has(undefined) || Buffer.byteLength(whole) > MOST_BYTES ? JSON.stringify({ episodeId, seq }) : whole;
}

export const listenToChanges = (
  { listen }: Database,
  { changed, ...hearing }: Omit<Hearing, 'heard'> & { changed(change: DatabaseChange): void },
): Listening => listen(CHANNEL, { ...hearing, heard: (payload) => changed(JSON.parse(payload) as DatabaseChange) });
