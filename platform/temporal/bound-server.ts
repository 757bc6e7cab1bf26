/** A Temporal server as a child process that ends when we end, however that happens (docs/decisions/0013-one-owner.md). */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';

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

const READY_WITHIN = 60_000;

export interface BoundServer {
  /** The wrapper, leader of a process group that the server is in. */
  child: ChildProcess;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends the server and waits for it. */
  stop(): Promise<void>;
}

/** Kills wrapper and server at once. */
export const killGroup = (leader: ChildProcess): void => {
  try {
    if (leader.pid !== undefined) process.kill(-leader.pid, 'SIGKILL');
  } catch {
    // No process is left, as usual.
  }
};

/** Starts `command` with its standard error in `logFile`. Wrapper and server keep `lock`, a descriptor, open. */
export const startBound = (command: readonly string[], logFile: string, lock?: number): BoundServer => {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    '/bin/sh',
    ['-c', WRAPPER, 'qingkong-engine', ...command],
    // A process group of its own: Ctrl-C in a terminal must reach us alone, so that the worker is drained first. Its
    // standard output is not needed, and it would end if a full disk refused its greeting.
    { stdio: ['pipe', 'ignore', log, lock ?? 'ignore'], detached: true },
  );
  closeSync(log);
  // If only the wrapper was killed, the server still runs.
  const ended = once(child, 'exit').then(() => killGroup(child));
  // Writing to a wrapper that has just ended is no error of ours.
  child.stdin?.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await ended;
  };
  return { child, ended, stop };
};

const runs = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

type Question = (connection: NativeConnection) => Promise<unknown>;

const hasNamespace: Question = ({ workflowService }) => workflowService.describeNamespace({ namespace: 'default' });

const connects = async (address: string, ask: Question): Promise<boolean> => {
  try {
    const connection = await NativeConnection.connect({ address });
    try {
      await ask(connection);
    } finally {
      await connection.close();
    }
    return true;
  } catch {
    return false;
  }
};

/** Waits until the server on `address` answers the question. False if it ended or time ran out. */
export const engineAnswers = async (address: string, child: ChildProcess, ask = hasNamespace): Promise<boolean> => {
  const until = Date.now() + READY_WITHIN;
  while (runs(child) && Date.now() < until) {
    if (await connects(address, ask)) return runs(child);
    await delay(100);
  }
  return false;
};
