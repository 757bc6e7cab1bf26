/** Workers and APIs, each a process of its own, on a Temporal cluster and a PostgreSQL server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PostgresServer, startPostgres } from '../../../ledger/testing/postgres-server.js';
import { freePort } from '../../../lib/free-port.js';
import { eventually } from '../../../lib/testing/eventually.js';
import type { HttpLine } from '../bad-line.js';
import { type RunningProgram, startRealProgram } from '../program.js';
import { startTemporalCluster, type TemporalCluster } from './temporal-cluster.js';

export interface Machine {
  address: string;
  /** Whether it has ended without being asked to. */
  isGone(): boolean;
  /** Starts it, and waits until it is ready. */
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Asks it to end. Answers its exit code. */
  stop(): Promise<number | NodeJS.Signals | null>;
}

export interface Machines {
  temporal: TemporalCluster;
  database: PostgresServer;
  /** Where the first accounts were written. */
  folder: string;
  workers: [Machine, Machine];
  apis: [Machine, Machine];
  /** Hands each request to the next API, as a load balancer does. */
  line: HttpLine;
  close(): Promise<void>;
}

/** What a load balancer's address stands for in a request: `line` puts that of an API in its place. */
export const ANY_API = 'http://any.api.invalid';

function machineOf(kind: 'worker' | 'api', folder: string, shared: Record<string, string>, port: number): Machine {
  const address = `http://127.0.0.1:${port}`;
  const own = kind === 'worker' ? { WORKER_PORT: String(port) } : { PORT: String(port) };
  let running: RunningProgram | undefined;
  const isReady = async (): Promise<boolean> => {
    const { exitCode, signalCode } = running!.process;
    if (exitCode !== null || signalCode !== null) throw new Error(`a ${kind} ended: ${running!.complaints()}`);
    return (await fetch(`${address}/readyz`).catch(() => undefined))?.ok ?? false;
  };
  const end = async (signal: NodeJS.Signals) => {
    const program = running;
    running = undefined;
    program?.process.kill(signal);
    return (await program?.ended) ?? null;
  };
  return {
    address,
    isGone: () => running !== undefined && (running.process.exitCode ?? running.process.signalCode) !== null,
    async start() {
      running = await startRealProgram(folder, { ...shared, ...own }, kind);
      await eventually(`a ${kind} at ${address} is ready`, isReady, Boolean);
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

/** Opens all of it with both APIs and the first worker started. `synced` as in `startPostgres`. */
export async function openMachines({ synced = false } = {}): Promise<Machines> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qingkong-machines-'));
  const ends: Array<() => Promise<unknown>> = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const temporal = await startTemporalCluster({ synced });
    ends.push(temporal.stop);
    const database = await startPostgres({ synced });
    ends.push(database.stop);
    const { url } = await database.newDatabase();
    const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    const shared = {
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: temporal.address,
      PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
      LOG_LEVEL: 'warn',
    };
    const machines = (['api', 'api', 'worker', 'worker'] as const).map((kind, i) =>
      machineOf(kind, folder, shared, ports[i]!),
    );
    ends.push(() => Promise.all(machines.map((machine) => machine.kill())));
    const [api, otherApi, worker, otherWorker] = machines as [Machine, Machine, Machine, Machine];
    await Promise.all([api, otherApi, worker].map((machine) => machine.start()));
    let requests = 0;
    const line: HttpLine = (request, options) => {
      requests += 1;
      return fetch(request.replace(ANY_API, machines[requests % 2]!.address), options);
    };
    return { temporal, database, folder, apis: [api, otherApi], workers: [worker, otherWorker], line, close };
  } catch (error) {
    await close();
    throw error;
  }
}
