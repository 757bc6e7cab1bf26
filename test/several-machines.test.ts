/** Two workers and two APIs, each a process of its own, on one PostgreSQL and one Temporal server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { readEvents } from '../api/testing/event-reader.js';
import { firstAccounts } from '../app/demo/program.js';
import { openDatabase } from '../ledger/database.js';
import { newDatabaseOnServer } from '../ledger/testing/databases.js';
import { freePort } from '../lib/free-port.js';
import { eventually } from '../lib/testing/eventually.js';
import { dataConverter } from '../platform/payload-codec.js';
import { historyFaults } from './support/backend.js';
import { type Cast, everyUnitActs, expectSoundRecord, signInAll } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { historiesOf } from './support/histories.js';
import { type RunningProgram, startRealProgram } from './support/program.js';
import { workflowBundle } from './support/workflow-bundle.js';

let folder: string;
let engine: Awaited<ReturnType<typeof startTestEngine>>;
const programs: RunningProgram[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-machines-'));
  engine = await startTestEngine();
}, FIRST_TIME);
afterEach(async () => {
  for (const program of programs) program.process.kill('SIGKILL');
  await Promise.all(programs.map(({ ended }) => ended));
});
afterAll(async () => {
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

const statusOf = async (url: string): Promise<number | undefined> => {
  const response = await fetch(url).catch(() => undefined);
  return response?.status;
};

describe('several machines (docs/design.md, "What it runs on")', () => {
  test('an episode begun through one API goes on through the other while a worker is killed; all are healthy', async () => {
    const { url } = await newDatabaseOnServer();
    const shared = {
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: engine.address,
      PUBLIC_URL: 'https://qingkong.example',
      LOG_LEVEL: 'warn',
    };
    const start = async (entry: 'worker' | 'api', env = {}): Promise<RunningProgram> => {
      const program = await startRealProgram(folder, { ...shared, ...env }, entry);
      programs.push(program);
      return program;
    };
    // All at once, on an empty database.
    const ports = [await freePort(), await freePort()];
    const workerPorts = [await freePort(), await freePort()];
    const [[killed, kept], apis] = await Promise.all([
      Promise.all(workerPorts.map((port) => start('worker', { WORKER_PORT: String(port) }))),
      Promise.all(ports.map((port) => start('api', { PORT: String(port) }))),
    ]);
    const addresses = ports.map((port) => `http://127.0.0.1:${port}`) as [string, string];
    for (const address of [...addresses, ...workerPorts.map((port) => `http://127.0.0.1:${port}`)]) {
      await eventually(
        `${address} is ready`,
        () => statusOf(`${address}/readyz`),
        (status) => status === 200,
      );
      expect(await statusOf(`${address}/healthz`)).toBe(200);
    }

    const accounts = await firstAccounts(folder);
    const [one, other] = await Promise.all(addresses.map((address) => signInAll(address, accounts)));
    const { username, password } = accounts.find(({ role }) => role === 'office')!;
    const signedIn = await fetch(`${addresses[1]}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const { token } = (await signedIn.json()) as { token: string };
    const reader = await readEvents(addresses[1], token);
    await reader.first('episodes');
    const { body } = await one!.office.command('POST', '/episodes', {
      notice: { number: '1号', issuer: '市生态环境保护委员会办公室', issuedAt: new Date().toISOString() },
      cityLevel: 'yellow',
      primaryPollutant: 'PM2.5',
    });
    const episode = `/episodes/${String(body.episodeId)}`;
    await reader.first('episode', ({ episodeId }) => episodeId === body.episodeId);

    const acting = everyUnitActs(other!, episode, '一台停机时');
    await eventually(
      'first answers',
      () => other!.journal.length,
      (answers) => answers > 0,
      1,
    );
    killed!.process.kill('SIGKILL');
    await acting;
    await everyUnitActs(other!, episode, '一台停机后');
    const figures = await (await fetch(`http://127.0.0.1:${workerPorts[1]}/metrics`)).text();
    expect(figures).toMatch(/^qingkong_ledger_entries_total [1-9]/m);
    expect(figures).toMatch(/^temporal_worker_task_slots_available\{/m);

    const cast: Cast = { office: one!.office, units: other!.units, journal: [...one!.journal, ...other!.journal] };
    const entries = await expectSoundRecord(cast, episode);
    const reported = entries.filter(({ kind }) => kind === 'implementation.reported');
    expect(reported).toHaveLength(2 * 2 * other!.units.length);
    const { connection, namespace } = engine;
    const histories = await historiesOf(new Client({ connection, namespace, dataConverter }), String(body.episodeId));
    expect(await historyFaults(await workflowBundle(), histories)).toEqual([]);

    for (const program of [...apis, kept!]) program.process.kill('SIGTERM');
    expect(await Promise.all([...apis, kept!].map(({ ended }) => ended))).toEqual([0, 0, 0]);
    expect(reader.events.at(-1)).toEqual({ event: 'ended', data: { reason: 'restart' } });
  });

  test('a worker forgets by itself what is older than the retention', async () => {
    const { url } = await newDatabaseOnServer();
    const database = await openDatabase({ url });
    const keys = () => database.db.selectFrom('idempotency_keys').select('command_id').execute();
    const now = Date.now();
    await database.db
      .insertInto('idempotency_keys')
      .values(
        [183, 185].map((days) => ({
          ...{ command_id: `${days} days old`, body_hash: '', done: true },
          at: new Date(now - days * 24 * 3_600_000),
        })),
      )
      .execute();
    // An engine belongs to one ledger.
    const own = await startTestEngine();
    const env = { DATABASE_URL: url, TEMPORAL_ADDRESS: own.address, PUBLIC_URL: 'https://qingkong.example' };
    programs.push(await startRealProgram(folder, env, 'worker'));
    const left = await eventually('the older one is gone', keys, (rows) => rows.length < 2);
    expect(left).toEqual([{ command_id: '183 days old' }]);
    await Promise.all([database.close(), own.close()]);
  });
});
