import type { SignInOutcome, Visit } from '../../ledger/people/account-types.js';
import type { StoredAccount } from '../../ledger/people/accounts.js';
import type { SignInHistory } from '../../ledger/people/sign-ins.js';
import { quoted } from '../../lib/quoted.js';
import { Problem } from '../http/problems.js';
import { createFailures } from './failure-limit.js';
import { hashPassword, isPassword } from './passwords.js';
import type { SignedSession } from './sessions.js';
import { createTurns, requireNoWait, tooMany } from './turns.js';

type From = Pick<SignedSession, 'address' | 'visit'>;

export interface SignIn {
  /**
   * Answers the account. Throws 401 for a wrong name or password, 403 for an account that is disabled or whose password
   * has run out, and 429 after too many failures or while too many wait. Failures enter the history of the account.
   */
  check(username: string, password: string, from: From): Promise<StoredAccount>;
}

/** A check takes 10 ms and two run at a time, so the last of a hundred waits half a second. */
const MOST_WAITING = 100;
const BUSY_SECONDS = 2;

interface SignInParts {
  find(username: string): Promise<StoredAccount | undefined>;
  history: Pick<SignInHistory, 'record'>;
  clock(): number;
}

/** Only failures count, so a program that signs in often is not locked out. */
export function createSignIn({ find, history, clock }: SignInParts): SignIn {
  const ofName = createFailures({ most: 10, pauseSeconds: 30 });
  // For invented names, each of which fails once.
  const ofAddress = createFailures({ most: 50, pauseSeconds: 1 });
  const nobody = hashPassword('nobody’s password');
  const inTurn = createTurns();
  let waiting = 0;

  async function checked(username: string, password: string, { address, visit }: From): Promise<StoredAccount> {
    const who = `${username}|${address}`;
    requireNoWait(await ofName.lockedFor(who), await ofAddress.lockedFor(address));
    const account = await find(username);
    // An unknown name takes as long as a wrong password.
    const right = await isPassword(account?.passwordHash ?? (await nobody), password);
    if (account?.passwordHash === undefined || !right) {
      await ofName.count(who);
      await ofAddress.count(address);
      if (account) await failed(account, 'password-wrong', visit);
      throw new Problem('credentials-wrong', '用户名或密码不正确，请核对后重新输入。');
    }
    await ofName.forget(who);
    ofName.know(who);
    ofAddress.know(address);
    await requireOpen(account, visit);
    return account;
  }

  const failed = (account: StoredAccount, outcome: SignInOutcome, visit: Visit): Promise<void> =>
    history.record(account.accountId, { at: clock(), outcome, way: 'password', ...visit });

  /** Only who knows the password is told so. */
  async function requireOpen(account: StoredAccount, visit: Visit): Promise<void> {
    if (account.disabled) {
      await failed(account, 'disabled', visit);
      throw new Problem('account-disabled', `账号${quoted(account.username)}已经停用，请联系系统管理员。`);
    }
    if (account.passwordUntil === undefined || clock() < account.passwordUntil) return;
    await failed(account, 'password-expired', visit);
    throw new Problem(
      'password-expired',
      `账号${quoted(account.username)}的一次性密码已过期，请联系发给您密码的管理员或办公室重新发放。`,
    );
  }

  return {
    async check(username, password, from) {
      if (waiting >= MOST_WAITING) throw tooMany('正在登录的人太多，请稍后再试。', BUSY_SECONDS);
      waiting += 1;
      try {
        // One at a time for a name and address: otherwise a hundred guesses at once would all find the count at zero.
        return await inTurn(`${username}|${from.address}`, () => checked(username, password, from));
      } finally {
        waiting -= 1;
      }
    },
  };
}
