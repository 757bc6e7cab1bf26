/**
 * Numbers of notices (docs/design.md, "The ledger"): unique among the real notices of an installation, and within each
 * drill.
 */
import type { Database } from './database.js';

export interface NoticeClaim {
  /** `real`, or the drill's episode. */
  scope: string;
  number: string;
  /** Of the whole request after defaults. */
  contentHash: string;
  commandId: string;
  episodeId: string;
  kind: 'start' | 'adjust' | 'lift';
}

/** `same`: claimed before with this content; `conflict`: with another. The row is the one that stands. */
export interface Claimed {
  status: 'claimed' | 'same' | 'conflict';
  row: NoticeClaim;
}

/** Claims a number, before the command; of two at once, one gets it. */
export async function claimNotice(database: Database, claim: NoticeClaim): Promise<Claimed> {
  const { scope, number } = claim;
  const made = await database.db
    .insertInto('notices')
    .values({
      scope,
      number,
      content_hash: claim.contentHash,
      command_id: claim.commandId,
      episode_id: claim.episodeId,
      kind: claim.kind,
    })
    .onConflict((conflict) => conflict.columns(['scope', 'number']).doNothing())
    .returning('number')
    .executeTakeFirst();
  if (made) return { status: 'claimed', row: claim };

  const row = await findNotice(database, scope, number);
  // Given back in between: free again.
  if (!row) return claimNotice(database, claim);
  return { status: row.contentHash === claim.contentHash ? 'same' : 'conflict', row };
}

/** Gives back what a command claimed that was refused; one that another caller's try carried out keeps its number. */
export async function releaseNotice({ db }: Database, commandId: string): Promise<void> {
  await db
    .deleteFrom('notices')
    .where('command_id', '=', commandId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('commands').select('seq').where('commands.command_id', '=', commandId))),
    )
    .execute();
}

async function findNotice({ db }: Database, scope: string, number: string): Promise<NoticeClaim | undefined> {
  return db
    .selectFrom('notices')
    .select([
      'scope',
      'number',
      'content_hash as contentHash',
      'command_id as commandId',
      'episode_id as episodeId',
      'kind',
    ])
    .where('scope', '=', scope)
    .where('number', '=', number)
    .executeTakeFirst();
}
