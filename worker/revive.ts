/** No episode stays without a run: what the engine has ended or lost goes on from the ledger. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Logger } from 'pino';
import { foldedState, openEpisodes } from '../ledger/chain/resume.js';
import type { Database } from '../ledger/database.js';
import {
  EPISODE_WORKFLOW,
  type EpisodeInput,
  episodeWorkflowId,
  queueFor,
  TASK_TIMEOUT,
} from '../workflows/contract.js';

export interface Reviving {
  database: Database;
  client: Client;
  log: Logger;
}

const EVERY_MS = 10_000;
/** An append of the ended run may still be on its way to the ledger: it takes five seconds at most. */
const SETTLED_AFTER_MS = 10_000;
/** Ended runs that an episode may go on from. One that completed has sealed its record: then the ledger is behind. */
const BROKEN_OFF = new Set(['TERMINATED', 'FAILED', 'TIMED_OUT', 'CANCELLED']);

/** Looks for episodes without a run until it is stopped. */
export function keepEpisodesRunning(reviving: Reviving): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const watching = async () => {
    while (!stopping.signal.aborted) {
      await reviveEpisodes(reviving).catch((error: unknown) =>
        reviving.log.warn({ reason: String(error) }, 'could not look for episodes without a run'),
      );
      await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const watched = watching();
  return {
    stop: async () => {
      stopping.abort();
      await watched;
    },
  };
}

async function reviveEpisodes(reviving: Reviving): Promise<void> {
  const running = new Set<string>();
  const query = `WorkflowType = "${EPISODE_WORKFLOW}" AND ExecutionStatus = "Running"`;
  // Asked before the ledger: an episode that starts in between is then not taken for one without a run.
  for await (const { workflowId } of reviving.client.workflow.list({ query })) running.add(workflowId);
  for (const episode of await openEpisodes(reviving.database)) {
    if (running.has(episodeWorkflowId(episode.episodeId))) continue;
    await revive(reviving, episode).catch((error: unknown) =>
      reviving.log.error({ episodeId: episode.episodeId, reason: String(error) }, 'an episode has no run'),
    );
  }
}

async function revive(
  { database, client, log }: Reviving,
  { episodeId, drill }: { episodeId: string; drill: boolean },
): Promise<void> {
  const workflowId = episodeWorkflowId(episodeId);
  const last = await client.workflow
    .getHandle(workflowId)
    .describe()
    .catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });
  // The list of running workflows may be some seconds old.
  if (last?.status.name === 'RUNNING') return;
  if (last && !BROKEN_OFF.has(last.status.name)) throw new Error(`its last run is ${last.status.name}`);
  if (last?.closeTime && Date.now() - last.closeTime.getTime() < SETTLED_AFTER_MS) return;

  const state = await foldedState(database, episodeId);
  if (state.phase === 'closed') return;
  const input: EpisodeInput = { episodeId, state, unarchived: last ? [last.runId] : [] };
  try {
    await client.workflow.start(EPISODE_WORKFLOW, {
      workflowId,
      taskQueue: queueFor(drill),
      workflowTaskTimeout: TASK_TIMEOUT,
      args: [input],
    });
    log.error(
      { episodeId, ended: last?.status.name ?? 'lost', seq: state.head.seq },
      'a new run goes on from the ledger',
    );
  } catch (error) {
    // Another worker was first.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
