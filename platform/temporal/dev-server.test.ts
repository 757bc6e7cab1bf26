import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NativeConnection } from '@temporalio/worker';
import { parse } from 'yaml';
import { eventually } from '../../lib/testing/eventually.js';
import { firstLine, runScript } from '../../test/support/child.js';
import { FIRST_TIME, temporalProgram } from '../../test/support/engine.js';
import { type DevServer, ENGINE_SETTINGS, startDevServer } from './dev-server.js';
import { connectEngine } from './engine.js';

let program: string;
let folder: string;
const children: ChildProcess[] = [];
const servers: DevServer[] = [];

beforeAll(async () => {
  program = await temporalProgram();
}, FIRST_TIME);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-dev-server-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const started = async (): Promise<DevServer> => {
  const server = await startDevServer({ program, folder, persistent: true, ui: false });
  servers.push(server);
  return server;
};

/** Another process that starts the server on `folder`; answers its address. */
const otherOwner = async (): Promise<{ owner: ChildProcess; address: string }> => {
  const owner = runScript(
    `const { startDevServer } = await import('./platform/temporal/dev-server.js');
     const [program, folder] = process.argv.slice(1);
     const server = await startDevServer({ program, folder, persistent: true, ui: false });
     console.log(server.address);
     process.stdin.resume();`,
    program,
    folder,
  );
  children.push(owner);
  return { owner, address: await firstLine(owner) };
};

/** Ids of the processes that have our folder on their command line: the wrapper and the server. */
const processesOf = (): string[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && !line.includes('--import'))
    .map((line) => line.trim().split(' ')[0] ?? '');

const noneIsLeft = () => eventually('no process of ours', processesOf, ({ length }) => length === 0);

describe('the embedded engine', () => {
  test('dies with its owner, however the owner dies, and the next one starts on the same database', async () => {
    const { owner, address } = await otherOwner();
    expect(processesOf().length).toBeGreaterThanOrEqual(2);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const next = await started();
    expect(next.address).not.toBe(address);
    await expect(NativeConnection.connect({ address })).rejects.toThrow();
    await next.stop();
    expect(processesOf()).toEqual([]);
  });

  test('is gone soon after its owner', async () => {
    const { owner } = await otherOwner();
    owner.kill('SIGKILL');
    await noneIsLeft();
  });

  test('a killed wrapper takes the server with it, and the owner learns of it', async () => {
    const server = await started();
    const wrapper = Number(processesOf()[0]);
    process.kill(wrapper, 'SIGKILL');
    await server.ended;
    await noneIsLeft();
  });

  test('appends its commits to a file beside the database', async () => {
    await started();
    expect(readdirSync(folder)).toContain('temporal.sqlite-wal');
  });

  test('has the settings of the cluster in docker-compose.yml', () => {
    const file = parse(readFileSync('temporal-settings.yaml', 'utf8')) as Record<string, Array<{ value: unknown }>>;
    const settings = Object.entries(file).map(([name, values]) => [name, ...values.map(({ value }) => value)]);
    expect(Object.fromEntries(settings)).toEqual(ENGINE_SETTINGS);
  });

  test('keeps closed runs for 90 days', async () => {
    const server = await started();
    const engine = await connectEngine({ connectionOptions: { address: server.address } });
    expect(engine.retentionDays).toBe(90);
    await engine.close();
  });

  test('one that does not come up stops the start, naming its log', async () => {
    await expect(startDevServer({ program: '/bin/false', folder, persistent: true, ui: false })).rejects.toThrow(
      path.join(folder, 'logs', 'temporal.log'),
    );
  });

  test('takes other ports when another program has taken its own meanwhile', async () => {
    const wary = path.join(folder, 'temporal');
    const times = path.join(folder, 'times');
    const refuseTwice = `echo again >>"${times}"; [ $(wc -l <"${times}") -gt 2 ] || { echo 'bind: address already in use' >&2; exit 1; }`;
    writeFileSync(wary, `#!/bin/sh\n${refuseTwice}\nexec "${program}" "$@"\n`, { mode: 0o700 });
    servers.push(await startDevServer({ program: wary, folder, persistent: false, ui: false }));
    expect(readFileSync(times, 'utf8')).toBe('again\n'.repeat(3));
  });

  test('a port that another program keeps stops the start', async () => {
    const silent: Socket[] = [];
    const holder = createServer((socket) => silent.push(socket)).listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    await expect(startDevServer({ program, folder, persistent: false, ui: false, port })).rejects.toThrow(
      'temporal.log',
    );
    for (const socket of silent) socket.destroy();
    holder.close();
  });

  test('a namespace that is not there stops the start', async () => {
    const server = await started();
    await expect(
      connectEngine({ connectionOptions: { address: server.address }, namespace: 'elsewhere' }),
    ).rejects.toThrow('TEMPORAL_NAMESPACE');
  });
});
