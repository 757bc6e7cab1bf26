import type { WorkflowClient } from '@temporalio/client';
import proto from '@temporalio/proto';
import { archivedRuns, closedWithoutArchive, storeRun } from '../ledger/chain/archives.js';
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
 * Keeps the whole history of a closed run, in the engine's own encoding (protobuf `History`), beyond its retention
 * (docs/design.md, "Growth and change"). Throws while the run is not closed. Archiving a run twice stores it once.
 */
export const archiver =
  (archiving: Archiving) =>
  async ({ episodeId, runId }: ArchiveInput): Promise<void> =>
    store(archiving, episodeId, runId, await closedHistory(archiving, episodeId, runId));

async function closedHistory({ workflows }: Archiving, episodeId: string, runId: string): Promise<Closed> {
  const history = await workflows.getHandle(episodeWorkflowId(episodeId), runId).fetchHistory();
  const closing = history.events?.at(-1)?.eventType;
  const isLast = ENDED.has(closing);
  if (!isLast && closing !== CONTINUED) throw new Error(`run ${runId} of ${episodeId} is not closed yet`);
  return { history, isLast };
}

interface Closed {
  history: proto.temporal.api.history.v1.IHistory;
  isLast: boolean;
}

const store = ({ database }: Archiving, episodeId: string, runId: string, { history, isLast }: Closed): Promise<void> =>
  storeRun(database, { chainId: episodeId, runId, content: History.encode(history).finish(), isLast });

const AT_ONCE = 100;

/**
 * Archives the last run of each closed episode, after those before it that no successor has archived. One episode whose
 * history cannot be had does not keep the others; the sweep then fails in the end.
 */
export const sweeper = (archiving: Archiving) => async (): Promise<void> => {
  const failures: unknown[] = [];
  for (const episodeId of await closedWithoutArchive(archiving.database, AT_ONCE)) {
    await archiveAll(archiving, episodeId).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} closed episodes are not archived`);
};

async function archiveAll(archiving: Archiving, episodeId: string): Promise<void> {
  const archived = new Set((await archivedRuns(archiving.database, episodeId)).map(({ runId }) => runId));
  const { runId: last } = await archiving.workflows.getHandle(episodeWorkflowId(episodeId)).describe();
  const missing: Array<{ runId: string; closed: Closed }> = [];
  for (let runId: string | undefined = last; runId && !archived.has(runId); ) {
    const closed = await closedHistory(archiving, episodeId, runId);
    missing.push({ runId, closed });
    runId = closed.history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  // The last run's archive says that all is done: it comes last.
  for (const { runId, closed } of missing.reverse()) await store(archiving, episodeId, runId, closed);
}
