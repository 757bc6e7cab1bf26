/** The parts of the program. The mains open them in order, and the process's life closes them in the opposite one. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { behindGates } from '../activities/channels/behind-gates.js';
import { configuredWays } from '../activities/channels/configured-ways.js';
import { type Channels, type ChannelsSettings, createChannels } from '../activities/channels/create-channels.js';
import { createActivities } from '../activities/index.js';
import { watchChannels } from '../activities/watch-channels.js';
import { createApp, createContext } from '../api/app.js';
import { createFirstAccounts, type FirstAccount } from '../api/auth/first-accounts.js';
import type { Dependencies } from '../api/engine/context.js';
import { temporalEngine } from '../api/engine/engine.js';
import { USUAL_LIMITS } from '../api/engine/event-streams.js';
import { keepHandingOver } from '../api/receipts/hand-over.js';
import { BlobStoreUnavailable } from '../ledger/blobs/blob-store.js';
import { type Blobs, openBlobs } from '../ledger/blobs/open-blobs.js';
import { noteWays } from '../ledger/channels.js';
import { type Database, type DatabaseLocation, openDatabase } from '../ledger/database.js';
import { keepEdition } from '../ledger/editions.js';
import { seedContacts } from '../ledger/people/contacts.js';
import { StartError } from '../lib/start-error.js';
import { type Edition, loadEditionById } from '../plan/edition/edition.js';
import { beijingDate } from '../plan/rules/calendar.js';
import { readChannelsFile } from '../platform/channels-file.js';
import type { Config } from '../platform/config.js';
import { type OidcFile, readOidcFile } from '../platform/oidc-file.js';
import { dataConverter } from '../platform/payload-codec.js';
import type { Engine } from '../platform/temporal/engine.js';
import { openTraces, type TracedPart } from '../platform/traces.js';
import { keepForgetting } from '../worker/forget.js';
import { mend } from '../worker/mend/mend.js';
import { keepEpisodesRunning } from '../worker/revive.js';
import { startWorkers } from '../worker/start-workers.js';
import { keepVerifying } from '../worker/verify-records.js';
import { requireOneInstallation } from './installation.js';
import type { Lifecycle } from './lifecycle.js';
import { type Listener, listen } from './listener.js';
import { onceAnswered } from './once-answered.js';
import { attachmentsFolder } from './places.js';

/** The parts that worker and API share. */
export interface Foundation {
  config: Config;
  log: Logger;
  edition: Edition;
  database: Database;
  client: Client;
  engine: Engine;
  /** What the engine's SDK counts in this process, as Prometheus reads it. */
  engineFigures: () => Promise<string>;
}

/** Tells spans from now on, if there is a collector; the last ones when all else has closed. */
export const traceTo = (life: Lifecycle, { tracesUrl }: Config, part: TracedPart): void => {
  if (tracesUrl !== undefined) life.onClose('链路追踪', openTraces(tracesUrl, part));
};

/** Opens database and engine. Keeps the edition in force, and gives its contacts to holders that never had any. */
export const openFoundation = async (
  life: Lifecycle,
  {
    config,
    log,
    engineFigures,
    location,
    openEngine,
  }: Pick<Foundation, 'config' | 'log' | 'engineFigures'> & {
    location: DatabaseLocation;
    openEngine: () => Promise<Engine>;
  },
): Promise<Foundation> => {
  const edition = loadEditionById(config.planEdition);
  const year = Number(beijingDate(Date.now()).slice(0, 4));
  if (!edition.holidays.years.some((known) => known.year === year))
    log.warn({ year }, 'holidays.yaml lacks this year: working days are counted by weekends alone');
  // Side by side: the engine is another process, the database keeps this one busy.
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
  const { connection, namespace } = engine;
  const client = new Client({ connection, namespace, dataConverter });
  await requireOneInstallation(database, client, log);
  await keepEdition(database, edition);
  await seedContacts(database, edition.contacts);
  return { config, log, engineFigures, edition, database, engine, client };
};

/**
 * Opens every channel. Opened first, so that a wrong file stops the start at once; closed after the workers that send.
 */
export const openChannels = (life: Lifecycle, config: Config): Channels => {
  const channels = createChannels(channelsSettingsOf(config));
  life.onClose('发送渠道', channels.close);
  return channels;
};

const channelsSettingsOf = (config: Config): ChannelsSettings => ({
  email: { smtpUrl: config.smtpUrl, from: config.mailFrom, outbox: path.join(config.dataFolder, 'outbox') },
  ...(config.channelsFile === undefined ? {} : readChannelsFile(config.channelsFile)),
});

