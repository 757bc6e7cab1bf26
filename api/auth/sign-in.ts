import { Mutex } from 'async-mutex';
import type { StoredAccount } from '../../ledger/people/accounts.js';
import { Problem } from '../http/problems.js';
import type { Account } from './account.js';
import { createFailures } from './failure-limit.js';
import { hashPassword, isPassword } from './passwords.js';

export interface SignIn {
  /**
   * Answers the account. Throws 401 for a wrong name or password, and 429 after too many failures or while too many
   * wait.
   */
  check(username: string, password: string, address: string): Promise<Account>;
}

/** A check takes 10 ms and two run at a time, so the last of a hundred waits half a second. */
const MOST_WAITING = 100;
const BUSY_SECONDS = 2;

/** Only failures count, so a program that signs in often is not locked out. */
export function createSignIn(find: (username: string) => Promise<StoredAccount | undefined>): SignIn {
  const ofName = createFailures({ most: 10, pauseSeconds: 30 });
  // For invented names, each of which fails once.
  const ofAddress = createFailures({ most: 50, pauseSeconds: 1 });
  const nobody = hashPassword('nobody’s password');
  const inTurn = createTurns();
  let waiting = 0;

  async function checked(username: string, password: string, address: string): Promise<Account> {
    const who = `${username}|${address}`;
    const wait = Math.max(await ofName.lockedFor(who), await ofAddress.lockedFor(address));
    if (wait > 0) throw tooMany(`登录失败次数过多，请等待 ${inWords(wait)}后再试。`, wait);
    const account = await find(username);
    // An unknown name takes as long as a wrong password.
    const right = await isPassword(account?.passwordHash ?? (await nobody), password);
    if (account && right) {
      await ofName.forget(who);
      ofName.know(who);
      ofAddress.know(address);
      return publicPart(account);
    }
    await ofName.count(who);
    await ofAddress.count(address);
    throw new Problem('credentials-wrong', '用户名或密码不正确，请核对后重新输入。');
  }

  return {
    async check(username, password, address) {
      if (waiting >= MOST_WAITING) throw tooMany('正在登录的人太多，请稍后再试。', BUSY_SECONDS);
      waiting += 1;
      try {
        // One at a time for a name and address: otherwise a hundred guesses at once would all find the count at zero.
        return await inTurn(`${username}|${address}`, () => checked(username, password, address));
      } finally {
        waiting -= 1;
      }
    },
  };
}

export const publicPart = ({ accountId, role, unitId, mustChangePassword }: Account): Account => ({
  accountId,
  role,
  ...(unitId === undefined ? {} : { unitId }),
  mustChangePassword,
});

const tooMany = (detail: string, seconds: number): Problem =>
  new Problem('too-many-attempts', detail, { headers: { 'Retry-After': String(seconds) } });

const inWords = (seconds: number): string => (seconds <= 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`);

/** Runs work of the same name one after the other. */
function createTurns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const mutexes = new Map<string, Mutex>();
  return async (name, work) => {
    const mutex = mutexes.get(name) ?? new Mutex();
    mutexes.set(name, mutex);
    try {
      return await mutex.runExclusive(work);
    } finally {
      if (!mutex.isLocked()) mutexes.delete(name);
    }
  };
}
