/**
 * The program as run by `npm start` (or `npm run worker`, `npm run api`), in a process and on a data folder of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { copyToFolder } from '../../ledger/testing/in-memory.js';
import { ROOT } from './child.js';
import { workflowBundle } from './workflow-bundle.js';

export interface RunningProgram {
  process: ChildProcess;
  /** The line it printed when ready. `undefined` if it ended before. */
  ready: Promise<string | undefined>;
  /** Standard error so far. */
  complaints(): string;
  /** Resolves with exit code or signal. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** Nothing of the machine's own set-up may reach a program under test. */
const FOREIGN =
  /^(TEMPORAL_|DATABASE_URL|SMTP_URL|MAIL_FROM|PUBLIC_URL|PLAN_EDITION|TRUSTED_PROXIES|LOG_LEVEL|WORKER_PORT|RETENTION_DAYS|OTEL_|NODE_OPTIONS|ONE_TIME_CODE|OIDC_FILE)/;

export const startRealProgram = async (
  dataFolder: string,
  env: Record<string, string> = {},
  entry: 'main' | 'worker' | 'api' | 'backup' | 'restore' = 'main',
  args: readonly string[] = [],
): Promise<RunningProgram> => {
  await workflowBundle();
  return startBuiltProgram(ROOT, dataFolder, env, entry, args);
};

/** The same of a project elsewhere that has been built. */
export const startBuiltProgram = (
  root: string,
  dataFolder: string,
  env: Record<string, string> = {},
  entry = 'main',
  args: readonly string[] = [],
): RunningProgram => {
  const main = path.join(root, `dist/app/${entry}.js`);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    env: { ...inherited, QINGKONG_DATA: dataFolder, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  // What it wrote last is read before it counts as ended.
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null);
  const printed = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('\n')) resolve(output.split('\n')[0] ?? '');
    });
  });
  return {
    process: child,
    ready: Promise.race([printed, ended.then(() => undefined)]),
    complaints: () => complaints,
    ended,
  };
};

/** Its first start, on a database that is empty and has the schema: a suite about later things need not wait for one. */
export const installRealProgram = async (
  dataFolder: string,
  env: Record<string, string> = {},
): Promise<RunningProgram> => {
  await copyToFolder(path.join(dataFolder, 'database'));
  return startRealProgram(dataFolder, env);
};
