/** Tokens by which programs act. Only a hash is kept; a token that was revoked is void at once in every process. */
import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { together } from '../../lib/batch-reads.js';
import { sha256 } from '../chain/chain.js';
import type { Database } from '../database.js';
import type { Schema } from '../schema.js';
import type { Act } from './account-changes.js';
import type { AccountDetails } from './account-types.js';

export type TokenScope = 'read' | 'act';

/** Its id is the account id of whatever it does. */
export interface StoredToken extends Pick<AccountDetails, 'name' | 'role' | 'unitId'> {
  tokenId: string;
  scope: TokenScope;
  createdBy: string;
  createdAt: number;
  expiresAt: number;
  lastUsedAt?: number;
  revokedBy?: string;
  revokedAt?: number;
}

/** Scanners for secrets find it by this: `qk_` and 48 hexadecimal digits. */
export const TOKEN_PREFIX = 'qk_';
const BYTES = 24;

export const newToken = (): string => TOKEN_PREFIX + randomBytes(BYTES).toString('hex');

/** False when the id is known: a repeat of work that was cut off, whose token nobody has seen. */
export async function keepToken(
  { db }: Database,
  token: string,
  given: Omit<StoredToken, 'lastUsedAt' | 'revokedBy' | 'revokedAt'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('tokens')
    .values({
      token_id: given.tokenId,
      token_hash: sha256(token),
      name: given.name,
      role: given.role,
      unit_id: given.unitId ?? null,
      scope: given.scope,
      created_by: given.createdBy,
      created_at: given.createdAt,
      expires_at: given.expiresAt,
    })
    .onConflict((conflict) => conflict.column('token_id').doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The newest first, those revoked and expired too: entries name them. */
export async function listTokens({ db }: Database): Promise<StoredToken[]> {
  const rows = await db.selectFrom('tokens').selectAll().orderBy('created_at', 'desc').orderBy('token_id').execute();
  return rows.map(tokenOf);
}

export async function findToken({ db }: Database, tokenId: string): Promise<StoredToken | undefined> {
  const row = await db.selectFrom('tokens').selectAll().where('token_id', '=', tokenId).executeTakeFirst();
  return row && tokenOf(row);
}

/** A second time it changes nothing. */
export async function revokeToken({ db }: Database, tokenId: string, { by, at }: Act): Promise<void> {
  await db
    .updateTable('tokens')
    .set({ revoked_by: by, revoked_at: at })
    .where('token_id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .execute();
}

const USE_NOTED_MS = 60_000;

/** The token in force, or `undefined`. Its use is noted once a minute. Simultaneous requests share a read. */
export function createTokenLookUp(database: Database, clock: () => number) {
  const { db } = database;
  const find = together<string, StoredToken | undefined>(async (_, hashes: string[]) => {
    const rows = await db
      .selectFrom('tokens')
      .selectAll()
      .where('token_hash', '=', sql<string>`any(${hashes}::text[])`)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', clock())
      .execute();
    const byHash = new Map(rows.map((row) => [row.token_hash, tokenOf(row)]));
    return (hash) => byHash.get(hash);
  });
  return async (token: string): Promise<StoredToken | undefined> => {
    const found = await find('all', sha256(token));
    const now = clock();
    if (found && now - (found.lastUsedAt ?? 0) >= USE_NOTED_MS)
      await db.updateTable('tokens').set({ last_used_at: now }).where('token_id', '=', found.tokenId).execute();
    return found;
  };
}

const tokenOf = (row: Selectable<Schema['tokens']>): StoredToken => ({
  tokenId: row.token_id,
  name: row.name,
  role: row.role,
  ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
  scope: row.scope,
  createdBy: row.created_by,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  ...(row.revoked_by === null ? {} : { revokedBy: row.revoked_by }),
  ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
});
