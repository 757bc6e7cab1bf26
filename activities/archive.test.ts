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

/** The entries of an episode from its notice to the seal. */
const closedLife = (() => {
  const life = new Life();
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-10 15:00', liftOf('2026-01-10 15:00'));
  life.do('2026-01-10 15:01', { kind: 'submitFollowUp', text: '信息报送' });
  life.do('2026-01-10 15:02', { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
  life.do('2026-01-10 15:03', { kind: 'publishReview' });
  return life.entries;
})();

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

  /** An engine that knows these episodes, each with its runs from the first to the last, by `<episode>-<n>`. */
  const engineOf = (runs: Record<string, number>, fetched: string[] = [], lost: ReadonlySet<string> = new Set()) =>
    ({
      getHandle: (workflowId: string, runId: string) => {
        const episodeId = workflowId.replace('episode:', '');
        const count = runs[episodeId];
        return {
          describe: async () => {
            if (count === undefined) throw new Error(`no workflow ${workflowId}`);
            return { runId: `${episodeId}-${count}` };
          },
          fetchHistory: async () => {
            fetched.push(runId);
            if (lost.has(runId)) throw new Error(`no run ${runId}`);
            const number = Number(runId.split('-').at(-1));
            const history = historyOf(
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
              number === count
                ? EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED
                : EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
            );
            if (number > 1)
              history.events![0]!.workflowExecutionStartedEventAttributes = {
                continuedExecutionRunId: `${episodeId}-${number - 1}`,
              };
            return history;
          },
        };
      },
    }) as unknown as WorkflowClient;
  const closeEpisode = (episodeId: string) =>
    append(database(), { chainId: episodeId, binding, applied: [], entries: closedLife });
  const archived = async (episodeId: string) =>
    (await archivedRuns(database(), episodeId)).map(({ runId }) => runId).sort();

  test('the sweep archives the last run of a closed episode and those before it, once', async () => {
    await closeEpisode('e');
    const fetched: string[] = [];
    const sweep = sweeper({ database: database(), workflows: engineOf({ e: 2 }, fetched) });
    await sweep();
    await sweep();
    expect(fetched).toEqual(['e-2', 'e-1']);
    expect(await archived('e')).toEqual(['e-1', 'e-2']);
  });

  test('a run is archived although later runs were archived before it', async () => {
    await closeEpisode('e');
    const workflows = engineOf({ e: 4 });
    for (const runId of ['e-1', 'e-3']) await archiver({ database: database(), workflows })({ episodeId: 'e', runId });
    await sweeper({ database: database(), workflows })();
    expect(await archived('e')).toEqual(['e-1', 'e-2', 'e-3', 'e-4']);
  });

  test('the runs that can be had are archived, and the rest is tried again', async () => {
    await closeEpisode('e');
    const lost = new Set(['e-1']);
    const sweep = sweeper({ database: database(), workflows: engineOf({ e: 2 }, [], lost) });
    await expect(sweep()).rejects.toThrow('1 closed episodes');
    expect(await archived('e')).toEqual(['e-2']);
    lost.clear();
    await sweep();
    expect(await archived('e')).toEqual(['e-1', 'e-2']);
  });

  test('episodes the engine has forgotten do not keep a newer one out', async () => {
    const forgotten = Array.from({ length: 100 }, (_, i) => `old-${i}`);
    for (const episodeId of [...forgotten, 'young']) await closeEpisode(episodeId);
    await database().db.updateTable('episodes').set({ opened_at: 9e12 }).where('episode_id', '=', 'young').execute();
    const sweep = sweeper({ database: database(), workflows: engineOf({ young: 1 }) });
    await expect(sweep()).rejects.toThrow('100 closed episodes');
    await expect(sweep()).rejects.toThrow('99 closed episodes');
    expect(await archived('young')).toEqual(['young-1']);
  });
});
