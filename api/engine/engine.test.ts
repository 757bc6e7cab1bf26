import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { eventually } from '../../lib/testing/eventually.js';
import { firstLine, runModule } from '../../test/support/child.js';
import { FIRST_TIME, startTestEngine } from '../../test/support/engine.js';
import { workflowBundle } from '../../test/support/workflow-bundle.js';
import { TASK_QUEUES } from '../../workflows/contract.js';
import { testApp } from '../testing/app.js';
import { temporalEngine } from './engine.js';

let engine: Awaited<ReturnType<typeof startTestEngine>>;
let client: Client;
beforeAll(async () => {
  engine = await startTestEngine();
  client = new Client({ connection: engine.connection });
}, FIRST_TIME);
afterAll(() => engine.close());

const readyz = async (clock: () => number): Promise<number> => {
  const app = await testApp(() => temporalEngine(client, clock));
  try {
    return (await app.ask('GET', '/readyz')).status;
  } finally {
    await app.close();
  }
};

const pollers = async (): Promise<number> => {
  const { workflowService, options } = client;
  const taskQueue = { name: TASK_QUEUES.episodes };
  const described = await workflowService.describeTaskQueue({
    namespace: options.namespace,
    taskQueue,
    taskQueueType: 1,
  });
  return described.pollers?.length ?? 0;
};

describe('/readyz', () => {
  test('does not count a killed worker that the engine still lists', async () => {
    const worker = runModule('test/support/idle-worker.ts', engine.address, await workflowBundle());
    await firstLine(worker);
    await eventually('a poller', pollers, (count) => count > 0);
    expect(await readyz(Date.now)).toBe(200);

    worker.kill('SIGKILL');
    await once(worker, 'exit');
    const minuteAndHalfLater = () => Date.now() + 91_000;
    expect(await readyz(minuteAndHalfLater)).toBe(503);
    expect(await pollers()).toBeGreaterThan(0);
  });
});
