/** The parts of the program, each opened once and handed to the process's life; the mains say which and in what order. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { type Channels, createChannels } from '../activities/channels/create-channels.js';
import { createActivities } from '../activities/index.js';
import { createApp } from '../api/app.js';
import { createFirstAccounts, type FirstAccount } from '../api/auth/first-accounts.js';
import { temporalEngine } from '../api/engine/engine.js';
import { type Blobs, openBlobs } from '../ledger/blobs/open-blobs.js';
import { type Database, type DatabaseLocation, openDatabase } from '../ledger/database.js';
import { UsernameTaken } from '../ledger/people/accounts.js';
import { seedContacts } from '../ledger/people/contacts.js';
import { type Edition, loadEditionById } from '../plan/edition/edition.js';
import { readChannelsFile } from '../platform/channels-file.js';
import type { Config } from '../platform/config.js';
import { dataConverter } from '../platform/payload-codec.js';
import type { Engine } from '../platform/temporal/engine.js';
import { startWorkers } from '../worker/start-workers.js';
import type { Lifecycle } from './lifecycle.js';
import { type Listener, listen } from './listener.js';
import { ensureSchedules } from './schedules.js';

/** What worker and API both stand on. */
export interface Foundation {
  config: Config;
  log: Logger;
  edition: Edition;
  database: Database;
  client: Client;
  engine: Engine;
}

/** Opens database and engine, seeds the contacts of the edition in force where a holder never had any. */
export const openGround = async (
  life: Lifecycle,
  {
    config,
    log,
    location,
    openEngine,
  }: Pick<Foundation, 'config' | 'log'> & { location: DatabaseLocation; openEngine: () => Promise<Engine> },
): Promise<Foundation> => {
  const edition = loadEditionById(config.planEdition);
  // Side by side: one is another process, the other keeps this one busy.
  const [engine, database] = await Promise.all([
    openEngine().then((opened) => {
      life.onClose('Temporal 连接', opened.close);
      return opened;
    }),
    openDatabase(location).then((opened) => {
      life.onClose('数据库', opened.close);
      return opened;
    }),
  ]);
  await seedContacts(database, edition.contacts);
  const { connection, namespace } = engine;
  return { config, log, edition, database, engine, client: new Client({ connection, namespace, dataConverter }) };
};

/** Every way to send. First of all, so that a wrong file stops the start at once; closed after what sends. */
export const openChannels = (life: Lifecycle, config: Config): Channels => {
  const channels = createChannels({
    email: { smtpUrl: config.smtpUrl, from: config.mailFrom, outbox: path.join(config.dataFolder, 'outbox') },
    ...(config.channelsFile === undefined ? {} : readChannelsFile(config.channelsFile)),
  });
  life.onClose('发送渠道', channels.close);
  return channels;
};

/** Runs workflows and activities until the process closes. Then no new work is taken, and what runs is finished. */
export const runWorker = async (
  life: Lifecycle,
  { log, edition, database, client, engine }: Foundation,
  { publicUrl, channels }: { publicUrl: string; channels: Channels },
): Promise<void> => {
  await ensureSchedules(client);
  const workers = await startWorkers({
    connection: engine.connection,
    namespace: engine.namespace,
    activities: createActivities({ database, edition, channels, publicUrl, log, temporal: client }),
    workflowBundle: path.join(import.meta.dirname, '../workflow-bundle.js'),
  });
  workers.ended.catch(life.fail);
  life.onClose('工作进程', workers.stop);
};

/** Takes the port; the process closes it before anything else. Answers where the console is reached. */
export const takePort = async (config: Config): Promise<{ listener: Listener; publicUrl: string }> => {
  const listener = await listen(config.port);
  return { listener, publicUrl: config.publicUrl ?? `http://localhost:${listener.port}` };
};

/** Attachments lie in the data folder, which several machines then share, or in S3. */
const blobsOf = ({ dataFolder, s3 }: Config): Promise<Blobs> => openBlobs(path.join(dataFolder, 'attachments'), s3);

/** Answers HTTP from now on. */
export const serveHttp = async (
  life: Lifecycle,
  ground: Foundation,
  listener: Listener,
  publicUrl: string,
): Promise<void> => {
  const { config, log, edition, database, client } = ground;
  const blobs = await blobsOf(config);
  listener.open(
    createApp({ database, blobs, edition, log, publicUrl, clock: Date.now, engine: temporalEngine(client) }),
  );
  life.onClose('HTTP 服务', listener.close);
};

/** The accounts of a first start, for the installation to hand out and delete. */
export const writeFirstAccounts = async ({ config, database, edition }: Foundation): Promise<void> => {
  const file = path.join(config.dataFolder, 'first-accounts.csv');
  const columns = ['username', 'password', 'role', 'unitId'] as const satisfies ReadonlyArray<keyof FirstAccount>;
  try {
    await createFirstAccounts(database, edition, (accounts) => {
      const lines = [columns, ...accounts.map((account) => columns.map((column) => account[column]))];
      rmSync(file, { force: true });
      writeFileSync(file, lines.map((line) => `${line.join(',')}\n`).join(''), { mode: 0o600 });
    });
  } catch (error) {
    // Another process on the same database was first: its paper holds.
    if (!(error instanceof UsernameTaken)) throw error;
    rmSync(file, { force: true });
  }
};
