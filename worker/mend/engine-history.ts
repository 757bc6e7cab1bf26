/** What the engine holds of a chain, read from the histories of its runs. */
import {
  type Client,
  isGrpcServiceError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Tail } from '../../ledger/chain/chain.js';
import { readPayload } from '../../platform/payload-codec.js';
import {
  type AppendInput,
  type AppendResult,
  type ChainInput,
  chainIdOf,
  chainWorkflowId,
  type DeliverInput,
  DISTRICT_WORKFLOW,
  EPISODE_WORKFLOW,
} from '../../workflows/contract.js';
import { beforeTurn, type EngineEnd } from './plan.js';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
/** Of gRPC. */
const NOT_FOUND = 5;
const { EventType } = proto.temporal.api.enums.v1;

/** The workflows that run chains. */
export const OF_CHAINS = `WorkflowType IN ("${EPISODE_WORKFLOW}", "${DISTRICT_WORKFLOW}")`;

/** The last run of a chain. */
export interface LastRun {
  chainId: string;
  runId: string;
  isRunning: boolean;
  begunAt: Date;
}

/** The last runs of all chains that the engine knows, in the order in which these runs began. */
export async function lastRuns({ workflow }: Client): Promise<LastRun[]> {
  const last = new Map<string, LastRun>();
  for await (const { workflowId, runId, status, startTime } of workflow.list({
    query: OF_CHAINS,
  })) {
    const known = last.get(workflowId);
    const run = {
      chainId: chainIdOf(workflowId),
      runId,
      isRunning: status.name === 'RUNNING',
      begunAt: startTime,
    };
    if (!known || run.isRunning || (!known.isRunning && startTime > known.begunAt)) last.set(workflowId, run);
  }
  return [...last.values()].sort((one, other) => one.begunAt.getTime() - other.begunAt.getTime());
}

/** The last run of a chain as it is now; `undefined` when the engine knows none. */
export const describedRun = (client: Client, chainId: string): Promise<WorkflowExecutionDescription | undefined> =>
  client.workflow
    .getHandle(chainWorkflowId(chainId))
    .describe()
    .catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });

/** How far the engine has a chain. Read from the end of the history, so that a long one takes no longer. */
export async function engineEnd(client: Client, { chainId, runId, isRunning }: LastRun): Promise<EngineEnd> {
  const answers = new Map<string, HistoryEvent>();
  for await (const event of eventsBackwards(client, chainId, runId)) {
    const { activityTaskCompletedEventAttributes: completed, activityTaskScheduledEventAttributes: scheduled } = event;
    if (completed) answers.set(String(completed.scheduledEventId), event);
    if (scheduled?.activityType?.name === 'append') {
      const turn = await readPayload<AppendInput>(scheduled.input);
      const { seq, hash } = turn.entries.at(-1)!;
      const answer = answers.get(String(event.eventId))?.activityTaskCompletedEventAttributes;
      const result = answer && (await readPayload<AppendResult>(answer.result));
      if (result?.status === 'stored') return { isRunning, stored: { seq, hash } };
      return { isRunning, stored: beforeTurn(turn), ...(result ? {} : { asked: { seq, hash } }) };
    }
    const begun = event.workflowExecutionStartedEventAttributes;
    if (begun) {
      const { state } = await readPayload<ChainInput<{ head: Tail }>>(begun.input);
      return { isRunning, stored: { seq: state.head.seq, hash: state.head.hash } };
    }
  }
  throw new Error(`the history of ${chainId}/${runId} has no beginning`);
}

async function* eventsBackwards(client: Client, chainId: string, runId: string): AsyncGenerator<HistoryEvent> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await client.workflowService.getWorkflowExecutionHistoryReverse({
      namespace: client.options.namespace,
      execution: { workflowId: chainWorkflowId(chainId), runId },
      maximumPageSize: 100,
      ...(nextPageToken && { nextPageToken }),
    });
    yield* page.history?.events ?? [];
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
}

/** The turns after an entry that the engine asked to be stored, and the messages that it handed out in those runs. */
export interface HeldTurns {
  turns: AppendInput[];
  handedOut: string[];
}

/**
 * Walks back from the last run to the one that began at or before entry `seq`, or as far as the engine still has runs. Each run
 * is begun with the id of the one before.
 */
export async function turnsAfter(client: Client, { chainId, runId }: LastRun, seq: number): Promise<HeldTurns> {
  const held: HeldTurns = { turns: [], handedOut: [] };
  for (let next: string | undefined = runId; next !== undefined; ) {
    const events = await eventsOf(client, chainId, next);
    const [begun] = events;
    if (!begun) break;
    for (const event of events) await collect(held, event);
    const input = await readPayload<ChainInput<{ head: Tail }>>(begun.workflowExecutionStartedEventAttributes?.input);
    next = input.state.head.seq <= seq ? undefined : input.unarchived?.at(-1);
  }
  return held;
}

/** None of a run that the engine has forgotten. */
async function eventsOf({ workflow }: Client, chainId: string, runId: string): Promise<HistoryEvent[]> {
  try {
    const history = await workflow.getHandle(chainWorkflowId(chainId), runId).fetchHistory();
    return history.events ?? [];
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return [];
    throw error;
  }
}

async function collect({ turns, handedOut }: HeldTurns, event: HistoryEvent): Promise<void> {
  if (event.eventType !== EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) return;
  const { activityType, input } = event.activityTaskScheduledEventAttributes ?? {};
  if (activityType?.name === 'append') turns.push(await readPayload<AppendInput>(input));
  if (activityType?.name === 'deliver') handedOut.push(...(await readPayload<DeliverInput>(input)).messages);
}
