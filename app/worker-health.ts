/** For a container's health check: ends with 0 if a worker of this machine has polled the engine recently. */
import { hostname } from 'node:os';
import proto from '@temporalio/proto';
import { recentPollers } from '../lib/recent-pollers.js';
import { readConfig } from '../platform/config.js';
import { connectEngine } from '../platform/temporal/engine.js';
import { TASK_QUEUES } from '../workflows/contract.js';

const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;

const isPolling = async (): Promise<boolean> => {
  const { temporal } = readConfig(process.env);
  if (temporal === undefined) return false;
  const { connection, namespace } = await connectEngine(temporal);
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: TASK_QUEUES.episodes },
    taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
  });
  return recentPollers(pollers ?? [], Date.now()).some(({ identity }) => identity?.endsWith(`@${hostname()}`));
};

process.exit((await isPolling().catch(() => false)) ? 0 : 1);
