import type { WorkflowClient } from '@temporalio/client';
import proto from '@temporalio/proto';
import { archivedRuns, closedWithoutArchive, noteArchivingTry, storeRun } from '../ledger/chain/archives.js';
import type { Database } from '../ledger/database.js';
import { type ArchiveInput, chainWorkflowId } from '../workflows/contract.js';

const { EventType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;
const CLOSING = new Set<unknown>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
]);

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
  async ({ episodeId, runId }: ArchiveInput): Promise<void> => {
    await archiveRun(archiving, episodeId, runId);
  };

/** Archives a closed run. Answers with the run before it, if there was one. */
async function archiveRun(
  { database, workflows }: Archiving,
  episodeId: string,
  runId: string,
): Promise<string | null> {
  const history = await workflows.getHandle(chainWorkflowId(episodeId), runId).fetchHistory();
  const [first, last] = [history.events?.at(0), history.events?.at(-1)];
  if (!CLOSING.has(last?.eventType)) throw new Error(`run ${runId} of ${episodeId} is not closed yet`);
  const previousRunId = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || null;
  const content = History.encode(history).finish();
  await storeRun(database, { chainId: episodeId, runId, previousRunId, content });
  return previousRunId;
}

const AT_ONCE = 100;

/**
 * Archives every run of each closed episode that no later run has archived. An episode whose history cannot be had does
 * not stop the others: the sweep fails after them.
 */
export const sweeper = (archiving: Archiving) => async (): Promise<void> => {
  const failures: unknown[] = [];
  for (const episodeId of await closedWithoutArchive(archiving.database, AT_ONCE)) {
    const fault = await archiveAll(archiving, episodeId).then(
      () => null,
      (error: unknown) => {
        failures.push(error);
        return String(error);
      },
    );
    await noteArchivingTry(archiving.database, episodeId, fault);
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} closed episodes are not archived`);
};

/** Walks from the last run to the first: a run in the middle may be missing although a later one is archived. */
async function archiveAll(archiving: Archiving, episodeId: string): Promise<void> {
  const runs = await archivedRuns(archiving.database, episodeId);
  const before = new Map(runs.map(({ runId, previousRunId }) => [runId, previousRunId]));
  const last = await archiving.workflows.getHandle(chainWorkflowId(episodeId)).describe();
  for (let runId: string | null = last.runId; runId !== null; ) {
    runId = before.has(runId) ? before.get(runId)! : await archiveRun(archiving, episodeId, runId);
  }
}
