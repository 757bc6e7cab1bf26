/** The workers of a process: they run workflows from the built bundle, and the activities they are given. */
import { existsSync } from 'node:fs';
import { type NativeConnection, Worker, type WorkerOptions, type WorkerTuner } from '@temporalio/worker';
import { StartError } from '../lib/start-error.js';
import { dataConverter } from '../platform/payload-codec.js';
import { type EpisodeActivities, messageQueueOf, TASK_QUEUES } from '../workflows/contract.js';
import { turnSlots } from './turn-slots.js';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  activities: EpisodeActivities;
  /** Path of the bundle that `npm run build` makes. */
  workflowBundle: string;
  /** Queues of workflows; the contract's, except in tests. */
  taskQueues?: readonly string[];
  /** Batches of messages that go out at once from each queue. */
  messageSlots?: number;
}

export interface RunningWorkers {
  /** Rejects as soon as one of the workers fails. */
  ended: Promise<unknown>;
  /** Takes no new work, and waits for what runs. */
  stop(): Promise<void>;
}

const SHUTDOWN = { shutdownGraceTime: '10s', shutdownForceTime: '20s' } satisfies Partial<WorkerOptions>;

/**
 * Turns of an episode come in quick succession, and another worker takes over within seconds (docs/design.md, "Growth
 * and change").
 */
const TURNS = {
  stickyQueueScheduleToStartTimeout: '3s',
  // A hundred drills at once stay cached. Beyond 200 episodes, the oldest are replayed when next needed.
  maxCachedWorkflows: 200,
} satisfies Partial<WorkerOptions>;

const fixed = (numSlots: number) => ({ type: 'fixed-size' as const, numSlots });

/** Of each worker that takes turns: places are its own. */
const slotsOfTurns = (): WorkerTuner => ({
  workflowTaskSlotSupplier: turnSlots({ known: 40, unknown: 2 }),
  activityTaskSlotSupplier: fixed(100),
  // None of these is used; the SDK wants to be told of them.
  localActivityTaskSlotSupplier: fixed(1),
  nexusTaskSlotSupplier: fixed(1),
});

/** A batch of messages may wait a minute for its servers, so it must not take the place of an append. */
const MESSAGES = {
  // The SDK's default sends a heartbeat only every 8 s, and the engine gives the worker up after 10 s.
  maxHeartbeatThrottleInterval: '3s',
} satisfies Partial<WorkerOptions>;

/**
 * Starts two workers for each queue: one takes turns, the other sends messages and archives. Throws `StartError` when
 * the bundle was not built.
 */
export const startWorkers = async ({
  connection,
  namespace,
  activities: { deliver, archive, archiveClosed, handOverRevisions, testChannel, ...turns },
  workflowBundle,
  taskQueues = Object.values(TASK_QUEUES),
  messageSlots = 100,
}: WorkerParts): Promise<RunningWorkers> => {
  if (!existsSync(workflowBundle)) {
    throw new StartError(`缺少工作流程序包 ${workflowBundle}。请先运行 npm run build。`);
  }
  const common = { connection, namespace, dataConverter, ...SHUTDOWN };
  const workers = await Promise.all(
    taskQueues.flatMap((taskQueue) => [
      Worker.create({
        ...common,
        ...TURNS,
        tuner: slotsOfTurns(),
        taskQueue,
        workflowBundle: { codePath: workflowBundle },
        activities: turns,
      }),
      Worker.create({
        ...common,
        ...MESSAGES,
        taskQueue: messageQueueOf(taskQueue),
        activities: { deliver, archive, archiveClosed, handOverRevisions, testChannel },
        maxConcurrentActivityTaskExecutions: messageSlots,
      }),
    ]),
  );
  const runs = workers.map((worker) => worker.run());
  const ended = Promise.all(runs);
  // For callers that do not wait for the end: they meet a failure when they stop the workers.
  ended.catch(() => undefined);
  return {
    ended,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
      await ended;
    },
  };
};
