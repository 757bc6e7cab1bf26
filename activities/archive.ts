import type { WorkflowClient } from '@temporalio/client';
import proto from '@temporalio/proto';
import { storeRun } from '../ledger/archives.js';
import type { Database } from '../ledger/database.js';
import { type ArchiveInput, episodeWorkflowId } from '../workflows/contract.js';

const { EventType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;
const CLOSING = new Set<unknown>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
]);

/**
 * Keeps a closed run's whole history, in the engine's own encoding (protobuf `History`), beyond its
 * retention (design, §4). Throws while the run is not closed; archived twice, it is stored once.
 */
export const archiver =
  ({ database, workflows }: { database: Database; workflows: WorkflowClient }) =>
  async ({ episodeId, runId }: ArchiveInput): Promise<void> => {
    const history = await workflows.getHandle(episodeWorkflowId(episodeId), runId).fetchHistory();
    if (!isWhole(history)) throw new Error(`run ${runId} of ${episodeId} is not closed yet`);
    await storeRun(database, episodeId, runId, History.encode(history).finish());
  };

const isWhole = ({ events }: proto.temporal.api.history.v1.IHistory): boolean => CLOSING.has(events?.at(-1)?.eventType);
