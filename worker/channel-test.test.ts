/** A worker sends the test message of a channel for the API, which has no channels. */
import { expect, test } from '@jest/globals';
import { temporalEngine } from '../api/engine/engine.js';
import { describeWithSkippedTime } from '../test/support/time-skipping.js';
import { workflowBundle } from '../test/support/workflow-bundle.js';
import type { ChannelTestInput, EpisodeActivities } from '../workflows/contract.js';
import { startWorkers } from './start-workers.js';

await describeWithSkippedTime('the test of a channel', (environment) => {
  test('is asked of a worker once for an id, and answers its outcome', async () => {
    const { nativeConnection: connection, client } = environment();
    const asked: ChannelTestInput[] = [];
    const activities = {
      testChannel: async (input: ChannelTestInput) => {
        asked.push(input);
        return { outcome: 'deferred', reason: '535', fault: 'account' };
      },
    } as unknown as EpisodeActivities;
    const workers = await startWorkers({
      connection,
      namespace: 'default',
      activities,
      workflowBundle: await workflowBundle(),
    });
    const input = { channel: 'email' as const, address: { reference: 'channel-test:1.a', hash: '0'.repeat(64) } };
    try {
      const engine = temporalEngine(client);
      const answer = { outcome: 'deferred', reason: '535', fault: 'account' };
      expect(await engine.testChannel('test-1', input)).toEqual(answer);
      expect(await engine.testChannel('test-1', input)).toEqual(answer);
      expect(asked).toEqual([input]);
    } finally {
      await workers.stop();
    }
  });
});
