/** The program's parts in this process: engine, worker, ledger, HTTP. Each can be stopped and started again. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { behindGates } from '../../activities/channels/behind-gates.js';
import type { ChannelSender, Mailer } from '../../activities/channels/channel.js';
import { createActivities } from '../../activities/index.js';
import { createApp, createContext } from '../../api/app.js';
import type { Dependencies } from '../../api/engine/context.js';
import { temporalEngine } from '../../api/engine/engine.js';
import { accountsForTests } from '../../api/testing/accounts.js';
import type { Database } from '../../ledger/database.js';
import { keepEdition } from '../../ledger/editions.js';
import { seedContacts } from '../../ledger/people/contacts.js';
import { temporaryBlobs } from '../../ledger/testing/blobs.js';
import { openInMemory } from '../../ledger/testing/in-memory.js';
import { loadEditionById } from '../../plan/edition/edition.js';
import type { Channel } from '../../plan/types.js';
import { dataConverter } from '../../platform/payload-codec.js';
import type { Engine } from '../../platform/temporal/engine.js';
import { keepEpisodesRunning } from '../../worker/revive.js';
import { type RunningWorkers, startWorkers } from '../../worker/start-workers.js';
import { historyFaults } from './backend.js';
import { type Cast, signInAll } from './drill.js';
import { historiesOf } from './histories.js';
import { workflowBundle } from './workflow-bundle.js';

export interface Installation {
  address: string;
  database: Database;
  cast: Cast;
  client: Client;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  /** Starts at the same address each time. */
  startApi(): Promise<void>;
  /** Stops as if its process were killed: connections break, and the memory of its gate is gone. */
  stopApi(): Promise<void>;
  /** Replays every run of these episodes, given by path, and answers the number of runs. */
  expectReplays(...episodes: string[]): Promise<number>;
  /** Closes all but the engine. */
  close(): Promise<void>;
}

/** Takes every message at once. */
export const readyMailer: Mailer = {
  send: async ({ key }) => ({ outcome: 'taken', messageId: key }),
  close: () => undefined,
};

const log = pino({ level: 'silent' });
const edition = loadEditionById('shuimogou-2025');

export const openInstallation = async (
  engine: Engine,
  {
    mailer = readyMailer,
    channels = {},
    receipts = {},
    clock = Date.now,
    bundle: otherBundle,
    ...workerParts
  }: {
    mailer?: Mailer;
    /** Beside mail. */
    channels?: Partial<Record<Channel, ChannelSender>>;
    receipts?: Dependencies['receipts'];
    messageSlots?: number;
    /** Of the API. */
    clock?: () => number;
    /** Path of other workflows than the built ones. */
    bundle?: string;
  } = {},
): Promise<Installation> => {
  const { connection, namespace } = engine;
  const client = new Client({ connection, namespace, dataConverter });
  const database = await openInMemory();
  const blobs = await temporaryBlobs();
  await keepEdition(database, edition);
  await seedContacts(database, edition.contacts);
  const accounts = await accountsForTests(database, edition);
  const bundle = otherBundle ?? (await workflowBundle());
  const publicUrl = 'http://qingkong.example';

  let workers: RunningWorkers | undefined;
  let keeper: { stop(): Promise<void> } | undefined;
  const startWorker = async () => {
    const activities = createActivities({
      database,
      channels: behindGates({ ...channels, email: mailer, close: mailer.close }, { database, log, clock: Date.now }),
      publicUrl,
      inForce: edition,
      log,
      temporal: client,
    });
    workers = await startWorkers({ connection, namespace, activities, workflowBundle: bundle, ...workerParts });
    keeper = keepEpisodesRunning({ database, client, log });
  };
  const stopWorker = async () => {
    await keeper?.stop();
    await workers?.stop();
    workers = undefined;
  };

  let server: Server | undefined;
  let port = 0;
  const startApi = async () => {
    const context = createContext({
      database,
      blobs,
      edition,
      log,
      publicUrl,
      receipts,
      clock,
      engine: temporalEngine(client),
    });
    const app = createApp(context);
    server = app.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const stopApi = async () => {
    const closed = server && once(server, 'close');
    server?.close();
    server?.closeAllConnections();
    await closed;
    server = undefined;
  };

  await startWorker();
  await startApi();
  const address = `http://127.0.0.1:${port}`;
  return {
    address,
    database,
    cast: await signInAll(address, accounts),
    client,
    startWorker,
    stopWorker,
    startApi,
    stopApi,
    expectReplays: async (...episodes) => {
      const ids = episodes.map((episode) => episode.split('/').at(-1)!);
      const histories = (await Promise.all(ids.map((id) => historiesOf(client, id)))).flat();
      const failed = await historyFaults(bundle, histories);
      if (failed.length > 0) throw new Error(failed.join('\n'));
      return histories.length;
    },
    close: async () => {
      await stopApi();
      await stopWorker();
      mailer.close();
      await database.close();
      await blobs.remove();
    },
  };
};
