/** The whole program as a separate process with its own data folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface DemoProgram {
  address: string;
  folder: string;
  /** Resolves with the exit code and signal once the process has ended. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

export interface HandedAccount {
  username: string;
  password: string;
  role: string;
  unitId: string;
}

/** Settings that would lead the demo to somebody's real database, engine or mail server. */
const OUTSIDE =
  /^(DATABASE_URL|SMTP_URL|MAIL_FROM|PUBLIC_URL|PLAN_EDITION|CHANNELS_FILE|ONE_TIME_CODE.*|OIDC_FILE|S3_.*|TEMPORAL_.*)$/;

/** Starts the program and waits for the line with its address. Fails if the process ends before. */
export async function startDemoProgram(folder: string): Promise<DemoProgram> {
  const own = Object.entries(process.env).filter(([name]) => !OUTSIDE.test(name));
  const child = spawn(process.execPath, [new URL('../main.js', import.meta.url).pathname], {
    env: { ...Object.fromEntries(own), QINGKONG_DATA: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const address = await Promise.race([
    addressOf(child),
    ended.then(() => Promise.reject(new Error('程序未能启动，原因见上。'))),
  ]);
  return {
    address,
    folder,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const address = /https?:\/\/[^\s，。]+/.exec(line)?.[0];
      if (address) resolve(address.replace(/\/$/, ''));
      else console.log(line);
    });
  });
}

/** The accounts of a first start. No field of the file needs quotes. */
export async function firstAccounts(folder: string): Promise<HandedAccount[]> {
  const [, ...lines] = (await readFile(join(folder, 'first-accounts.csv'), 'utf8')).trim().split(/\r?\n/);
  return lines.map((line) => {
    const [username = '', password = '', role = '', unitId = ''] = line.split(',');
    return { username, password, role, unitId };
  });
}
