import { expect, test } from '@jest/globals';
import type { NativeConnection } from '@temporalio/worker';
import type { EpisodeActivities } from '../workflows/contract.js';
import { startWorkers } from './start-workers.js';

test('a bundle that was not built stops the start', async () => {
  const parts = {
    connection: {} as NativeConnection,
    namespace: 'default',
    activities: {} as EpisodeActivities,
    workflowBundle: '/nowhere/workflow-bundle.js',
  };
  await expect(startWorkers(parts)).rejects.toThrow(/workflow-bundle\.js.*npm run build/);
});
