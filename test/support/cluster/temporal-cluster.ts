/** A Temporal cluster as docker-compose.yml has it: the server on PostgreSQL, its schema by its own tool. */
import { randomInt } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { msToTs } from '@temporalio/common/lib/time.js';
import { NativeConnection } from '@temporalio/worker';
import { stringify } from 'yaml';
import { type PostgresServer, startPostgres } from '../../../ledger/testing/postgres-server.js';
import { freePort } from '../../../lib/free-port.js';
import { runProgram } from '../../../platform/run-program.js';
import { type BoundServer, engineAnswers, killGroup, startBound } from '../../../platform/temporal/bound-server.js';
import { WANTED_DAYS } from '../../../platform/temporal/retention.js';
import { ROOT } from '../child.js';
import { type ServerPrograms, serverPrograms } from './server-programs.js';

export interface TemporalCluster {
  /** `host:port` of its frontend. */
  address: string;
  postgres: PostgresServer;
  /** Kills the server and starts it again at the same address. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
}

const SCHEMA_WITHIN = 5 * 60_000;
const SERVICES = ['frontend', 'history', 'matching', 'worker'];

type Store = 'temporal' | 'visibility';

/** Makes a database and the tables of one of the two stores in it. */
async function makeStore(store: Store, postgres: PostgresServer, { sqlTool }: ServerPrograms): Promise<URL> {
  const url = new URL((await postgres.newDatabase()).url);
  const place = ['--plugin', 'postgres12', '--ep', url.hostname, '-p', url.port, '--db', url.pathname.slice(1)];
  const user = ['-u', url.username, '--pw', url.password];
  const tool = (...args: string[]) => runProgram(sqlTool, [...place, ...user, ...args], { within: SCHEMA_WITHIN });
  await tool('setup-schema', '-v', '0.0');
  await tool('update-schema', '--schema-name', `postgresql/v12/${store}`);
  return url;
}

const storeAt = (url: URL) => ({
  sql: {
    pluginName: 'postgres12',
    databaseName: url.pathname.slice(1),
    connectAddr: url.host,
    connectProtocol: 'tcp',
    user: url.username,
    password: url.password,
    maxConns: 20,
    maxIdleConns: 20,
  },
});

/** The server keeps these ports in two bytes with a sign. */
const GREATEST_PORT = 32_767;

async function lowPort(): Promise<number> {
  for (let port = 20_000 + randomInt(10_000); port <= GREATEST_PORT; port += 1) {
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => probe.close(resolve));
    if (isFree) return port;
  }
  throw new Error(`no port up to ${GREATEST_PORT} is free`);
}

/** The file that the server reads, with ports that are free now. */
async function settingsFor(stores: Record<Store, URL>, port: number, settingsFile: string) {
  const servesAt = async (grpcPort: number) => ({
    rpc: { grpcPort, membershipPort: await lowPort(), bindOnIP: '127.0.0.1' },
  });
  return {
    log: { level: 'warn', format: 'json' },
    persistence: {
      defaultStore: 'temporal',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { temporal: storeAt(stores.temporal), visibility: storeAt(stores.visibility) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(
      await Promise.all(
        SERVICES.map(async (name) => [name, await servesAt(name === 'frontend' ? port : await freePort())]),
      ),
    ),
    clusterMetadata: {
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${port}` },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: settingsFile, pollInterval: '10s' },
  };
}

async function makeNamespace(address: string): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace: 'default',
    workflowExecutionRetentionPeriod: msToTs(`${WANTED_DAYS} days`),
  });
  await connection.close();
}

/** Starts one, with the dynamic settings of docker-compose.yml. `synced` as in `startPostgres`. */
export async function startTemporalCluster({ synced = false } = {}): Promise<TemporalCluster> {
  const programs = await serverPrograms();
  const folder = await mkdtemp(path.join(tmpdir(), 'qingkong-cluster-'));
  const logFile = path.join(folder, 'temporal.log');
  const postgres = await startPostgres({ synced });
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  let server: BoundServer | undefined;
  const start = async (ask?: Parameters<typeof engineAnswers>[2]): Promise<void> => {
    const command = [
      programs.server,
      '--root',
      folder,
      '--config',
      '.',
      '--env',
      'cluster',
      '--allow-no-auth',
      'start',
    ];
    server = startBound(command, logFile);
    const ended = server.ended.then(() => false);
    if (await Promise.race([engineAnswers(address, server.child, ask), ended])) return;
    throw new Error(`the Temporal server does not answer: ${(await readFile(logFile, 'utf8')).slice(-2_000)}`);
  };
  const stop = async () => {
    await server?.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const stores = {
      temporal: await makeStore('temporal', postgres, programs),
      visibility: await makeStore('visibility', postgres, programs),
    };
    const settingsFile = path.join(folder, 'temporal-settings.yaml');
    await copyFile(path.join(ROOT, 'temporal-settings.yaml'), settingsFile);
    await writeFile(path.join(folder, 'cluster.yaml'), stringify(await settingsFor(stores, port, settingsFile)));
    await start(({ workflowService }) => workflowService.getSystemInfo({}));
    await makeNamespace(address);
    // Its frontends know a new namespace after a while.
    await engineAnswers(address, server!.child);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address,
    postgres,
    async killAndStart() {
      killGroup(server!.child);
      await server!.ended;
      await start();
    },
    stop,
  };
}
