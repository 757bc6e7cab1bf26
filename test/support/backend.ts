/** Engine, worker and ledger together, without HTTP: for tests of what the workflow does in the world. */
import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import { type Workflow, WorkflowIdConflictPolicy } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { alive } from '../../activities/alive.js';
import { behindGates } from '../../activities/channels/behind-gates.js';
import type { Channels } from '../../activities/channels/create-channels.js';
import { deliverer } from '../../activities/deliver.js';
import { revisionsHandOver } from '../../activities/hand-over-revisions.js';
import type { DistrictCommandBody } from '../../district/entries.js';
import { DISTRICT_CHAIN } from '../../district/state.js';
import type { Actor, Command, CommandBody, Outcome } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import { begin } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { append } from '../../ledger/chain/append.js';
import { hasDistrict } from '../../ledger/chain/district.js';
import { verify } from '../../ledger/chain/verification.js';
import type { Database } from '../../ledger/database.js';
import { keepEdition } from '../../ledger/editions.js';
import { historyPage } from '../../ledger/reading/history.js';
import { readState } from '../../ledger/reading/reading.js';
import { openInMemory } from '../../ledger/testing/in-memory.js';
import { keepWordlessEdition } from '../../ledger/testing/stored.js';
import { loadEditionById } from '../../plan/edition/edition.js';
import type { Binding } from '../../plan/types.js';
import { dataConverter } from '../../platform/payload-codec.js';
import { installRuntime } from '../../platform/temporal/runtime.js';
import { startWorkers } from '../../worker/start-workers.js';
import {
  type AppendInput,
  chainIdOf,
  chainWorkflowId,
  EPISODE_WORKFLOW,
  type EpisodeActivities,
  type EpisodeInput,
  SUBMIT_UPDATE,
  type Submission,
  type SubmissionAnswer,
} from '../../workflows/contract.js';
import { turnsDecidedOtherwise } from './decide-again.js';
import { type History, historiesOf, type RunHistory } from './histories.js';
import { workflowBundle } from './workflow-bundle.js';

export interface Backend {
  database: Database;
  client: Client;
  /** The input of every append, in order. */
  appends: AppendInput[];
  start(episodeId: string, body: CommandBody): Promise<Outcome>;
  submit(chainId: string, bodies: Array<CommandBody | DistrictCommandBody>, actor?: Actor): Promise<Outcome[]>;
  entries(episodeId: string): Promise<Entry[]>;
  state(episodeId: string): Promise<EpisodeState>;
  /** Histories of all runs of all episodes, by workflow id, and of the district's chain once it has begun. */
  histories(): Promise<RunHistory[]>;
  /** Stops the worker and starts another in its place. */
  replaceWorker(): Promise<void>;
  /** Verifies every chain, replays every history, and closes. */
  close(): Promise<void>;
}

export interface BackendParts {
  connection: NativeConnection;
  client: Client;
  namespace: string;
  binding: Binding;
  activities?: Partial<EpisodeActivities>;
  /** Channels for messages to the contacts in the ledger. Without them every message is taken. */
  channels?: Channels;
}

const shipped = loadEditionById('shuimogou-2025');

const OFFICE = { accountId: 'office', role: 'office' } as const;

// The failures of a suite say what is wrong. The SDK's retries while a server stops do not.
installRuntime(pino({ level: 'silent' }));

