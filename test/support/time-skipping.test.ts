import { expect, test } from '@jest/globals';
import { describeWithSkippedTime } from './time-skipping.js';

await describeWithSkippedTime('the time-skipping server', (environment) => {
  test('lets a day pass in a moment', async () => {
    const before = await environment().currentTimeMs();
    await environment().sleep('1 day');
    expect((await environment().currentTimeMs()) - before).toBeGreaterThanOrEqual(86_400_000);
  });
});
