import { type Client, WithStartWorkflowOperation, type Workflow } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import { beginDistrict, DISTRICT_CHAIN } from '../district/state.js';
import type { DistrictCommand } from '../district/turn.js';
import { hasDistrict } from '../ledger/chain/district.js';
import type { Database } from '../ledger/database.js';
import { handOverCommands } from '../ledger/reading/hand-over.js';
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
 * Hands what goes on after an episode over to the district's chain, which knows the episode by its id: once more changes nothing.
 * The first ever begins the chain. Later it may be without a run for a while: then this fails, and is tried again.
 */
export const revisionsHandOver =
  ({ database, temporal, taskQueue = TASK_QUEUES.episodes }: HandingOverParts) =>
  async ({ episodeId, seq }: HandOverInput): Promise<void> => {
    for (const command of await handOverCommands(database, { episodeId, seq }))
      await submit({ database, temporal, taskQueue }, command);
  };

async function submit({ database, temporal, taskQueue }: Required<HandingOverParts>, command: DistrictCommand) {
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
  if (outcome?.status !== 'accepted') throw new Error(`the district's chain refused ${command.commandId}`);
}
