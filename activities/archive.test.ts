import { expect, test } from '@jest/globals';
import type { WorkflowClient } from '@temporalio/client';
import proto from '@temporalio/proto';
import { archivedRuns, readRun } from '../ledger/archives.js';
import { onBothDatabases } from '../ledger/testing/databases.js';
import { archiver } from './archive.js';

const { EventType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;
const run = { episodeId: 'e', runId: 'r' };

const historyOf = (...eventTypes: number[]) =>
  History.fromObject({
    events: eventTypes.map((eventType, i) => ({ eventId: i + 1, eventType })),
  });

/** An engine that has this history for the run, and for that alone. */
const engineWith = (history: proto.temporal.api.history.v1.IHistory): WorkflowClient =>
  ({
    getHandle: (workflowId: string, runId: string) => ({
      fetchHistory: async () => {
        if (workflowId !== 'episode:e' || runId !== 'r') throw new Error('not found');
        return history;
      },
    }),
  }) as unknown as WorkflowClient;

onBothDatabases('archive', (database) => {
  test.each([
    ['completed', EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED],
    ['continued as new', EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW],
  ])('a run that %s is kept whole, once, and reads back as a history', async (_how, closing) => {
    const history = historyOf(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, closing);
    const archive = archiver({ database: database(), workflows: engineWith(history) });
    await archive(run);
    await archive(run);
    expect(await archivedRuns(database(), 'e')).toHaveLength(1);
    const stored = await readRun(database(), 'e', 'r');
    expect(History.decode(stored!).toJSON()).toEqual(history.toJSON());
  });

  test('a run still under way is not archived', async () => {
    const history = historyOf(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    await expect(archiver({ database: database(), workflows: engineWith(history) })(run)).rejects.toThrow('not closed');
    expect(await archivedRuns(database(), 'e')).toEqual([]);
  });
});
