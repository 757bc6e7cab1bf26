/** Child processes for tests: programs that are killed, and the state they leave. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const LOADER = path.join(ROOT, 'test/support/typescript.mjs');

/** Runs `program`, the body of a module at the project's root, in a process of its own, from TypeScript sources. */
export const runScript = (program: string, ...args: string[]): ChildProcess =>
  runScriptOn(['pipe', 'pipe', 'inherit'], program, ...args);

/** The same, with the caller's standard input, output, error and further descriptors. */
export const runScriptOn = (stdio: StdioOptions, program: string, ...args: string[]): ChildProcess =>
  runOn(stdio, process.execPath, [...scriptArguments(program), ...args]);

/** The same, allowed to open no more than `descriptors` files. */
export const runScriptWithFiles = (descriptors: number, program: string): ChildProcess =>
  runOn(['ignore', 'pipe', 'inherit'], '/bin/sh', [
    ...['-c', `ulimit -n ${descriptors}; exec "$@"`, 'sh', process.execPath],
    ...scriptArguments(program),
  ]);

/** The same with a module of the project. Threads need one: they refuse the options of a script. */
export const runModule = (file: string, ...args: string[]): ChildProcess =>
  runOn(['pipe', 'pipe', 'inherit'], process.execPath, ['--import', LOADER, file, ...args]);

const scriptArguments = (program: string): string[] => ['--import', LOADER, '--input-type=module', '-e', program];

const runOn = (stdio: StdioOptions, program: string, args: string[]): ChildProcess =>
  spawn(program, args, { cwd: ROOT, stdio, env: { ...process.env, NODE_OPTIONS: '' } });

/** The first line that a child writes. Throws if it ends without one. */
export const firstLine = async (child: ChildProcess): Promise<string> => {
  let text = '';
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the child ended early: ${text}`);
  });
  const line = (async () => {
    for await (const chunk of child.stdout ?? []) {
      text += String(chunk);
      if (text.includes('\n')) break;
    }
    return text.split('\n')[0] ?? '';
  })();
  ended.catch(() => undefined);
  return Promise.race([line, ended]);
};

/** Whether a process of this id is alive. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
