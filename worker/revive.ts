/** Gives chains whose run the engine has ended or lost a new run, from the ledger. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import type { Logger } from 'pino';
import { foldedState, type OpenChain, openChains } from '../ledger/chain/resume.js';
import type { Database } from '../ledger/database.js';
import { noteInterruptions } from '../ledger/interruptions.js';
import { noteRestoration } from '../ledger/restorations.js';
import { atIntervals, type Repeated } from '../lib/at-intervals.js';
import { type ChainInput, chainWorkflowId, queueFor, TASK_TIMEOUT, workflowTypeOf } from '../workflows/contract.js';
import { describedRun, OF_CHAINS } from './mend/engine-history.js';
import { recordRestorations } from './mend/record.js';

export interface Reviving {
  database: Database;
  client: Client;
  log: Logger;
}

const EVERY_MS = 10_000;
/** An append of the ended run may still be on its way to the ledger, for four seconds at most. */
const SETTLED_AFTER_MS = 10_000;
/**
 * Ends of a run after which a new one goes on. A completed run has sealed its record: if the ledger says otherwise, the
 * ledger is older than the engine.
 */
const BROKEN_OFF = new Set(['TERMINATED', 'FAILED', 'TIMED_OUT', 'CANCELLED']);

/** Looks for chains without a run until it is stopped. */
export const keepEpisodesRunning = (reviving: Reviving): Repeated =>
  atIntervals(
    EVERY_MS,
    async () => {
      await reviveEpisodes(reviving);
      await recordRestorations(reviving);
    },
    (error) => reviving.log.warn({ reason: String(error) }, 'could not look for episodes without a run'),
  );

interface WithoutRun extends OpenChain {
  /** Its last run; `undefined` when the engine knows none. */
  last: WorkflowExecutionDescription | undefined;
}

async function reviveEpisodes(reviving: Reviving): Promise<void> {
  const withoutRun = await episodesWithoutRun(reviving);
  // Told first, because folding a long chain takes a while.
  await noteInterruptions(reviving.database, withoutRun.map(idOf));
  const waiting: WithoutRun[] = [];
  for (const episode of withoutRun) {
    const isRunning = await revive(reviving, episode).catch((error: unknown) => {
      reviving.log.error({ episodeId: episode.chainId, reason: String(error) }, 'an episode has no run');
      return false;
    });
    if (!isRunning) waiting.push(episode);
  }
  if (waiting.length < withoutRun.length) await noteInterruptions(reviving.database, waiting.map(idOf));
}

const idOf = ({ chainId }: OpenChain): string => chainId;

async function episodesWithoutRun({ database, client }: Reviving): Promise<WithoutRun[]> {
  const running = new Set<string>();
  const query = `${OF_CHAINS} AND ExecutionStatus = "Running"`;
  // Asked before the ledger: an episode that starts in between is then not taken for one without a run.
  for await (const { workflowId } of client.workflow.list({ query })) running.add(workflowId);
  const withoutRun: WithoutRun[] = [];
  for (const episode of await openChains(database)) {
    if (running.has(chainWorkflowId(episode.chainId))) continue;
    const last = await describedRun(client, episode.chainId);
    // The list of running workflows may be some seconds old.
    if (last?.status.name !== 'RUNNING') withoutRun.push({ ...episode, last });
  }
  // Asked again: a run may have sealed its record and ended between the two looks.
  const open = new Set(withoutRun.length > 0 ? (await openChains(database)).map(idOf) : []);
  return withoutRun.filter(({ chainId }) => open.has(chainId));
}

/** Starts a new run, unless the last one ended just now. Answers whether the episode has a run or needs none. */
async function revive({ database, client, log }: Reviving, { chainId, drill, last }: WithoutRun): Promise<boolean> {
  if (last && !BROKEN_OFF.has(last.status.name)) throw new Error(`its last run is ${last.status.name}`);
  if (last?.closeTime && Date.now() - last.closeTime.getTime() < SETTLED_AFTER_MS) return false;

  const state = await foldedState(database, chainId);
  if ('phase' in state && state.phase === 'closed') return true;
  await noteRestoration(database, chainId, { how: 'begun-again', firstSeq: 1, lastSeq: state.head.seq });
  const input: ChainInput<typeof state> = { state, unarchived: last ? [last.runId] : [] };
  try {
    await client.workflow.start(workflowTypeOf(chainId), {
      workflowId: chainWorkflowId(chainId),
      taskQueue: queueFor(drill),
      workflowTaskTimeout: TASK_TIMEOUT,
      args: [input],
    });
    log.error(
      { episodeId: chainId, ended: last?.status.name ?? 'lost', seq: state.head.seq },
      'a new run goes on from the ledger',
    );
  } catch (error) {
    // Another worker was first.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return true;
}
