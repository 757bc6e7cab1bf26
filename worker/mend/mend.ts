/**
 * Mends chains whose ledger and engine do not end alike after a loss: a power cut, a backup put back, a file of the engine
 * from another day (docs/decisions/0038-mending.md).
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Logger } from 'pino';
import { append } from '../../ledger/chain/append.js';
import { chainEndOf, hashAt } from '../../ledger/chain/end.js';
import { foldedState, openChains, waitingMessages } from '../../ledger/chain/resume.js';
import type { Database } from '../../ledger/database.js';
import { restoreClaims } from '../../ledger/notices.js';
import { findEpisode } from '../../ledger/reading/reading.js';
import { missingOf } from '../../ledger/references.js';
import { notePerhapsSent, noteRestoration } from '../../ledger/restorations.js';
import { type AppendInput, chainWorkflowId } from '../../workflows/contract.js';
import { claimsIn } from './claims.js';
import { describedRun, engineEnd, type HeldTurns, type LastRun, lastRuns, turnsAfter } from './engine-history.js';
import { lineOf, lineOfLost, lineOfUnknown, type UnlikeEnds } from './lines.js';
import { compare, turnsBetween } from './plan.js';

export interface MendingParts {
  database: Database;
  client: Client;
  log: Logger;
}

/**
 * Compares every chain of the engine with the ledger, and mends what is safe, unless `dryRun`. Answers a line for each that
 * is not well. Safe beside running workers: the ledger is read before the engine and after it, so that a turn under way looks
 * neither lost nor ahead.
 */
export async function mend(parts: MendingParts, { dryRun = false } = {}): Promise<string[]> {
  const lines: string[] = [];
  // In order of beginning: of two real episodes the first is lifted before the second starts.
  const runs = await lastRuns(parts.client);
  for (const run of runs) {
    const line = await mendOne(parts, run, dryRun).catch((error: unknown) => {
      parts.log.error({ episodeId: run.chainId, err: error }, 'ledger and engine could not be compared');
      return lineOfUnknown(run, String(error));
    });
    if (line !== undefined) lines.push(line);
  }
  // An engine that knows none is new, which is told where it meets the database (app/installation.ts).
  return runs.length === 0 ? lines : [...lines, ...(await linesOfUnknownTo(parts, runs))];
}

/** Open chains of which an older engine knows nothing: the worker's look begins them again from the ledger. */
async function linesOfUnknownTo({ database, client }: MendingParts, runs: readonly LastRun[]): Promise<string[]> {
  const listed = new Set(runs.map(({ chainId }) => chainId));
  const lines: string[] = [];
  for (const { chainId } of await openChains(database)) {
    // The list may be some seconds old.
    if (listed.has(chainId) || (await describedRun(client, chainId))) continue;
    lines.push(lineOfLost({ chainId }, await chainEndOf(database, chainId)));
  }
  return lines;
}

async function mendOne(parts: MendingParts, run: LastRun, dryRun: boolean): Promise<string | undefined> {
  const finding = await find(parts, run);
  if (!finding) return undefined;
  const fault = dryRun ? undefined : await carryOut(parts, finding).then(nothing, String);
  const { kind } = finding.mending;
  parts.log.warn({ episodeId: run.chainId, mending: kind, fault, dryRun }, 'ledger and engine did not end alike');
  return lineOf(finding, { dryRun, fault });
}

const nothing = () => undefined;

async function find({ database, client }: MendingParts, run: LastRun): Promise<UnlikeEnds | undefined> {
  const before = await chainEndOf(database, run.chainId);
  // A sealed record is whole, and an ended run writes nothing.
  if (before.isSealed && !run.isRunning) return undefined;
  const engine = await engineEnd(client, run);
  const comparison = compare(before, engine, await hashAt(database, run.chainId, engine.stored.seq));
  if (comparison.kind === 'nothing') return undefined;
  if (comparison.kind !== 'lacking') return { run, ledger: before, mending: comparison, handedOut: [] };
  const ledger = await chainEndOf(database, run.chainId);
  if (ledger.tail.seq >= engine.stored.seq) return undefined;
  const { turns, handedOut }: HeldTurns = await turnsAfter(client, run, ledger.tail.seq);
  return { run, ledger, mending: turnsBetween(turns, ledger, engine), handedOut };
}

async function carryOut(parts: MendingParts, { run, mending, handedOut }: UnlikeEnds): Promise<void> {
  if (mending.kind === 'complete') await complete(parts, run.chainId, mending.turns, handedOut);
  if (mending.kind === 'begin-again') await endRun(parts, run);
}

/** The turns as the engine asked for them: the append finds again that each hash holds and follows. */
async function complete(
  { database }: MendingParts,
  chainId: string,
  turns: AppendInput[],
  handedOut: string[],
): Promise<void> {
  const entries = turns.flatMap((turn) => turn.entries);
  const missing = await missingOf(database, entries);
  const span = { firstSeq: entries[0]!.seq, lastSeq: entries.at(-1)!.seq };
  await noteRestoration(database, chainId, { how: 'completed', ...span, ...(missing && { missing }) });
  for (const turn of turns) {
    const { status } = await append(database, turn);
    if (status === 'refused') throw new Error('另一个过程正在预警或响应中');
  }
  const episode = await findEpisode(database, chainId);
  if (episode) await restoreClaims(database, claimsIn(turns, { episodeId: chainId, drill: episode.drill }), Date.now());
  // Their rows may be among what was lost.
  const waiting = new Set(await waitingMessages(database, chainId));
  await notePerhapsSent(
    database,
    chainId,
    [...new Set(handedOut)].filter((key) => waiting.has(key)),
  );
}

/**
 * Ends a run that is older than the ledger. The worker's look then begins a new one from the ledger, and notes it
 * (worker/revive.ts). First the record must hold.
 */
async function endRun({ database, client }: MendingParts, { chainId, runId }: LastRun): Promise<void> {
  await foldedState(database, chainId);
  await client.workflow
    .getHandle(chainWorkflowId(chainId), runId)
    .terminate('the ledger is ahead of this run')
    .catch((error: unknown) => {
      // Another worker was first.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
}
