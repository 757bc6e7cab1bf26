import { issuePassword } from '../../ledger/people/account-changes.js';
import { findAccount } from '../../ledger/people/accounts.js';
import { HOUR } from '../../plan/rules/calendar.js';
import { hashPassword, randomPassword } from '../auth/passwords.js';
import { once } from '../http/idempotent.js';
import type { Answer, Call } from '../http/route.js';
import { answerOfAccount } from './present.js';

/** A weekend, until whoever it is for can sign in. */
const VALID_FOR = 72 * HOUR;

/** A password to hand to somebody, who must change it. It is kept as its hash alone. */
export async function newOneTimePassword(
  now: number,
): Promise<{ oneTimePassword: string; passwordHash: string; until: number }> {
  const oneTimePassword = randomPassword();
  return { oneTimePassword, passwordHash: await hashPassword(oneTimePassword), until: now + VALID_FOR };
}

/** Issues one and shows it. A repeat of the key issues nothing and shows nothing. */
export async function issueTo(
  call: Call<unknown, unknown, unknown, unknown>,
  accountId: string,
  requireIssuable: () => Promise<void> = async () => {},
): Promise<Answer> {
  const { context, account, body } = call;
  const now = context.clock();
  let shown = {};
  await once(call, body, async () => {
    await requireIssuable();
    const { oneTimePassword, ...issued } = await newOneTimePassword(now);
    await issuePassword(context.database, accountId, issued, { by: account.accountId, at: now });
    shown = { oneTimePassword };
  });
  return answerOfAccount((await findAccount(context.database, accountId))!, 200, shown);
}
