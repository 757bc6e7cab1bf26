/** A ticket for the second step of a sign-in: whoever holds it has given the right password. Used once, for five minutes. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../chain/chain.js';
import type { Database } from '../database.js';
import { type StoredAccount, storedAccountOf } from './accounts.js';

const LIFE = 5 * 60_000;
const BYTES = 32;

export async function issueTicket(
  { db }: Database,
  { accountId, generation }: StoredAccount,
  now: number,
): Promise<{ ticket: string; expiresAt: number }> {
  const ticket = randomBytes(BYTES).toString('base64url');
  const expiresAt = now + LIFE;
  await db
    .with('ended', (query) => query.deleteFrom('sign_in_tickets').where('expires_at', '<=', now))
    .insertInto('sign_in_tickets')
    .values({ ticket_hash: sha256(ticket), account_id: accountId, generation, expires_at: expiresAt })
    .execute();
  return { ticket, expiresAt };
}

/** The account as it is now. None once the ticket has ended, or the account's sessions have. */
export async function accountOfTicket(
  { db }: Database,
  ticket: string,
  now: number,
): Promise<StoredAccount | undefined> {
  const row = await db
    .selectFrom('sign_in_tickets as t')
    .innerJoin('accounts as a', (join) =>
      join.onRef('a.account_id', '=', 't.account_id').onRef('a.generation', '=', 't.generation'),
    )
    .selectAll('a')
    .where('t.ticket_hash', '=', sha256(ticket))
    .where('t.expires_at', '>', now)
    .where('a.disabled', '=', false)
    .executeTakeFirst();
  return row && storedAccountOf(row);
}

/** False when it was used meanwhile. */
export async function spendTicket({ db }: Database, ticket: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_in_tickets')
    .where('ticket_hash', '=', sha256(ticket))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
