import {
  type Client,
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  type Workflow,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from '@temporalio/common';
import type { DistrictCommand } from '../../district/turn.js';
import type { Command, Outcome } from '../../episode/commands.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { recentPollers } from '../../lib/recent-pollers.js';
import {
  CHANNEL_TEST_WORKFLOW,
  type ChannelTestAnswer,
  type ChannelTestInput,
  CONTINUING,
  chainWorkflowId,
  EPISODE_WORKFLOW,
  type EpisodeInput,
  queueFor,
  SUBMIT_UPDATE,
  type Submission,
  type SubmissionAnswer,
  TASK_QUEUES,
  TASK_TIMEOUT,
} from '../../workflows/contract.js';

export type ChainCommand = Command | DistrictCommand;

/**
 * The gate's view of the engine. Every call carries the id of its update and may be repeated with it: the engine
 * answers for the update it already has, and the episode knows each command by its id (docs/design.md, "One writer").
 */
export interface EpisodeEngine {
  /** Begins the episode from this state with this command, unless it has begun. */
  start(state: EpisodeState, updateId: string, command: Command): Promise<Outcome[]>;
  submit(chainId: string, updateId: string, commands: ChainCommand[]): Promise<Outcome[]>;
  /** Whether the engine knows the episode, closed or not. */
  has(episodeId: string): Promise<boolean>;
  /** Whether a worker asks for work. Throws when the engine cannot be reached. */
  isWorking(): Promise<boolean>;
}

/** The channels are the workers', so the engine asks one. */
export interface ChannelTesting {
  /** Lets a worker send the test message of a channel. The same id again answers for the first. */
  testChannel(testId: string, input: ChannelTestInput): Promise<ChannelTestAnswer>;
}

/**
 * The workflow has closed, is closing or never existed: the engine does not say which (docs/design.md, "Lessons", 13).
 */
export class EpisodeGone extends Error {
  constructor() {
    super('the engine does not have the episode');
  }
}

/** The episode refused the whole update. */
export class UpdateRefused extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

/** Limit of one call to the engine. The gate then asks again. */
const CALL_MILLISECONDS = 10_000;

/** gRPC status of a request that the server will never take, for instance because it is too large. */
const INVALID_ARGUMENT = 3;

/** Failures of an update whose workflow closed before it was answered. */
const CLOSED_UNDER_IT = new Set(['AcceptedUpdateCompletedWorkflow', 'WorkflowClosed']);

export function temporalEngine(client: Client, clock: () => number = Date.now): EpisodeEngine & ChannelTesting {
  const briefly = <T>(call: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + CALL_MILLISECONDS, call).catch((error: unknown) => {
      throw translated(error);
    });

  return {
    start: (state, updateId, command) =>
      briefly(() =>
        client.workflow.executeUpdateWithStart<Workflow, SubmissionAnswer, [Submission]>(SUBMIT_UPDATE, {
          updateId,
          args: [{ commands: [command] }],
          startWorkflowOperation: new WithStartWorkflowOperation(EPISODE_WORKFLOW, {
            workflowId: chainWorkflowId(state.episodeId),
            workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
            taskQueue: queueFor(isDrill(command)),
            workflowTaskTimeout: TASK_TIMEOUT,
            args: [{ state } satisfies EpisodeInput],
          }),
        }),
      ),
    submit: (chainId, updateId, commands) =>
      briefly(() =>
        client.workflow
          .getHandle(chainWorkflowId(chainId))
          .executeUpdate<SubmissionAnswer, [Submission<ChainCommand>]>(SUBMIT_UPDATE, {
            updateId,
            args: [{ commands }],
          }),
      ),
    has: (episodeId) =>
      briefly(() => client.workflow.getHandle(chainWorkflowId(episodeId)).describe()).then(
        () => true,
        (error: unknown) => {
          if (error instanceof EpisodeGone) return false;
          throw error;
        },
      ),
    testChannel: (testId, input) =>
      briefly(async () => {
        const workflowId = `channel-test:${testId}`;
        const started = await client.workflow
          .start<Workflow>(CHANNEL_TEST_WORKFLOW, {
            workflowId,
            taskQueue: TASK_QUEUES.episodes,
            workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
            workflowExecutionTimeout: '30 seconds',
            args: [input],
          })
          .catch((error: unknown) => {
            if (error instanceof WorkflowExecutionAlreadyStartedError) return client.workflow.getHandle(workflowId);
            throw error;
          });
        return started.result() as Promise<ChannelTestAnswer>;
      }),
    isWorking: () =>
      briefly(async () => {
        const queue = await client.workflowService.describeTaskQueue({
          namespace: client.options.namespace,
          taskQueue: { name: TASK_QUEUES.episodes },
          taskQueueType: 1, // workflow tasks
        });
        return recentPollers(queue.pollers ?? [], clock()).length > 0;
      }),
  };
}

const isDrill = ({ body }: Command): boolean => body.kind === 'start' && body.drill !== undefined;

/** Any other error is the connection's fault, so the gate asks again. */
function translated(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) return new EpisodeGone();
  if (error instanceof WorkflowUpdateFailedError) {
    const type = error.cause instanceof ApplicationFailure ? (error.cause.type ?? 'unknown') : 'unknown';
    // Nothing was taken. The next run, a moment later, takes it.
    if (type === CONTINUING) return error;
    return CLOSED_UNDER_IT.has(type) ? new EpisodeGone() : new UpdateRefused(type, error.cause?.message ?? type);
  }
  const cause = error instanceof Error ? error.cause : undefined;
  if (isGrpcServiceError(cause) && cause.code === INVALID_ARGUMENT) return new UpdateRefused('invalid', cause.details);
  return error;
}
