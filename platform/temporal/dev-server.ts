/**
 * The embedded engine: Temporal's dev server as a child process that ends when we end, however that happens
 * (docs/decisions/0013-one-owner.md).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { freePort } from '../../lib/free-port.js';
import { makeFolder } from '../../lib/make-folder.js';
import { StartError } from '../../lib/start-error.js';
import { lockWithin } from '../flock.js';

/**
 * Runs the server in its arguments and watches standard input. When the owner ends or closes the pipe, it asks the
 * server to end, and kills it after 5 seconds. Descriptor 3 is the engine's lock, held as long as this wrapper or the
 * server lives.
 */
const WRAPPER = `
exec 4<&0 </dev/null
"$@" 4<&- &
server=$!
(
  read -r _ <&4
  kill -TERM "$server"
  for _ in 1 2 3 4 5; do sleep 1; kill -0 "$server" || exit 0; done
  kill -KILL "$server"
) 2>/dev/null 3>&- &
watcher=$!
exec 4<&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

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

const READY_WITHIN = 60_000;
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

const runs = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

const connects = async (address: string): Promise<boolean> => {
  try {
    const connection = await NativeConnection.connect({ address });
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    await connection.close();
    return true;
  } catch {
    return false;
  }
};

/** Waits until the server answers on `address`. False if it ended or time ran out. */
const answers = async (address: string, child: ChildProcess): Promise<boolean> => {
  const until = Date.now() + READY_WITHIN;
  while (runs(child) && Date.now() < until) {
    if (await connects(address)) return runs(child);
    await delay(100);
  }
  return false;
};

/** If only the wrapper was killed, the server still runs. */
const killGroup = (leader: ChildProcess): void => {
  try {
    if (leader.pid !== undefined) process.kill(-leader.pid, 'SIGKILL');
  } catch {
    // No process is left, as usual.
  }
};

/** A server that outlived a killed owner is about to end (see `WRAPPER`). Wait for that, never adopt it. */
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
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    '/bin/sh',
    ['-c', WRAPPER, 'qingkong-engine', options.program, ...argumentsFor(options, port, uiPort)],
    // A process group of its own: Ctrl-C in a terminal must reach us alone, so that the worker is drained first. Its
    // standard output is not needed, and it would end if a full disk refused its greeting.
    { stdio: ['pipe', 'ignore', log, lock], detached: true },
  );
  closeSync(lock);
  closeSync(log);
  const ended = once(child, 'exit').then(() => killGroup(child));
  // Writing to a wrapper that has just ended is no error of ours.
  child.stdin?.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await ended;
  };
  const address = `127.0.0.1:${port}`;
  // Whoever took the port may let a connection wait: the end of the server is known earlier.
  if (!(await Promise.race([answers(address, child), ended.then(() => false)]))) {
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
