import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstAccounts } from '../app/demo/program.js';
import type { Entry } from '../episode/entries.js';
import { freePort } from '../lib/free-port.js';
import { eventually } from '../lib/testing/eventually.js';
import { everyUnitActs, expectSoundRecord, historyOf, signInAll, startDrill } from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { type RunningProgram, startRealProgram } from './support/program.js';

let folder: string;
const programs: RunningProgram[] = [];

const start = async (env?: Record<string, string>): Promise<RunningProgram> => {
  const program = await startRealProgram(path.join(folder, 'data'), env);
  programs.push(program);
  return program;
};
const addressIn = (line: string | undefined): string => /http:\S+/.exec(line ?? '')?.[0] ?? '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-start-'));
  await temporalProgram();
}, FIRST_TIME);
afterAll(async () => {
  for (const program of programs) program.process.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended));
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  test('prints its address when it is ready; a second start stops and leaves the first unharmed; SIGTERM ends it', async () => {
    const first = await start();
    const line = await first.ready;
    expect(line).toMatch(/^晴空已就绪：http:\/\/localhost:\d+$/);
    const readyz = `${addressIn(line)}/readyz`;
    expect((await fetch(readyz)).status).toBe(200);

    const accounts = path.join(folder, 'data/first-accounts.csv');
    expect(statSync(accounts).mode & 0o777).toBe(0o600);
    const [header, ...rows] = readFileSync(accounts, 'utf8').trim().split('\n');
    expect(header).toBe('username,password,role,unitId');
    expect(rows.filter((row) => row.includes(',unit,')).length).toBeGreaterThanOrEqual(33);

    const second = await start();
    expect(await second.ended).toBe(1);
    expect(second.complaints()).toContain(`进程号 ${first.process.pid}`);
    expect((await fetch(readyz)).status).toBe(200);

    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  test('is ready again after SIGKILL, without new accounts', async () => {
    const accounts = readFileSync(path.join(folder, 'data/first-accounts.csv'), 'utf8');
    const killed = await start();
    await killed.ready;
    killed.process.kill('SIGKILL');
    await killed.ended;
    const next = await start();
    expect((await fetch(`${addressIn(await next.ready)}/readyz`)).status).toBe(200);
    expect(readFileSync(path.join(folder, 'data/first-accounts.csv'), 'utf8')).toBe(accounts);
    next.process.kill('SIGINT');
    expect(await next.ended).toBe(0);
  });

  test('goes on with the episodes under way: people stay signed in, and missed moments are recorded once', async () => {
    const env = { PORT: String(await freePort()) };
    const first = await start(env);
    await first.ready;
    const accounts = await firstAccounts(path.join(folder, 'data'));
    const cast = await signInAll(`http://127.0.0.1:${env.PORT}`, accounts);
    const policy = { acknowledgementMinutes: 5 };
    const episode = await startDrill(cast.office, { timeScale: 60, policy });
    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const next = await start(env);
    await next.ready;
    const missedIn = (entries: Entry[]) =>
      entries.flatMap(({ kind, unitId }) => (kind === 'acknowledgement.missed' ? [unitId] : []));
    const missed = async () => missedIn(await historyOf(cast.office, episode));
    await eventually('every acknowledgement missed', missed, ({ length }) => length >= cast.units.length);
    await everyUnitActs(cast, episode, '重新启动后');
    const entries = await expectSoundRecord(cast, episode);
    expect(missedIn(entries).sort()).toEqual(cast.units.map(({ username }) => username).sort());
    next.process.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  });

  test.each([
    ['a wrong value', { PORT: 'http' }, /^配置有误：PORT .*\n$/],
    ['an edition that is not there', { PLAN_EDITION: 'elsewhere' }, /^.*elsewhere.*\n$/],
    [
      'a Temporal that does not answer',
      { TEMPORAL_ADDRESS: '127.0.0.1:1' },
      /^连接不上 Temporal（127\.0\.0\.1:1）.*\n$/,
    ],
    ['a database that does not answer', { DATABASE_URL: 'postgres://a:hunter2@127.0.0.1:1/a' }, /DATABASE_URL/],
  ])('%s stops it with a line that says what to do', async (_, env, line) => {
    const program = await start(env);
    expect(await program.ended).toBe(1);
    expect(program.complaints()).toMatch(line);
    expect(program.complaints()).not.toContain('hunter2');
  });
});

describe('several machines', () => {
  test.each([
    ['worker', {}],
    ['api', {}],
    ['worker', { TEMPORAL_ADDRESS: '127.0.0.1:1' }],
    ['api', { DATABASE_URL: 'postgres://a@127.0.0.1:1/a' }],
  ] as const)('npm run %s refuses to start with only %j', async (entry, env) => {
    const program = await startRealProgram(path.join(folder, 'shared'), env, entry);
    programs.push(program);
    expect(await program.ended).toBe(1);
    expect(program.complaints()).toMatch(/^分开运行的进程需要 DATABASE_URL 和 TEMPORAL_ADDRESS。.*\n$/);
  });
});