/** Mends what a loss left, then runs workflows and activities until the process closes. Then no new work is taken, and what runs is finished. */
export const runWorker = async (
  life: Lifecycle,
  { config, log, database, client, engine, edition }: Foundation,
  { publicUrl, channels }: { publicUrl: string; channels: Channels },
): Promise<void> => {
  for (const line of await onceAnswered(() => mend({ database, client, log }))) process.stderr.write(`${line}\n`);
  await noteWays(database, configuredWays(channelsSettingsOf(config)));
  const gates = behindGates(channels, { database, log, clock: Date.now });
  const workers = await startWorkers({
    connection: engine.connection,
    namespace: engine.namespace,
    activities: createActivities({ database, channels: gates, publicUrl, inForce: edition, log, temporal: client }),
    workflowBundle: path.join(import.meta.dirname, '../workflow-bundle.js'),
  });
  workers.ended.catch(life.fail);
  life.onClose('工作进程', workers.stop);
  const watching = { database, channels: gates, messages: edition.messages, log, clock: Date.now };
  life.onClose('渠道看护', watchChannels(watching).stop);
  life.onClose('过程看护', keepEpisodesRunning({ database, client, log }).stop);
  const { retentionDays } = config;
  life.onClose('到期清理', keepForgetting({ database, log, retentionDays }).stop);
  life.onClose('台账核验', keepVerifying({ database, log }).stop);
};

/** Takes the port. Answers with it and with the address for people. */
export const takePort = async (config: Config): Promise<{ listener: Listener; publicUrl: string }> => {
  const listener = await listen(config.port);
  return { listener, publicUrl: config.publicUrl ?? `http://localhost:${listener.port}` };
};

/** Attachments are in S3 or in the data folder, which several machines then share. */
const blobsOf = (config: Config): Promise<Blobs> =>
  openBlobs(attachmentsFolder(config), config.s3).catch((error: unknown) => {
    throw error instanceof BlobStoreUnavailable ? new StartError(error.message) : error;
  });

/** The addresses for receipts that the channels' file opens. */
function receiptsOf({ channelsFile }: Config): NonNullable<Dependencies['receipts']> {
  const { sms, call } = channelsFile === undefined ? {} : readChannelsFile(channelsFile);
  return { ...(sms?.receipts && { sms: sms.receipts }), ...(call && { call: call.receipts }) };
}

/** What stands before anything is opened. */
interface HttpParts {
  listener: Listener;
  publicUrl: string;
  codeKey: Buffer | undefined;
  oidc: OidcFile | undefined;
}

/** Read first, so that a wrong file stops the start at once. */
export const oidcIn = ({ oidcFile }: Config): OidcFile | undefined =>
  oidcFile === undefined ? undefined : readOidcFile(oidcFile);

/** Answers HTTP from now on, until the process closes. */
export const serveHttp = async (
  life: Lifecycle,
  foundation: Foundation,
  { listener, publicUrl, codeKey, oidc }: HttpParts,
): Promise<void> => {
  const { config, log, edition, database, client, engineFigures } = foundation;
  const blobs = await blobsOf(config);
  const { trustedProxies } = config;
  const engine = temporalEngine(client);
  const receipts = receiptsOf(config);
  const context = createContext({
    database,
    blobs,
    edition,
    log,
    publicUrl,
    consoleFolder: path.join(import.meta.dirname, '../web'),
    trustedProxies,
    receipts,
    ...(oidc && { oidc }),
    oneTimeCodes: { areRequired: config.oneTimeCodes.areRequired, ...(codeKey && { key: codeKey }) },
    clock: Date.now,
    engine,
    engineFigures,
    // The other half is for requests.
    streamLimits: { inAll: Math.min(USUAL_LIMITS.inAll, Math.floor(listener.mostConnections / 2)) },
  });
  life.onClose('回执登记', keepHandingOver(context).stop);
  listener.open(createApp(context));
  life.onClose('HTTP 服务', listener.close);
  // Closed before it: it waits for the answers that are under way.
  life.onClose('实时通知', context.events.close);
};

/** Creates the accounts of a first start and writes them to a file, to be handed out and deleted. */
export const writeFirstAccounts = async ({ config, database, edition }: Foundation): Promise<void> => {
  const file = path.join(config.dataFolder, 'first-accounts.csv');
  const columns = ['username', 'password', 'role', 'unitId'] as const satisfies ReadonlyArray<keyof FirstAccount>;
  await createFirstAccounts(database, edition, (accounts) => {
    const lines = [columns, ...accounts.map((account) => columns.map((column) => account[column]))];
    rmSync(file, { force: true });
    writeFileSync(file, lines.map((line) => `${line.join(',')}\n`).join(''), { mode: 0o600 });
  });
};
