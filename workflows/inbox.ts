import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Command, Outcome } from '../episode/commands.js';
import { MAX_BATCH_BYTES, MAX_BATCH_COMMANDS } from './contract.js';

interface WaitingCommand<C> {
  command: C;
  size: number;
  answer(outcome: Outcome): void;
}

/** Commands in order of arrival, each waiting for its outcome. */
export class Inbox<C = Command> {
  private readonly waiting: Array<WaitingCommand<C>> = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** `answer` is called once, as soon as the outcome is known. */
  put(command: C, answer: (outcome: Outcome) => void): void {
    this.waiting.push({ command, size: utf8ToBytes(JSON.stringify(command)).length, answer });
  }

  /** The commands of one turn: at most `limit`, and at most the bytes of one message, but always one. */
  take(limit = MAX_BATCH_COMMANDS): Array<WaitingCommand<C>> {
    let count = 0;
    let size = 0;
    for (const one of this.waiting) {
      size += one.size;
      if (count === limit || (count > 0 && size > MAX_BATCH_BYTES)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  /** Commands that a full turn did not reach come first in the next. */
  putBack(waiting: Array<WaitingCommand<C>>): void {
    this.waiting.unshift(...waiting);
  }
}
