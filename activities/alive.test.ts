import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { alive } from './alive.js';

test('the engine hears of the worker while the work lasts, well within the heartbeat time-out of 10 s', async () => {
  const environment = new MockActivityEnvironment();
  const beat = once(environment, 'heartbeat', { signal: AbortSignal.timeout(5_000) });
  const work = () => alive(() => beat.then(() => 'done'));
  expect(await environment.run(work)).toBe('done');
});

test('the work hears of its cancellation, and its answer still counts', async () => {
  const environment = new MockActivityEnvironment();
  const answer = environment.run(() =>
    alive(async (cancelled) => {
      if (!cancelled.aborted) await once(cancelled, 'abort');
      return 'what was done by then';
    }),
  );
  environment.cancel();
  expect(await answer).toBe('what was done by then');
});
