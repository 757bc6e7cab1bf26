/** Health and figures of `npm run worker`, as the API has its own: `/healthz`, `/readyz`, `/metrics`. */
import { hostname } from 'node:os';
import proto from '@temporalio/proto';
import express from 'express';
import { answerProblem } from '../api/http/answer-problem.js';
import { healthRoutes } from '../api/http/health.js';
import { createFigures } from '../lib/process-figures.js';
import { recentPollers } from '../lib/recent-pollers.js';
import type { Engine } from '../platform/temporal/engine.js';
import { TASK_QUEUES } from '../workflows/contract.js';
import type { Lifecycle } from './lifecycle.js';
import { listen } from './listener.js';
import type { Foundation } from './parts.js';

const { TASK_QUEUE_TYPE_WORKFLOW } = proto.temporal.api.enums.v1.TaskQueueType;

/** A quiet connection of a probe is closed after so many milliseconds. */
const KEEP_ALIVE = 75_000;

/** Answers from now on, until the process closes. */
export async function openWorkerPort(
  life: Lifecycle,
  { database, engine, log, engineFigures }: Foundation,
  port: number,
): Promise<void> {
  const listener = await listen(port, KEEP_ALIVE, 'WORKER_PORT');
  const monitored = {
    database,
    log,
    engine: { isWorking: () => isPolling(engine) },
    metrics: createFigures(engineFigures),
  };
  listener.open(express().use(healthRoutes(monitored)).use(answerProblem(log)));
  life.onClose('监测端口', listener.close);
}

/** Whether this very process has polled the engine recently. */
async function isPolling({ connection, namespace }: Engine): Promise<boolean> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: TASK_QUEUES.episodes },
    taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
  });
  const own = `${process.pid}@${hostname()}`;
  return recentPollers(pollers ?? [], Date.now()).some(({ identity }) => identity === own);
}
