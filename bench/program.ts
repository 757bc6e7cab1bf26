/** The real program, `npm start` as it is built, on an engine that the bench shares with the bare idiom. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstAccounts, type HandedAccount } from '../app/demo/program.js';
import { startDevServer } from '../platform/temporal/dev-server.js';
import { firstLine, ROOT } from '../test/support/child.js';
import { temporalProgram } from '../test/support/engine.js';
import { type Person, signInPerson } from '../test/support/person.js';

export interface Program {
  address: string;
  office: Person;
  officeAccount: HandedAccount;
  units: Person[];
  /** `host:port` of the engine. */
  engine: string;
  /** Starts a drill at the clock's own speed. Answers its path. */
  startDrill(): Promise<string>;
  /** The longest gap of the event loop since the last question, in milliseconds, and the memory in use. */
  health(): Promise<{ longest: number; memory: NodeJS.MemoryUsage }>;
  close(): Promise<void>;
}

export async function startProgram(smtpUrl: string): Promise<Program> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qingkong-bench-'));
  const server = await startDevServer({ program: await temporalProgram(), folder, persistent: true, ui: false });
  const child = spawn(
    process.execPath,
    ['--import', path.join(ROOT, 'bench/gap.mjs'), path.join(ROOT, 'dist/app/main.js')],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        // As `npm start` sets them.
        UV_THREADPOOL_SIZE: '8',
        MALLOC_ARENA_MAX: '2',
        QINGKONG_DATA: path.join(folder, 'data'),
        PORT: '0',
        LOG_LEVEL: 'warn',
        SMTP_URL: smtpUrl,
        TEMPORAL_ADDRESS: server.address,
      },
    },
  );
  const address = (await firstLine(child)).replace(/^[^：]*：/, '');
  const accounts = await firstAccounts(path.join(folder, 'data'));
  const signIn = (role: string) =>
    Promise.all(accounts.filter((account) => account.role === role).map((account) => signInPerson(address, account)));
  const [office] = await signIn('office');
  const units = await signIn('unit');
  const [administrator] = await signIn('administrator');
  await Promise.all(units.map(({ username }) => enterContacts(administrator!, username)));
  return {
    address,
    office: office!,
    officeAccount: accounts.find(({ role }) => role === 'office')!,
    units,
    engine: server.address,
    startDrill: () => startDrillBy(office!),
    health: () => healthOf(child),
    async close() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Liaison and lead (§6.6); the contacts of a first start are placeholders, to which nothing is sent. */
async function enterContacts(administrator: Person, unitId: string): Promise<void> {
  const contacts = (['liaison', 'lead'] as const).map((role) => ({
    role,
    name: '值班员',
    email: `${role}@${unitId}.bench.test`,
  }));
  await administrator.command('PUT', `/units/${unitId}/contacts`, { contacts });
}

let notices = 0;

/** Starts a drill at the clock's own speed. Answers its path. */
export async function startDrillBy(office: Person): Promise<string> {
  notices += 1;
  const { body } = await office.command('POST', '/episodes', startOfDrill(`演练〔2026〕${notices}号`));
  return `/episodes/${String(body.episodeId)}`;
}

const startOfDrill = (number: string) => ({
  notice: { number, issuer: '乌鲁木齐市生态环境保护委员会办公室', issuedAt: new Date().toISOString() },
  cityLevel: 'yellow',
  primaryPollutant: 'PM2.5',
  drill: { timeScale: 1 },
});

async function healthOf(child: ChildProcess): Promise<{ longest: number; memory: NodeJS.MemoryUsage }> {
  const answer = once(child, 'message');
  child.send('health');
  const [health] = await answer;
  return health;
}
