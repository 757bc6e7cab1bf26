/** Attempts to get in, one after the other, and the wait that failures cost. */
import { Mutex } from 'async-mutex';
import { Problem } from '../http/problems.js';

/** Runs work of the same name one after the other. */
export function createTurns(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
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

/** Refuses with 429 where any of these is not over, in seconds. */
export function requireNoWait(...waits: number[]): void {
  const wait = Math.max(...waits);
  if (wait > 0) throw tooMany(`登录失败次数过多，请等待 ${inWords(wait)}后再试。`, wait);
}

export const tooMany = (detail: string, seconds: number): Problem =>
  new Problem('too-many-attempts', detail, { headers: { 'Retry-After': String(seconds) } });

const inWords = (seconds: number): string => (seconds <= 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`);
