import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { ROOT } from '../test/support/child.js';
import { describeWithSkippedTime } from '../test/support/time-skipping.js';
import { workflowBundle } from '../test/support/workflow-bundle.js';

const MINUTE = 60_000;

await describeWithSkippedTime('the alarm', (environment) => {
  let code: string;
  beforeAll(async () => {
    await workflowBundle();
    ({ code } = await bundleWorkflowCode({ workflowsPath: path.join(ROOT, 'test/support/alarm-workflow.js') }));
  });

  const run = async (steps: object[]) => {
    const taskQueue = randomUUID();
    const { nativeConnection: connection, client } = environment();
    const worker = await Worker.create({ connection, taskQueue, workflowBundle: { code } });
    return worker.runUntil(async () => {
      const handle = await client.workflow.start('alarmScript', { taskQueue, workflowId: taskQueue, args: [steps] });
      const { rangAfter, rangAgain } = (await handle.result()) as { rangAfter?: number; rangAgain: boolean };
      const { events } = await handle.fetchHistory();
      const timers = events?.filter(({ timerStartedEventAttributes }) => timerStartedEventAttributes).length;
      return { rangAfter: Math.round(rangAfter! / MINUTE), rangAgain, timers };
    });
  };
  /** The script itself waits for the alarm, and then a day. */
  const SCRIPT_TIMERS = 2;

  test.each([
    ['rings at its moment', [{ ringIn: 5 * MINUTE }], 5, 1],
    ['rings at once when the moment has passed', [{ ringIn: -5 * MINUTE }], 0, 1],
    // The wait of a second step is a timer too.
    ['is replaced by an earlier moment', [{ ringIn: 9 * MINUTE }, { after: MINUTE, ringIn: 4 * MINUTE }], 4, 3],
    ['keeps the earlier moment', [{ ringIn: 4 * MINUTE }, { ringIn: 9 * MINUTE }], 4, 1],
    [
      'is set anew after it rang, though it was not reset in time',
      [{ ringIn: MINUTE }, { after: 2 * MINUTE, ringIn: 7 * MINUTE, reset: true }],
      7,
      3,
    ],
    [
      'rings although it is reset and set in the very moment',
      [{ ringIn: 2 * MINUTE }, { after: 2 * MINUTE, reset: true, ringIn: 2 * MINUTE }],
      2,
      // One timer or two: the server skips to the ring and the wait at once, and either may come first.
      undefined,
    ],
  ])('%s', async (_what, steps, minutes, timers) => {
    expect(await run(steps)).toMatchObject({
      rangAfter: minutes,
      rangAgain: false,
      ...(timers === undefined ? {} : { timers: timers + SCRIPT_TIMERS }),
    });
  });
});
