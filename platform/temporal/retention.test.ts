import { describe, expect, test } from '@jest/globals';
import type { NativeConnection } from '@temporalio/worker';
import { ensureRetention } from './retention.js';

/** A cluster that keeps closed runs for so many days, and lets us change that or not. */
const clusterOf = (days: number, mayChange: boolean): NativeConnection =>
  ({
    workflowService: {
      describeNamespace: async () => ({ config: { workflowExecutionRetentionTtl: { seconds: days * 86_400 } } }),
      updateNamespace: async () => {
        if (!mayChange) throw new Error('permission denied');
        return {};
      },
    },
  }) as unknown as NativeConnection;

describe('the engine’s retention of closed runs', () => {
  test.each([
    [1, true, 90],
    [30, true, 90],
    [90, true, 90],
    [365, true, 365],
    [30, false, 30],
    [7, false, 7],
  ])('%i days, to be changed by us: %s → %i', async (days, mayChange, expected) => {
    expect(await ensureRetention(clusterOf(days, mayChange), 'default')).toBe(expected);
  });

  test('less than 7 days that we may not change stops the start', async () => {
    await expect(ensureRetention(clusterOf(6, false), 'office')).rejects.toThrow(/office.* 6 天，少于 7 天/);
  });
});
