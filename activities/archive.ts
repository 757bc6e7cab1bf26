import type { WorkflowClient } from '@temporalio/client';
import proto from '@temporalio/proto';
import { archivedRuns, closedWithoutArchive, storeRun } from '../ledger/archives.js';
import type { Database } from '../ledger/database.js';
import { type ArchiveInput, episodeWorkflowId } from '../workflows/contract.js';

const { EventType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;
const ENDED = new Set<unknown>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
]);
const CONTINUED: unknown = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW;

interface Archiving {
  database: Database;
  workflows: WorkflowClient;
}

/**
 * Keeps a closed run's whole history, in the engine's own encoding (protobuf `History`), beyond its
 * retention (design, §4). Throws while the run is not closed; archived twice, it is stored once.
 */
export const archiver =
  (archiving: Archiving) =>
  async ({ episodeId, runId }: ArchiveInput): Promise<void> => {
    await keep(archiving, episodeId, runId);
  };

/** Answers the run that this one continues, if any. */
async function keep({ database, workflows }: Archiving, episodeId: string, runId: string): Promise<string | undefined> {
  const history = await workflows.getHandle(episodeWorkflowId(episodeId), runId).fetchHistory();
  const closing = history.events?.at(-1)?.eventType;
  const isLast = ENDED.has(closing);
  if (!isLast && closing !== CONTINUED) throw new Error(`run ${runId} of ${episodeId} is not closed yet`);
  await storeRun(database, { chainId: episodeId, runId, content: History.encode(history).finish(), isLast });
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  return started?.continuedExecutionRunId || undefined;
}

const AT_ONCE = 100;

/** Archives the last run of each closed episode, and those before it that no successor has archived. */
export const sweeper = (archiving: Archiving) => async (): Promise<void> => {
  for (const episodeId of await closedWithoutArchive(archiving.database, AT_ONCE)) {
    const { runId: last } = await archiving.workflows.getHandle(episodeWorkflowId(episodeId)).describe();
    const archived = new Set((await archivedRuns(archiving.database, episodeId)).map(({ runId }) => runId));
    for (let runId: string | undefined = last; runId && !archived.has(runId); ) {
      runId = await keep(archiving, episodeId, runId);
    }
  }
};
