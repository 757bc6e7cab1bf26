/** The process that runs workflows and activities, composed from the built bundle and the activities it is given. */
import { existsSync } from 'node:fs';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { dataConverter } from '../platform/payload-codec.js';
import { StartError } from '../platform/start-error.js';
import { type EpisodeActivities, TASK_QUEUE } from '../workflows/contract.js';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  activities: EpisodeActivities;
  /** Path of the bundle that `npm run build` makes. */
  workflowBundle: string;
  /** Tests take one each; else the contract's. */
  taskQueue?: string;
}

/**
 * For one episode's turns in quick succession, and for the takeover from a killed worker within seconds
 * (docs/design.md, "Growth and change").
 */
const LIMITS = {
  stickyQueueScheduleToStartTimeout: '3s',
  // All of a hundred drills at once stay warm; beyond that the oldest are replayed when they are next needed.
  maxCachedWorkflows: 200,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentActivityTaskExecutions: 100,
  shutdownGraceTime: '10s',
  shutdownForceTime: '20s',
} satisfies Partial<WorkerOptions>;

/** Makes a worker ready to `run()`. Throws `StartError` when the bundle was not built. */
export const createWorker = async (parts: WorkerParts): Promise<Worker> => {
  if (!existsSync(parts.workflowBundle)) {
    throw new StartError(`缺少工作流程序包 ${parts.workflowBundle}。请先运行 npm run build。`);
  }
  return Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: parts.taskQueue ?? TASK_QUEUE,
    activities: parts.activities,
    workflowBundle: { codePath: parts.workflowBundle },
    dataConverter,
    ...LIMITS,
  });
};
