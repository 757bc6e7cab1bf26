import { ApplicationFailure, defineUpdate, setHandler } from '@temporalio/workflow';
import type { Outcome } from '../episode/commands.js';
import { CONTINUING, SUBMIT_UPDATE, type Submission } from './contract.js';
import type { Inbox } from './inbox.js';

/** The server aborts the 2,001st update of a run. A run ends long before, because each is two events of the 800 (chain.ts). */
const MOST = 1_980;

/** Puts the commands of every `submit` update into the inbox. The update answers when all have their outcome. */
export function receiveSubmissions<C>(inbox: Inbox<C>): void {
  let received = 0;
  setHandler(
    defineUpdate<Outcome[], [Submission<C>]>(SUBMIT_UPDATE),
    ({ commands }: Submission<C>) => {
      received += 1;
      return Promise.all(commands.map((command) => new Promise<Outcome>((answer) => inbox.put(command, answer))));
    },
    {
      // Past the limit nothing is taken. The run finishes what it has, and the sender tries the next run.
      validator: (_: Submission<C>) => {
        if (received >= MOST) throw ApplicationFailure.nonRetryable('continuing as new', CONTINUING);
      },
    },
  );
}
