/** The second step of a sign-in: a code of the account's authenticator, or one of its recovery codes. */
import type { Database } from '../../ledger/database.js';
import type { CodeWay } from '../../ledger/people/account-types.js';
import type { StoredAccount } from '../../ledger/people/accounts.js';
import { acceptStep, useRecoveryCode } from '../../ledger/people/one-time-codes.js';
import type { SignInHistory } from '../../ledger/people/sign-ins.js';
import type { Sealing } from '../../lib/sealing.js';
import { Problem } from '../http/problems.js';
import { createFailures } from './failure-limit.js';
import { codeIn, stepOf, type TypedCode } from './one-time-codes.js';
import { isPassword } from './passwords.js';
import type { SignedSession } from './sessions.js';
import { createTurns, requireNoWait } from './turns.js';

type From = Pick<SignedSession, 'address' | 'visit'>;

export interface SecondStep {
  /**
   * Answers which kind of code was right; it is used up. Throws 401 for a wrong one, 429 after too many, and 503 where codes
   * cannot be read. Failures enter the history of the account.
   */
  check(account: StoredAccount, typed: string, from: From): Promise<CodeWay>;
}

interface SecondStepParts {
  database: Database;
  history: Pick<SignInHistory, 'record'>;
  clock(): number;
  sealing: Sealing | undefined;
}

/** Counted apart from passwords: each right password would forget the wrong codes before it. */
export function createSecondStep({ database, history, clock, sealing }: SecondStepParts): SecondStep {
  const ofPlace = createFailures({ most: 10, pauseSeconds: 30 });
  // Whoever knows the password may guess from many addresses. The account's own are not held up by that.
  const ofAccount = createFailures({ most: 50, pauseSeconds: 1 });
  const inTurn = createTurns();

  async function checked(account: StoredAccount, typed: string, { address, visit }: From): Promise<CodeWay> {
    const { accountId } = account;
    const place = `${accountId}|${address}`;
    requireNoWait(await ofPlace.lockedFor(place), ofPlace.knows(place) ? 0 : await ofAccount.lockedFor(accountId));
    const given = codeIn(typed);
    if (given && (await isRight(account, given))) {
      await ofPlace.forget(place);
      ofPlace.know(place);
      return given.way;
    }
    await ofPlace.count(place);
    await ofAccount.count(accountId);
    const way = given?.way ?? 'one-time-code';
    await history.record(accountId, { at: clock(), outcome: 'code-wrong', way, ...visit });
    throw codeWrong();
  }

  const isRight = (account: StoredAccount, given: TypedCode): Promise<boolean> =>
    given.way === 'recovery-code' ? isRecoveryCode(account, given) : isCode(account, given.code);

  async function isRecoveryCode(
    { accountId, recoveryHashes }: StoredAccount,
    { code, place }: { code: string; place: number },
  ): Promise<boolean> {
    const hash = recoveryHashes[place];
    if (!hash || !(await isPassword(hash, code))) return false;
    return useRecoveryCode(database, accountId, hash);
  }

  async function isCode({ accountId, codeSecret = '' }: StoredAccount, code: string): Promise<boolean> {
    const secret = sealing?.open(codeSecret, accountId);
    if (secret === undefined) throw codesUnreadable();
    const step = stepOf(secret, code, clock());
    return step !== undefined && acceptStep(database, { accountId, sealed: codeSecret }, step);
  }

  return {
    // One at a time for an account: otherwise guesses at once would all find the count at zero.
    check: (account, typed, from) => inTurn(account.accountId, () => checked(account, typed, from)),
  };
}

const codeWrong = (): Problem =>
  new Problem(
    'code-wrong',
    '验证码不正确，或者已经用过：请等验证器显示下一个再填；一直不对的，请打开手机的自动校时，或者改填一个没有用过的恢复码。',
  );

/** The key is not configured, or is not the one that the secret was sealed under. */
export const codesUnreadable = (): Problem =>
  new Problem(
    'one-time-codes-unavailable',
    '服务器上没有一次性验证码的密钥，或者密钥已经更换，现在不能登记和核对验证码。登录请改填恢复码；请系统管理员按运维说明恢复密钥。',
  );
