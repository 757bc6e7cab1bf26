import { expect, test } from '@jest/globals';
import type { WorkflowClient } from '@temporalio/client';
import proto from '@temporalio/proto';
import { binding, Life, liftOf, startOf } from '../episode/testing/life.js';
import { append } from '../ledger/chain/append.js';
import { archivedRuns, readRun } from '../ledger/chain/archives.js';
import { onBothDatabases } from '../ledger/testing/databases.js';
import { archiver, sweeper } from './archive.js';

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

  test('the sweep archives the last run of a closed episode and those before it, once', async () => {
    const { entries, binding } = closedLife();
    await append(database(), { chainId: 'e', binding, applied: [], entries });
    const runs: Record<string, proto.temporal.api.history.v1.IHistory> = {
      r1: historyOf(
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
      ),
      r2: historyOf(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED),
    };
    runs.r2!.events![0]!.workflowExecutionStartedEventAttributes = { continuedExecutionRunId: 'r1' };
    const fetched: string[] = [];
    const workflows = {
      getHandle: (_: string, runId: string) => ({
        describe: async () => ({ runId: 'r2' }),
        fetchHistory: async () => {
          fetched.push(runId);
          return runs[runId];
        },
      }),
    } as unknown as WorkflowClient;
    const sweep = sweeper({ database: database(), workflows });
    await sweep();
    await sweep();
    expect(fetched).toEqual(['r2', 'r1']);
    expect((await archivedRuns(database(), 'e')).map(({ runId }) => runId).sort()).toEqual(['r1', 'r2']);
  });
});

/** The entries of a drill from its notice to the seal. */
function closedLife() {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-10 15:00', liftOf('2026-01-10 15:00'));
  life.do('2026-01-10 15:01', { kind: 'submitFollowUp', text: '信息报送' });
  life.do('2026-01-10 15:02', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
  life.do('2026-01-10 15:03', { kind: 'publishReview' });
  return { entries: life.entries, binding };
}
