/** What the engine holds of an episode, read from the histories of its runs. */
import {
  type Client,
  isGrpcServiceError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client';
import proto from '@temporalio/proto';
import { readPayload } from '../../platform/payload-codec.js';
import {
  type AppendInput,
  type AppendResult,
  type DeliverInput,
  EPISODE_WORKFLOW,
  type EpisodeInput,
  episodeWorkflowId,
} from '../../workflows/contract.js';
import { beforeTurn, type EngineEnd } from './plan.js';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
/** Of gRPC. */
const NOT_FOUND = 5;
const { EventType } = proto.temporal.api.enums.v1;

/** The last run of an episode. */
export interface LastRun {
  episodeId: string;
  runId: string;
  isRunning: boolean;
  begunAt: Date;
}

/** The last runs of all episodes that the engine knows, in the order in which these runs began. */
export async function lastRuns({ workflow }: Client): Promise<LastRun[]> {
  const last = new Map<string, LastRun>();
  for await (const { workflowId, runId, status, startTime } of workflow.list({
    query: `WorkflowType = "${EPISODE_WORKFLOW}"`,
  })) {
    const known = last.get(workflowId);
    const run = {
      episodeId: workflowId.slice(episodeWorkflowId('').length),
      runId,
      isRunning: status.name === 'RUNNING',
      begunAt: startTime,
    };
    if (!known || run.isRunning || (!known.isRunning && startTime > known.begunAt)) last.set(workflowId, run);
  }
  return [...last.values()].sort((one, other) => one.begunAt.getTime() - other.begunAt.getTime());
}

/** The last run of an episode as it is now; `undefined` when the engine knows none. */
export const describedRun = (client: Client, episodeId: string): Promise<WorkflowExecutionDescription | undefined> =>
  client.workflow
    .getHandle(episodeWorkflowId(episodeId))
    .describe()
    .catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });

/** How far the engine has an episode. Read from the end of the history, so that a long one takes no longer. */
export async function engineEnd(client: Client, { episodeId, runId, isRunning }: LastRun): Promise<EngineEnd> {
  const answers = new Map<string, HistoryEvent>();
  for await (const event of eventsBackwards(client, episodeId, runId)) {
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
      const { state } = await readPayload<EpisodeInput>(begun.input);
      return { isRunning, stored: { seq: state.head.seq, hash: state.head.hash } };
    }
  }
  throw new Error(`the history of ${episodeId}/${runId} has no beginning`);
}

async function* eventsBackwards(client: Client, episodeId: string, runId: string): AsyncGenerator<HistoryEvent> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await client.workflowService.getWorkflowExecutionHistoryReverse({
      namespace: client.options.namespace,
      execution: { workflowId: episodeWorkflowId(episodeId), runId },
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
export async function turnsAfter(client: Client, { episodeId, runId }: LastRun, seq: number): Promise<HeldTurns> {
  const held: HeldTurns = { turns: [], handedOut: [] };
  for (let next: string | undefined = runId; next !== undefined; ) {
    const events = await eventsOf(client, episodeId, next);
    const [begun] = events;
    if (!begun) break;
    for (const event of events) await collect(held, event);
    const input = await readPayload<EpisodeInput>(begun.workflowExecutionStartedEventAttributes?.input);
    next = input.state.head.seq <= seq ? undefined : input.unarchived?.at(-1);
  }
  return held;
}

/** None of a run that the engine has forgotten. */
async function eventsOf({ workflow }: Client, episodeId: string, runId: string): Promise<HistoryEvent[]> {
  try {
    const history = await workflow.getHandle(episodeWorkflowId(episodeId), runId).fetchHistory();
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
