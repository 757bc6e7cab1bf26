import { type Client, WithStartWorkflowOperation, type Workflow } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import { beginDistrict, DISTRICT_CHAIN } from '../district/state.js';
import type { DistrictCommand } from '../district/turn.js';
import { hasDistrict } from '../ledger/chain/district.js';
import type { Database } from '../ledger/database.js';
import { handOverCommand, revisionsIn } from '../ledger/reading/hand-over.js';
import {
  chainWorkflowId,
  DISTRICT_WORKFLOW,
  type DistrictInput,
  type HandOverInput,
  SUBMIT_UPDATE,
  type Submission,
  type SubmissionAnswer,
  TASK_QUEUES,
  TASK_TIMEOUT,
} from '../workflows/contract.js';

interface HandingOverParts {
  database: Database;
  temporal: Client;
  /** The contract's, except in tests. */
  taskQueue?: string;
}

/**
 * Hands the revisions of a published review over to the district's chain, which knows an episode by its id: once more changes
 * nothing. The first ever begins the chain. Later it may be without a run for a while: then this fails, and is tried again.
 */
export const revisionsHandOver =
  ({ database, temporal, taskQueue = TASK_QUEUES.episodes }: HandingOverParts) =>
  async ({ episodeId, seq }: HandOverInput): Promise<number> => {
    const command = await handOverCommand(database, { episodeId, seq });
    const args: [Submission<DistrictCommand>] = [{ commands: [command] }];
    const workflowId = chainWorkflowId(DISTRICT_CHAIN);
    const [outcome] = (await hasDistrict(database))
      ? await temporal.workflow
          .getHandle(workflowId)
          .executeUpdate<SubmissionAnswer, typeof args>(SUBMIT_UPDATE, { args })
      : await temporal.workflow.executeUpdateWithStart<Workflow, SubmissionAnswer, typeof args>(SUBMIT_UPDATE, {
          args,
          startWorkflowOperation: new WithStartWorkflowOperation(DISTRICT_WORKFLOW, {
            workflowId,
            workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
            taskQueue,
            workflowTaskTimeout: TASK_TIMEOUT,
            args: [{ state: beginDistrict() } satisfies DistrictInput],
          }),
        });
    if (outcome?.status !== 'accepted') throw new Error(`the district's chain refused the revisions of ${episodeId}`);
    return revisionsIn(command);
  };
