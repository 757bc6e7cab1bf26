import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { Engine } from '../platform/temporal/engine.js';
import { FIRST_TIME, startTestEngine } from '../test/support/engine.js';
import { SCHEDULES } from '../workflows/contract.js';
import { ensureSchedules } from './schedules.js';

let engine: Engine;
beforeAll(async () => {
  engine = await startTestEngine();
}, FIRST_TIME);
afterAll(() => engine.close());

test('a schedule of an earlier version gets the interval of this one', async () => {
  const client = new Client({ connection: engine.connection });
  await ensureSchedules(client, 'one');
  const handle = client.schedule.getHandle(SCHEDULES[0].scheduleId);
  const interval = async () => (await handle.describe()).spec.intervals?.[0]?.every;
  const every = await interval();
  await handle.update((schedule) => ({ ...schedule, spec: { intervals: [{ every: '7 days' }] } }));
  expect(await interval()).not.toEqual(every);
  await ensureSchedules(client, 'one');
  expect(await interval()).toEqual(every);
});
