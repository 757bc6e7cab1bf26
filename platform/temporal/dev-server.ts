/**
 * The embedded engine: Temporal's dev server as a child process that ends when we end, however that happens
 * (docs/decisions/0013-one-owner.md).
 */
import { closeSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../lib/free-port.js';
import { makeFolder } from '../../lib/make-folder.js';
import { StartError } from '../../lib/start-error.js';
import { lockWithin } from '../flock.js';
import { engineAnswers, startBound } from './bound-server.js';

/**
 * `enableActivityEagerExecution` hands a turn's append to the worker that asked for it, without the task queue.
 * `transferProcessorMaxPollRPS`: with the dev server's 20 a second, a stream of single activities is answered ten times
 * a second (docs/design.md, "What it runs on"). Its other limits made no difference under 40 clients.
 */
export const ENGINE_SETTINGS: Record<string, number | boolean> = {
  'system.enableActivityEagerExecution': true,
  'history.transferProcessorMaxPollRPS': 2000,
};

/** A commit appends to one file instead of rewriting two. FULL still syncs it, so that nothing answered is lost. */
const PRAGMAS = ['journal_mode=WAL', 'synchronous=FULL'];

const PREDECESSOR_WITHIN = 20_000;

export interface DevServerOptions {
  /** Path of the `temporal` program. */
  program: string;
  /** Folder of its lock, its log and, with `persistent`, its database. */
  folder: string;
  /** Keep the database in `folder`; else in memory. */
  persistent: boolean;
  /** Serve the web UI on a free port. */
  ui: boolean;
  /** Port of the gRPC service. Absent: any free one. */
  port?: number;
  /** Dynamic settings in addition to our own. */
  settings?: Record<string, number>;
}

export interface DevServer {
  /** `host:port` of the gRPC service. */
  address: string;
  port: number;
  uiUrl?: string;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends the server and waits for it. */
  stop(): Promise<void>;
}

const argumentsFor = (options: DevServerOptions, port: number, uiPort: number): string[] => [
  ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-format', 'json'],
  ...(options.ui ? ['--ui-port', String(uiPort)] : ['--headless']),
  ...(options.persistent ? ['--db-filename', path.join(options.folder, 'temporal.sqlite')] : []),
  ...(options.persistent ? PRAGMAS.flatMap((pragma) => ['--sqlite-pragma', pragma]) : []),
  ...Object.entries({ ...ENGINE_SETTINGS, ...options.settings }).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${value}`,
  ]),
];

/** A server that outlived a killed owner is about to end (bound-server.ts). Wait for that, never adopt it. */
const lockEngine = async (folder: string): Promise<number> => {
  const lock = await lockWithin(path.join(folder, 'engine.lock'), PREDECESSOR_WITHIN);
  if (lock === undefined) {
    throw new StartError(`数据目录 ${folder} 上一次的 Temporal 服务器仍在运行，没有按时结束。请稍候再启动。`);
  }
  return lock;
};

/** Starts the server on ports that are free now. Undefined when it ended, or did not answer in time. */
const startOnce = async (options: DevServerOptions, logFile: string): Promise<DevServer | undefined> => {
  const [port, uiPort] = [options.port ?? (await freePort()), await freePort()];
  const lock = await lockEngine(options.folder);
  const command = [options.program, ...argumentsFor(options, port, uiPort)];
  const { child, ended, stop } = startBound(command, logFile, lock);
  closeSync(lock);
  const address = `127.0.0.1:${port}`;
  // Whoever took the port may let a connection wait: the end of the server is known earlier.
  if (!(await Promise.race([engineAnswers(address, child), ended.then(() => false)]))) {
    await stop();
    return undefined;
  }
  return { address, port, ended, stop, ...(options.ui && { uiUrl: `http://127.0.0.1:${uiPort}` }) };
};

/** What the server's log says since `from`, bytes. */
const logSince = (file: string, from: number): string => readFileSync(file).subarray(from).toString();

/** Go's words for a port that another program has. The server draws inner ports of its own, as free as ours were. */
const PORT_TAKEN = 'address already in use';
const ATTEMPTS = 3;

/**
 * Starts the server and waits until it answers. A port that another program took meanwhile is given up for another one.
 * Throws `StartError`, naming the server's log, when it does not come up.
 */
export const startDevServer = async (options: DevServerOptions): Promise<DevServer> => {
  const logs = path.join(options.folder, 'logs');
  makeFolder(logs);
  const logFile = path.join(logs, 'temporal.log');
  for (let attempt = 1; ; attempt += 1) {
    const from = existsSync(logFile) ? statSync(logFile).size : 0;
    const server = await startOnce(options, logFile);
    if (server !== undefined) return server;
    if (attempt === ATTEMPTS || !logSince(logFile, from).includes(PORT_TAKEN)) {
      throw new StartError(`Temporal 服务器没有启动成功。原因见 ${logFile}，处理后重新启动。`);
    }
  }
};
