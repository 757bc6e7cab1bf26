/** One-time codes of an account, and the recovery codes that stand in for a lost telephone. */
import { sql } from 'kysely';
import type { Database } from '../database.js';
import { type Act, endAll, record } from './account-changes.js';
import { keepOnly } from './accounts.js';

/** Replaces a secret that was shown and not confirmed yet. False when codes are asked for already. */
export async function beginCodes({ db }: Database, accountId: string, sealed: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ code_secret: sealed, code_step: null })
    .where('account_id', '=', accountId)
    .where('code_since', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * From now on codes are asked for at sign-in. The session goes on in which they were confirmed, all others end: each was
 * opened by a password alone. False when another secret has been shown meanwhile.
 */
export const confirmCodes = (
  database: Database,
  accountId: string,
  {
    sealed,
    step,
    recoveryHashes,
    sidHash,
  }: { sealed: string; step: number; recoveryHashes: string[]; sidHash: string },
  act: Act,
): Promise<boolean> =>
  database.db.transaction().execute(async (db) => {
    const row = await db
      .updateTable('accounts')
      .set(({ eb }) => ({
        code_since: act.at,
        code_step: step,
        recovery_hashes: sql<string[]>`${recoveryHashes}::text[]`,
        generation: eb('generation', '+', 1),
      }))
      .where('account_id', '=', accountId)
      .where('code_since', 'is', null)
      .where('code_secret', '=', sealed)
      .returning('generation')
      .executeTakeFirst();
    if (!row) return false;
    await keepOnly(db, accountId, sidHash, row.generation);
    await record(db, accountId, act, 'codes-enrolled');
    return true;
  });

/** False when this step or a later one was accepted before, here or in another process. */
export async function acceptStep(
  { db }: Database,
  { accountId, sealed }: { accountId: string; sealed: string },
  step: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ code_step: step })
    .where('account_id', '=', accountId)
    .where('code_secret', '=', sealed)
    .where(({ eb, or }) => or([eb('code_step', 'is', null), eb('code_step', '<', step)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False when it was used before. */
export async function useRecoveryCode({ db }: Database, accountId: string, hash: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ recovery_hashes: sql<string[]>`array_replace(recovery_hashes, ${hash}, '')` })
    .where('account_id', '=', accountId)
    .where(sql<boolean>`${hash} = any(recovery_hashes)`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Only the password is asked for again. What somebody else removes ends the sessions. */
export const removeCodes = (database: Database, accountId: string, act: Act): Promise<void> =>
  database.db.transaction().execute(async (db) => {
    await db
      .updateTable('accounts')
      .set({ code_secret: null, code_since: null, code_step: null, recovery_hashes: [] })
      .where('account_id', '=', accountId)
      .execute();
    if (act.by !== accountId) await endAll(db, accountId);
    await record(db, accountId, act, 'codes-removed');
  });