export const openBackend = async (parts: BackendParts): Promise<Backend> => {
  const { connection, client, namespace, binding, channels, activities } = parts;
  const database = await openInMemory();
  await keepWordlessEdition(database);
  await keepEdition(database, shipped);
  const taskQueue = `backend-${randomUUID()}`;
  const bundle = await workflowBundle();
  const appends: AppendInput[] = [];
  const runs = new Map<string, string>();
  const hire = () =>
    startWorkers({
      connection,
      namespace,
      taskQueues: [taskQueue],
      workflowBundle: bundle,
      activities: {
        append: async (input) => {
          appends.push(input);
          return append(database, input);
        },
        deliver: channels ? deliveringBy(database, channels) : everythingIsTaken,
        archive: async () => undefined,
        handOverRevisions: revisionsHandOver({ database, temporal: client, taskQueue }),
        archiveClosed: async () => undefined,
        testChannel: async () => ({ outcome: 'taken' }),
        ...activities,
      },
    });
  let workers = await hire();

  const command = <B>(body: B, actor: Actor = OFFICE): Command<B> => ({
    commandId: randomUUID(),
    bodyHash: '',
    actor,
    body,
  });

  const backend: Backend = {
    database,
    client,
    appends,
    start: async (episodeId, body) => {
      const workflowId = chainWorkflowId(episodeId);
      const startWorkflowOperation = new WithStartWorkflowOperation(EPISODE_WORKFLOW, {
        workflowId,
        taskQueue,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        args: [{ state: begin(episodeId, binding) } satisfies EpisodeInput],
      });
      const [outcome] = await client.workflow.executeUpdateWithStart<Workflow, SubmissionAnswer, [Submission]>(
        SUBMIT_UPDATE,
        {
          updateId: randomUUID(),
          args: [{ commands: [command(body)] }],
          startWorkflowOperation,
        },
      );
      runs.set(workflowId, (await client.workflow.getHandle(workflowId).describe()).runId);
      return outcome!;
    },
    submit: (chainId, bodies, actor) =>
      client.workflow
        .getHandle(chainWorkflowId(chainId))
        .executeUpdate<SubmissionAnswer, [Submission<Command<CommandBody | DistrictCommandBody>>]>(SUBMIT_UPDATE, {
          args: [{ commands: bodies.map((body) => command(body, actor)) }],
        }),
    entries: async (episodeId) => {
      const entries: Entry[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await historyPage(database, episodeId, {
          limit: 200,
          ...(cursor === undefined ? {} : { cursor }),
        });
        entries.push(...page.items);
        cursor = page.nextCursor;
        if (cursor === undefined) return entries;
      }
    },
    state: async (episodeId) => (await readState(database, episodeId))!,
    histories: async () => {
      const histories: RunHistory[] = [];
      for (const [workflowId, firstRunId] of runs) {
        for (let runId: string | undefined = firstRunId; runId; ) {
          const history: History = await client.workflow.getHandle(workflowId, runId).fetchHistory();
          histories.push({ workflowId, history });
          runId =
            history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
        }
      }
      return (await hasDistrict(database))
        ? [...histories, ...(await historiesOf(client, DISTRICT_CHAIN)).reverse()]
        : histories;
    },
    replaceWorker: async () => {
      await workers.stop();
      workers = await hire();
    },
    close: async () => {
      const histories = await backend.histories();
      await workers.stop();
      // No worker works on open runs any more, and skipped time would wait for them.
      for (const workflowId of new Set(histories.map((one) => one.workflowId)))
        await client.workflow.getHandle(workflowId).terminate().catch(ignoreNotFound);
      for (const { workflowId } of histories) {
        const verified = await verify(database, chainIdOf(workflowId));
        if (!verified.valid) throw new Error(`${workflowId}: ${JSON.stringify(verified)}`);
      }
      const failed = await historyFaults(bundle, histories);
      if (failed.length > 0) throw new Error(failed.join('\n'));
      await database.close();
    },
  };
  return backend;
};

/** The run has ended by itself. */
const ignoreNotFound = (error: unknown): void => {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
};

export const everythingIsTaken: EpisodeActivities['deliver'] = async ({ messages }) =>
  messages.map((message) => ({
    message,
    deliveries: [{ contact: 'liaison', contactHash: '', channel: 'email', outcome: 'taken' }],
  }));

/** Delivers like the program, but by the engine's clock, which may skip. */
const deliveringBy = (database: Database, channels: Channels): EpisodeActivities['deliver'] => {
  const wordsOf = async () => ({ ...shipped, textOf: String });
  const publicUrl = 'https://qingkong.example';
  const gates = behindGates(channels, { database, clock: engineTime });
  const deliver = deliverer({ database, channels: gates, publicUrl, wordsOf, inForce: shipped, clock: engineTime });
  return (input) => alive((cancelled) => deliver(input, cancelled));
};

/** Inside an activity, the moment at which the engine called for it. */
export const engineTime = (): number => Context.current().info.currentAttemptScheduledTimestampMs;

/** Faults of histories: those that do not replay, and turns that are decided otherwise. */
export const historyFaults = async (codePath: string, histories: RunHistory[]): Promise<string[]> => [
  ...(await replay({ codePath }, histories)),
  ...(await turnsDecidedOtherwise(histories)),
];

/** Replays histories, each under its own workflow id. Answers the ids and reasons of those that do not replay. */
export const replay = async (
  workflowBundle: { codePath: string } | { code: string },
  histories: Array<{ workflowId: string; history: History }>,
): Promise<string[]> => {
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, dataConverter }, histories)) {
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  return failed;
};
