/** The whole program as a process of its own, on a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface DemoProgram {
  address: string;
  folder: string;
  /** Resolves when it has ended, with what it ended by. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

export interface HandedAccount {
  username: string;
  password: string;
  role: string;
  unitId: string;
}

/** What would take the demo out of its folder to somebody's database, engine or mail server. */
const OUTSIDE = /^(DATABASE_URL|SMTP_URL|MAIL_FROM|PUBLIC_URL|PLAN_EDITION|CHANNELS_FILE|S3_.*|TEMPORAL_.*)$/;

/** Starts it and waits for the line with its address; fails if it ends before. */
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

/** The accounts of a first start; no field needs quotes. */
export async function firstAccounts(folder: string): Promise<HandedAccount[]> {
  const [, ...lines] = (await readFile(join(folder, 'first-accounts.csv'), 'utf8')).trim().split(/\r?\n/);
  return lines.map((line) => {
    const [username = '', password = '', role = '', unitId = ''] = line.split(',');
    return { username, password, role, unitId };
  });
}
