import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Outcome } from '../episode/commands.js';
import { MAX_BATCH_BYTES, MAX_BATCH_COMMANDS } from './contract.js';

interface Waiting<C> {
  command: C;
  size: number;
  answer(outcome: Outcome): void;
}

/** Commands in order of arrival, each waiting for its outcome. */
export class Inbox<C> {
  private readonly waiting: Waiting<C>[] = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  put(command: C): Promise<Outcome> {
    return new Promise((answer) =>
      this.waiting.push({ command, size: utf8ToBytes(JSON.stringify(command)).length, answer }),
    );
  }

  /** Those that a turn did not come to, to be first in the next. */
  putBack(waiting: Waiting<C>[]): void {
    this.waiting.unshift(...waiting);
  }

  /** What goes into one turn: at most `limit` commands, and no more than one message carries, but one in any case. */
  take(limit = MAX_BATCH_COMMANDS): Waiting<C>[] {
    let count = 0;
    let size = 0;
    for (const one of this.waiting) {
      size += one.size;
      if (count === limit || (count > 0 && size > MAX_BATCH_BYTES)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }
}
