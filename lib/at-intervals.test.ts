import { expect, test } from '@jest/globals';
import { atIntervals } from './at-intervals.js';
import { eventually } from './testing/eventually.js';

test('a failure is told, and the work is done again', async () => {
  const failures: unknown[] = [];
  let done = 0;
  const repeated = atIntervals(
    1,
    async () => {
      done += 1;
      if (done === 1) throw new Error('the first time');
    },
    (error) => failures.push(error),
  );
  await eventually(
    'done three times',
    () => done,
    (times) => times >= 3,
  );
  await repeated.stop();
  expect(failures).toEqual([new Error('the first time')]);
});

test('stopping waits for the work under way, and nothing is done after it', async () => {
  let begun = 0;
  let ended = 0;
  let end = () => {};
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  const repeated = atIntervals(
    1,
    async () => {
      begun += 1;
      await ending;
      ended += 1;
    },
    () => undefined,
  );
  const stopped = repeated.stop().then(() => ended);
  end();
  expect(await stopped).toBe(1);
  expect(begun).toBe(1);
});
