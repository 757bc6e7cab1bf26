import { ApplicationFailure } from '@temporalio/common';
import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import { append as appendTurn } from '../ledger/chain/append.js';
import { LedgerConflict } from '../ledger/chain/chain.js';
import type { Database } from '../ledger/database.js';
import type { AppendInput, AppendResult } from '../workflows/contract.js';

const conflicts = new Counter({
  name: 'qingkong_ledger_conflicts_total',
  help: 'Appends that contradict the ledger; each is an alarm',
});

/**
 * Writes a turn to the ledger. A conflict is an alarm: it fails again and again until an operator acts, and the episode
 * waits, so that nothing is lost.
 */
export const appender =
  ({ database, log }: { database: Database; log: Logger }) =>
  async (turn: AppendInput): Promise<AppendResult> => {
    try {
      return await appendTurn(database, turn);
    } catch (error) {
      if (!(error instanceof LedgerConflict)) throw error;
      conflicts.inc();
      log.error({ chainId: turn.chainId, err: error }, 'append contradicts the ledger');
      throw ApplicationFailure.create({ message: error.message, type: 'ledger-conflict', cause: error });
    }
  };
