import { type SessionData, Store } from 'express-session';
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { together } from '../../lib/batch-reads.js';
import { sha256 } from '../chain/chain.js';
import type { Database } from '../database.js';

/** A session in use moves its end at most this often. */
const TOUCH_MS = 60_000;
/** Age of sessions whose cookie ends with the browser. */
const DEFAULT_MS = 8 * 3_600_000;
const SWEEP_MS = 3_600_000;
const MOST_ENDS = 10_000;

interface StoredSession {
  data: SessionData;
  endsAt: number;
}

/**
 * Sessions of express-session in the database, so that they survive restarts and hold for every process. The id is
 * stored as its hash: a reader of the table cannot use a session.
 */
export class SessionStore extends Store {
  readonly #database: Database;
  /** The end of each session as last seen here, so that not every request writes. */
  readonly #ends = new LRUCache<string, number>({ max: MOST_ENDS });
  /** Every request reads its session first. Simultaneous ones share a read. */
  readonly #find: (group: 'all', sidHash: string) => Promise<StoredSession | undefined>;
  #sweptAt = 0;

  constructor(database: Database) {
    super();
    this.#database = database;
    this.#find = together(async (_, sidHashes: string[]) => {
      const sessions = await sessionsBy(database, sidHashes);
      return (sidHash) => sessions.get(sidHash);
    });
  }

  override get(sid: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    settle(this.#read(sid), callback);
  }

  override set(sid: string, session: SessionData, callback: (error?: unknown) => void = () => undefined): void {
    settle(this.#write(sid, session), callback);
  }

  override touch(sid: string, session: SessionData, callback: (error?: unknown) => void = () => undefined): void {
    settle(this.#extend(sid, session), callback);
  }

  override destroy(sid: string, callback: (error?: unknown) => void = () => undefined): void {
    settle(this.#remove(sid), callback);
  }

  async #read(sid: string): Promise<SessionData | null> {
    const session = await this.#find('all', sha256(sid));
    if (!session) return null;
    this.#ends.set(sid, session.endsAt);
    return structuredClone(session.data);
  }

  async #write(sid: string, session: SessionData): Promise<void> {
    await this.#sweep();
    const ends = endOf(session);
    const row = { account_id: accountIn(session), data: JSON.stringify(session), expires_at: ends };
    await this.#database.db
      .insertInto('sessions')
      .values({ sid_hash: sha256(sid), ...row })
      .onConflict((conflict) => conflict.column('sid_hash').doUpdateSet(row))
      .execute();
    this.#ends.set(sid, ends.getTime());
  }

  async #extend(sid: string, session: SessionData): Promise<void> {
    const ends = endOf(session);
    if (ends.getTime() - (this.#ends.get(sid) ?? 0) < TOUCH_MS) return;
    await this.#database.db
      .updateTable('sessions')
      .set({ expires_at: ends })
      .where('sid_hash', '=', sha256(sid))
      .execute();
    this.#ends.set(sid, ends.getTime());
  }

  async #remove(sid: string): Promise<void> {
    this.#ends.delete(sid);
    await this.#database.db.deleteFrom('sessions').where('sid_hash', '=', sha256(sid)).execute();
  }

  /** Deletes ended sessions now and then. */
  async #sweep(): Promise<void> {
    if (Date.now() - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = Date.now();
    this.#ends.clear();
    await this.#database.db.deleteFrom('sessions').where('expires_at', '<=', new Date()).execute();
  }
}

/** The sessions that have not ended, by the hash of their id. */
async function sessionsBy({ db }: Database, sidHashes: readonly string[]): Promise<Map<string, StoredSession>> {
  const rows = await db
    .selectFrom('sessions')
    .select(['sid_hash', 'data', 'expires_at'])
    .where('sid_hash', '=', sql<string>`any(${sidHashes}::text[])`)
    .where('expires_at', '>', new Date())
    .execute();
  return new Map(
    rows.map(({ sid_hash, data, expires_at }) => [
      sid_hash,
      { data: data as SessionData, endsAt: expires_at.getTime() },
    ]),
  );
}

/** Ends the sessions of an account except the one given, for instance when its password changes. */
export async function endSessions({ db }: Database, accountId: string, exceptSid?: string): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('sid_hash', '<>', exceptSid === undefined ? '' : sha256(exceptSid))
    .execute();
}

const endOf = ({ cookie }: SessionData): Date => new Date(cookie.expires ?? Date.now() + (cookie.maxAge ?? DEFAULT_MS));

const accountIn = (session: object): string | null =>
  (session as { account?: { accountId?: string } }).account?.accountId ?? null;

function settle<T>(work: Promise<T>, callback: (error: unknown, value?: T) => void): void {
  work.then(
    (value) => callback(null, value),
    (error: unknown) => callback(error),
  );
}
