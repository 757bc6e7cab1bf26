/**
 * Numbers of notices (docs/design.md, "The ledger"): unique among the real notices of an installation, and within each
 * drill. A number that was corrected is free again.
 */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Database } from './database.js';
import type { Schema } from './schema.js';

export interface NoticeClaim {
  /** `real`, or the drill's episode. */
  scope: string;
  /** Folded, so that a number typed in two ways is one. */
  number: string;
  /** Hash of the whole request after defaults. */
  contentHash: string;
  commandId: string;
  episodeId: string;
  /** `number`: given to a notice that had none or another. */
  kind: 'start' | 'adjust' | 'lift' | 'number';
}

/** Real notices have unique numbers in an installation, a drill's notices within their drill. */
export const numberScopeOf = (drill: boolean, episodeId: string): string => (drill ? episodeId : 'real');

/** `same`: claimed before with this content. `conflict`: with other content. The row is the claim that holds. */
export interface Claimed {
  status: 'claimed' | 'same' | 'conflict';
  row: NoticeClaim;
}

/** A claim of this age without a command was cut off, for instance by a restart. */
const CUT_OFF = 60_000;

/** Claims a number before the command. Of two at once, one gets it. A repeat with the same content renews the claim. */
export async function claimNotice(database: Database, claim: NoticeClaim, now: number): Promise<Claimed> {
  const made = await insertedOrSame(database, claim, now).catch(async (error: unknown) => {
    // PostgreSQL may meet the same command before the same number, where both are inserted at once. Then the row is there.
    const row = await findClaim(database, claim.scope, claim.number);
    if (row?.commandId === claim.commandId) return insertedOrSame(database, claim, now);
    throw error;
  });
  if (made) {
    const { isNew, ...row } = made;
    return { status: isNew ? 'claimed' : 'same', row };
  }
  const row = await findClaim(database, claim.scope, claim.number);
  // Given back in between, so it is free again.
  return row ? { status: 'conflict', row } : claimNotice(database, claim, now);
}

const insertedOrSame = ({ db }: Database, claim: NoticeClaim, now: number) =>
  db
    .insertInto('notices')
    .values({ ...rowOfClaim(claim), scope: claim.scope, number: claim.number, claimed_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['scope', 'number'])
        .doUpdateSet({ claimed_at: now })
        .where('notices.content_hash', '=', claim.contentHash),
    )
    .returning([...COLUMNS, sql<boolean>`xmax = 0`.as('isNew')])
    .executeTakeFirst();

/** Replaces a claim that was cut off: it is old, and its command is not in the ledger. False if it was not. */
export async function replaceCutOff(
  database: Database,
  cutOff: NoticeClaim,
  claim: NoticeClaim,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await replacing(database, cutOff, claim, now)
    .where('claimed_at', '<=', now - CUT_OFF)
    .where(isNotCarriedOut)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Puts a claim in the place of one whose number the episode has corrected since. False when another was faster. */
export async function replaceCorrected(
  database: Database,
  corrected: NoticeClaim,
  claim: NoticeClaim,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await replacing(database, corrected, claim, now).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Claims of commands that the ledger got back after a loss. One that is there holds. */
export async function restoreClaims({ db }: Database, claims: readonly NoticeClaim[], now: number): Promise<void> {
  if (claims.length === 0) return;
  await db
    .insertInto('notices')
    .values(
      claims.map((claim) => ({ ...rowOfClaim(claim), scope: claim.scope, number: claim.number, claimed_at: now })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const replacing = ({ db }: Database, { scope, number, commandId }: NoticeClaim, claim: NoticeClaim, now: number) =>
  db
    .updateTable('notices')
    .set({ ...rowOfClaim(claim), claimed_at: now })
    .where('scope', '=', scope)
    .where('number', '=', number)
    .where('command_id', '=', commandId);

/** Gives back the number of a refused command. A command that another caller's try carried out keeps it. */
export async function releaseNotice({ db }: Database, commandId: string): Promise<void> {
  await db.deleteFrom('notices').where('command_id', '=', commandId).where(isNotCarriedOut).execute();
}

const isNotCarriedOut = ({ not, exists, selectFrom, ref }: ExpressionBuilder<Schema, 'notices'>) =>
  not(
    exists(
      selectFrom('commands')
        .select('seq')
        .where('commands.chain_id', '=', ref('notices.episode_id'))
        .where('commands.command_id', '=', ref('notices.command_id')),
    ),
  );

const COLUMNS = [
  'notices.scope',
  'notices.number',
  'notices.content_hash as contentHash',
  'notices.command_id as commandId',
  'notices.episode_id as episodeId',
  'notices.kind',
] as const;

const rowOfClaim = ({ contentHash, commandId, episodeId, kind }: NoticeClaim) => ({
  content_hash: contentHash,
  command_id: commandId,
  episode_id: episodeId,
  kind,
});

export const findClaim = ({ db }: Database, scope: string, number: string): Promise<NoticeClaim | undefined> =>
  db.selectFrom('notices').select(COLUMNS).where('scope', '=', scope).where('number', '=', number).executeTakeFirst();
