import { hash, verify } from '@node-rs/argon2';
import type { StoredAccount } from '../../ledger/people/accounts.js';
import { Problem } from '../http/problems.js';
import type { Account } from './account.js';
import { createFailures } from './failure-limit.js';

export interface SignIn {
  /** The account, or 401; from the eleventh failure of a name at an address on 429 for a quarter of an hour. */
  check(username: string, password: string, address: string): Promise<Account>;
}

/** Failures alone count: a program that signs in often is not locked out. */
export function createSignIn(find: (username: string) => Promise<StoredAccount | undefined>): SignIn {
  const failures = createFailures();
  const nobody = hash('nobody’s password');
  const inTurn = createTurns();

  return {
    // One after the other for a name and address, else a hundred guesses at once all find the count at zero.
    check: (username, password, address) => {
      const who = `${username}|${address}`;
      return inTurn(who, async () => {
        const wait = await failures.lockedFor(who);
        if (wait > 0) throw locked(wait);
        const account = await find(username);
        // An unknown name takes as long as a wrong password.
        const right = await verify(account?.passwordHash ?? (await nobody), password);
        if (account && right) {
          await failures.forget(who);
          return publicPart(account);
        }
        await failures.count(who);
        throw new Problem('credentials-wrong', '用户名或密码不正确，请核对后重新输入。');
      });
    },
  };
}

export const publicPart = ({ accountId, role, unitId, mustChangePassword }: Account): Account => ({
  accountId,
  role,
  ...(unitId === undefined ? {} : { unitId }),
  mustChangePassword,
});

const locked = (seconds: number): Problem =>
  new Problem('too-many-attempts', '登录失败次数过多，请等待 15 分钟后再试。', {
    headers: { 'Retry-After': String(seconds) },
  });

/** Runs what has the same name one after the other. */
function createTurns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, turn);
    const forget = () => {
      if (last.get(name) === turn) last.delete(name);
    };
    turn.then(forget, forget);
    return turn;
  };
}
