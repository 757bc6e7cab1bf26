import { ApplicationFailure } from '@temporalio/common';
import type { Logger } from 'pino';
import { Counter, Histogram } from 'prom-client';
import { append as appendTurn } from '../ledger/chain/append.js';
import { LedgerConflict } from '../ledger/chain/chain.js';
import type { Database } from '../ledger/database.js';
import type { AppendInput, AppendResult } from '../workflows/contract.js';

const conflicts = new Counter({
  name: 'qingkong_ledger_conflicts_total',
  help: 'Appends that contradict the ledger; each is an alarm',
});

const entriesAppended = new Counter({
  name: 'qingkong_ledger_entries_total',
  help: 'Entries that turns asked to be stored; a turn that is tried again counts again',
});

const appendSeconds = new Histogram({
  name: 'qingkong_ledger_append_seconds',
  help: 'Time to store the entries of a turn',
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});

/**
 * Writes a turn to the ledger. A conflict is an alarm: it fails again and again until an operator acts, and the episode
 * waits, so that nothing is lost.
 */
export const appender =
  ({ database, log }: { database: Database; log: Logger }) =>
  async (turn: AppendInput): Promise<AppendResult> => {
    const observe = appendSeconds.startTimer();
    try {
      const result = await appendTurn(database, turn);
      observe();
      entriesAppended.inc(turn.entries.length);
      log.debug({ seqs: turn.entries.map(({ seq }) => seq) }, 'entries stored');
      return result;
    } catch (error) {
      if (!(error instanceof LedgerConflict)) throw error;
      conflicts.inc();
      log.error({ episodeId: turn.chainId, err: error }, 'append contradicts the ledger');
      throw ApplicationFailure.create({ message: error.message, type: 'ledger-conflict', cause: error });
    }
  };
