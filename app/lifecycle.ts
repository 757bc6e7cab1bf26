/** The life of a process. Its parts are closed once, in the opposite order of opening, on a signal or a failure. */
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import { StartError } from '../lib/start-error.js';

export interface Lifecycle {
  /** Unexpected errors go to this log too. Its last lines are written before the process ends. */
  logTo(log: Logger): void;
  /** Registers how to close a part. Parts that were opened later are closed before it. */
  onClose(name: string, close: () => unknown): void;
  /** Ends the process: it has done its work. */
  finish(): void;
  /** Ends the process: it lost a part that it cannot do without. */
  fail(error: unknown): void;
}

/**
 * After this long the process ends even if a part is still closing. That loses nothing (docs/design.md, "One writer").
 */
const CLOSE_WITHIN = 30_000;
/** Ctrl-C comes twice: the terminal sends it to npm and to its program, and npm passes it on. */
const SAME_SIGNAL = 1_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const stackOf = (error: unknown): string => (error instanceof Error && error.stack) || String(error);

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/**
 * Runs a process: `start` opens its parts. SIGINT and SIGTERM close them and end with 0. A signal that comes more than a second
 * after the end began ends at once with 130. A failure ends with 1: a `StartError` with its line on standard error, any other
 * error with its stack there and in the log.
 */
export const runUntilStopped = (start: (life: Lifecycle) => Promise<void>): void => {
  const opened: Array<{ name: string; close: () => unknown }> = [];
  let log: Logger | undefined;
  /** On the clock of `performance`. */
  let endingSince: number | undefined;

  // A terminal that has gone, or a full disk behind a redirection, must not end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  const end = async (exitCode: number): Promise<void> => {
    if (endingSince !== undefined) return;
    endingSince = performance.now();
    setTimeout(() => process.exit(exitCode || 1), CLOSE_WITHIN).unref();
    let code = exitCode;
    for (const { name, close } of opened.reverse()) {
      try {
        await close();
      } catch (error) {
        log?.error({ err: error }, 'a part did not close');
        complain(`${name}未能正常关闭：${messageOf(error)}`);
        code = 1;
      }
    }
    if (log) await promisify(log.flush.bind(log))();
    process.exit(code);
  };

  const fail = (error: unknown): void => {
    if (endingSince !== undefined) return;
    if (error instanceof StartError) {
      log?.error({ err: error.cause }, error.message);
      complain(error.message);
    } else {
      log?.fatal({ err: error }, 'unexpected error, the process ends');
      complain(`晴空因意外错误停止，请把以下内容连同日志交给维护人员：\n${stackOf(error)}`);
    }
    void end(1);
  };

  const onSignal = (): void => {
    if (endingSince !== undefined && performance.now() - endingSince > SAME_SIGNAL) process.exit(130);
    void end(0);
  };
  // What nobody caught, for instance an error event without a listener.
  process.on('uncaughtException', fail);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);

  const life: Lifecycle = {
    logTo: (opened) => {
      log = opened;
    },
    onClose: (name, close) => opened.push({ name, close }),
    finish: () => void end(0),
    fail,
  };
  start(life).catch(fail);
};
