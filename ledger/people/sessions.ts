import { type SessionData, Store } from 'express-session';
import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { together } from '../../lib/batch-reads.js';
import { sha256 } from '../chain/chain.js';
import type { Database } from '../database.js';
import type { SignInWay } from './account-types.js';
import type { StoredAccount } from './accounts.js';

/** A session in use moves its end at most this often. */
const TOUCH_MS = 60_000;
/** Age of sessions whose cookie ends with the browser. */
const DEFAULT_MS = 8 * 3_600_000;
const SWEEP_MS = 3_600_000;
const MOST_ENDS = 10_000;

/** A session as its person sees it. The id cannot be used to sign in. */
export interface OpenSession {
  sessionId: string;
  data: SessionData;
  endsAt: number;
}

/**
 * Sessions of express-session in the database, so that they survive restarts and hold for every process. The id is
 * stored as its hash: a reader of the table cannot use a session. Role and unit are the account's at each request.
 */
export class SessionStore extends Store {
  readonly #database: Database;
  /** The end of each session as last seen here, so that not every request writes. */
  readonly #ends = new LRUCache<string, number>({ max: MOST_ENDS });
  /** Every request reads its session first. Simultaneous ones share a read. */
  readonly #find: (group: 'all', sidHash: string) => Promise<OpenSession | undefined>;
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
    const { accountId, generation } = ownerIn(session);
    const data = JSON.stringify({ ...session, account: undefined });
    const row = { account_id: accountId, generation, data, expires_at: ends };
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

/** The sessions that are in force, by the hash of their id. */
async function sessionsBy(database: Database, sidHashes: readonly string[]): Promise<Map<string, OpenSession>> {
  const sessions = await inForce(database, sql<boolean>`s.sid_hash = any(${sidHashes}::text[])`);
  return new Map(sessions.map((session) => [session.sessionId, session]));
}

export const sessionsOf = (database: Database, accountId: string): Promise<OpenSession[]> =>
  inForce(database, sql<boolean>`s.account_id = ${accountId}`);

/** Neither ended, nor of an earlier generation, nor of an account that is disabled. */
async function inForce({ db }: Database, which: RawBuilder<boolean>): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom('sessions as s')
    .innerJoin('accounts as a', (join) =>
      join
        .onRef('a.account_id', '=', 's.account_id')
        .onRef('a.generation', '=', 's.generation')
        .on('a.disabled', '=', false),
    )
    .select([
      's.sid_hash',
      's.data',
      's.expires_at',
      'a.account_id',
      'a.role',
      'a.unit_id',
      'a.generation',
      'a.must_change_password',
      'a.code_since',
    ])
    .where(which)
    .where('s.expires_at', '>', new Date())
    .orderBy('s.expires_at', 'desc')
    .execute();
  return rows.map((row) => {
    const stored = {
      accountId: row.account_id,
      role: row.role,
      ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
      mustChangePassword: row.must_change_password,
      ...(row.code_since === null ? {} : { codesSince: row.code_since }),
    };
    const account = accountInSession(stored, (row.data as Partial<SessionData>).way);
    const data = { ...row.data, account, generation: row.generation } as unknown as SessionData;
    return { sessionId: row.sid_hash, data, endsAt: row.expires_at.getTime() };
  });
}

type InSession = Pick<StoredAccount, 'accountId' | 'role' | 'unitId' | 'mustChangePassword' | 'codesSince'>;

/** The account as a session acts for it. At the identity provider neither our password nor our codes were asked for. */
export const accountInSession = (
  { accountId, role, unitId, mustChangePassword, codesSince }: InSession,
  way: SignInWay | undefined,
) => ({
  accountId,
  role,
  ...(unitId === undefined ? {} : { unitId }),
  mustChangePassword: mustChangePassword && way !== 'oidc',
  hasSecondStep: codesSince !== undefined || way === 'oidc',
});

/** Ends one session of an account. False when it has none with this id. */
export async function endSession({ db }: Database, accountId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('sid_hash', '=', sessionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The id of a session as its person sees it, and as it is stored. */
export const sessionIdOf = (sid: string): string => sha256(sid);

const endOf = ({ cookie }: SessionData): Date => new Date(cookie.expires ?? Date.now() + (cookie.maxAge ?? DEFAULT_MS));

function ownerIn(session: object): { accountId: string | null; generation: number | null } {
  const { account, generation } = session as { account?: { accountId: string }; generation?: number };
  return { accountId: account?.accountId ?? null, generation: generation ?? null };
}

function settle<T>(work: Promise<T>, callback: (error: unknown, value?: T) => void): void {
  work.then(
    (value) => callback(null, value),
    (error: unknown) => callback(error),
  );
}
