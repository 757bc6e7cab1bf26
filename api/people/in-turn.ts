import { Semaphore } from 'async-mutex';
import { Problem } from '../http/problems.js';

export const MOST_AT_ONCE = 2;
const MOST_WAITING = 8;

const slots = new Semaphore(MOST_AT_ONCE);
let underWay = 0;

/**
 * Reads or writes a file while at most one other is read or written, for each holds some megabytes.
 * @throws Problem 503 while too many wait
 */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (underWay >= MOST_AT_ONCE + MOST_WAITING) throw busy();
  underWay += 1;
  try {
    return await slots.runExclusive(work);
  } finally {
    underWay -= 1;
  }
}

const busy = (): Problem =>
  new Problem('not-ready', '正在处理的文件太多，请过十秒再试。', { headers: { 'Retry-After': '10' } });
