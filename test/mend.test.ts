/**
 * Ledger and engine of different days are put together and started: what one of them has the other gets, an open episode
 * goes on, and nothing that was answered is lost (docs/design.md, "The ledger"). On PGlite and on a PostgreSQL server.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { firstAccounts } from '../app/demo/program.js';
import type { Entry } from '../episode/entries.js';
import { newDatabaseOnServer } from '../ledger/testing/databases.js';
import { eventually } from '../lib/testing/eventually.js';
import {
  type Cast,
  everyUnitActs,
  expectSameAnswersAgain,
  finish,
  historyOf,
  liftDrill,
  signInAll,
  startDrill,
  startReal,
} from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { installRealProgram, type RunningProgram, startRealProgram } from './support/program.js';

let root: string;
const programs: RunningProgram[] = [];
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'qingkong-mend-'));
  await temporalProgram();
}, FIRST_TIME);
afterAll(async () => {
  for (const program of programs) program.process.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended));
  rmSync(root, { recursive: true, force: true });
});

/** A ledger at one moment: a name under which a copy is kept. */
interface Ledgers {
  first(): Promise<Record<string, string>>;
  /** Keeps what lies in `folder` or on the server, while no program runs. */
  keep(folder: string, name: string): Promise<void>;
  /** Puts it into another folder. Answers the settings of its program. */
  put(name: string, folder: string): Promise<Record<string, string>>;
}

const inFolder: Ledgers = {
  first: async () => ({}),
  keep: async (folder, name) => copy(folder, path.join(root, `ledger ${name}`), /^database$/),
  put: async (name, folder) => {
    copy(path.join(root, `ledger ${name}`), folder, /^database$/);
    return {};
  },
};

const copy = (from: string, to: string, what: RegExp): void => {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((one) => what.test(one)))
    cpSync(path.join(from, name), path.join(to, name), { recursive: true });
};

const onServer = (): Ledgers => {
  let url: string;
  const named = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const copyDatabase = async (from: string, to: string) => {
    const client = new pg.Client({ connectionString: named('postgres') });
    await client.connect();
    await client.query(`create database "${to}" template "${from}"`);
    await client.end();
  };
  return {
    first: async () => {
      ({ url } = await newDatabaseOnServer());
      return { DATABASE_URL: url };
    },
    keep: async (_folder, name) => copyDatabase(new URL(url).pathname.slice(1), name),
    put: async (name, folder) => {
      const own = `${name} ${path.basename(folder)}`.replaceAll(/\W/g, '_');
      await copyDatabase(name, own);
      return { DATABASE_URL: named(own) };
    },
  };
};

const ENGINE = /^temporal\.sqlite/;
const REST = /^(first-accounts\.csv|one-time-codes\.key|attachments)$/;

interface Open {
  program: RunningProgram;
  address: string;
}

const open = async (folder: string, env: Record<string, string>, start = startRealProgram): Promise<Open> => {
  const program = await start(folder, env);
  programs.push(program);
  const ready = await program.ready;
  if (ready === undefined) throw new Error(program.complaints());
  return { program, address: /http:\S+/.exec(ready)?.[0] ?? '' };
};

const stop = async ({ program }: Open): Promise<void> => {
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
};

/** An episode and those who act in it. */
interface Life {
  path: string;
  cast: Cast;
}

describe.each([
  ['PGlite', () => inFolder],
  ['PostgreSQL', onServer],
])('after a loss (%s)', (_, ledgersOf) => {
  let ledgers: Ledgers;
  let origin: string;
  let [drill, real, later]: Array<Life | undefined> = [];
  /** Answered on the first day. */
  let answered: Record<'drill' | 'real', number>;
  const records = new Map<string, Entry[]>();

  const castOf = async (address: string): Promise<Cast> => signInAll(address, await firstAccounts(origin));

  beforeAll(async () => {
    ledgers = ledgersOf();
    origin = mkdtempSync(path.join(root, 'origin-'));
    const env = await ledgers.first();

    let running = await open(origin, env, 'DATABASE_URL' in env ? startRealProgram : installRealProgram);
    drill = { cast: await castOf(running.address), path: '' };
    drill.path = await startDrill(drill.cast.office, { timeScale: 1 });
    real = { cast: await castOf(running.address), path: '' };
    real.path = await startReal(real.cast.office);
    await everyUnitActs(drill.cast, drill.path, '第一天');
    await everyUnitActs(real.cast, real.path, '第一天');
    answered = { drill: drill.cast.journal.length, real: real.cast.journal.length };
    await stop(running);
    await ledgers.keep(origin, 'yesterday');
    copy(origin, path.join(root, `engine yesterday ${path.basename(origin)}`), ENGINE);

    running = await open(origin, env);
    for (const life of [drill, real]) {
      const cast = await castOf(running.address);
      await everyUnitActs(cast, life.path, '第二天');
      life.cast = { ...cast, journal: [...life.cast.journal, ...cast.journal] };
    }
    later = { cast: await castOf(running.address), path: '' };
    later.path = await startDrill(later.cast.office, { timeScale: 1 });
    await everyUnitActs(later.cast, later.path, '第二天');
    for (const life of [drill, real, later]) records.set(life.path, await historyOf(life.cast.office, life.path));
    await stop(running);
    await ledgers.keep(origin, 'today');
    copy(origin, path.join(root, `engine today ${path.basename(origin)}`), ENGINE);
  }, FIRST_TIME);

  const started = async (
    name: string,
    { ledger, engine }: { ledger: string; engine?: string },
  ): Promise<Open & { complaints: string; folder: string; env: Record<string, string> }> => {
    const folder = path.join(root, `${path.basename(origin)} ${name}`);
    copy(origin, folder, REST);
    const env = await ledgers.put(ledger, folder);
    if (engine !== undefined) copy(path.join(root, `engine ${engine} ${path.basename(origin)}`), folder, ENGINE);
    const running = await open(folder, env);
    return { ...running, complaints: running.program.complaints(), folder, env };
  };

  /** What the record says of it, as soon as it says it. */
  const restorationIn = (cast: Cast, { path: episode }: Life, how: string) =>
    eventually(
      `record.restored, ${how}`,
      async () => (await historyOf(cast.office, episode)).filter(({ kind }) => kind === 'record.restored'),
      (found) => found.some(({ data }) => 'how' in data && data.how === how),
      200,
    );

  /** All entries of that day are there, byte for byte, and those of this journal as they were answered. */
  const expectWhole = async ({ address }: Open, life: Life, journal = life.cast.journal) => {
    const cast = { ...(await castOf(address)), journal: [] };
    const { path: episode } = life;
    const before = records.get(episode)!;
    const history = await historyOf(cast.office, episode);
    expect(history.slice(0, before.length).map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash));
    for (const { entry } of journal) expect(history[entry.seq - 1]).toMatchObject(entry);
    expect(await cast.office.get(`${episode}/history/verification`)).toMatchObject({ valid: true });
    return cast;
  };

  const goOn = async (cast: Cast, { path: episode }: Life) => {
    await everyUnitActs(cast, episode, '恢复后');
    await liftDrill(cast.office, episode);
    await finish(cast.office, episode);
  };

  test('the engine of yesterday is begun again from the ledger of today, in a drill and in a real episode', async () => {
    const running = await started('engine of yesterday', { ledger: 'today', engine: 'yesterday' });
    for (const life of [drill!, real!]) {
      expect(running.complaints).toMatch(new RegExp(`${life.path.split('/').at(-1)}：流程引擎停在.*由台账接着运行`));
      const cast = await expectWhole(running, life);
      const [restored] = await restorationIn(cast, life, 'begun-again');
      expect(restored!.data).toMatchObject({ firstSeq: 1, lastSeq: restored!.seq - 1 });
      await everyUnitActs(cast, life.path, '恢复后');
    }
    const { path: unknown } = later!;
    expect(running.complaints).toMatch(new RegExp(`${unknown.split('/').at(-1)}：流程引擎中没有它的运行`));
    const cast = await expectWhole(running, later!);
    await restorationIn(cast, later!, 'begun-again');
    await goOn(await expectWhole(running, drill!), drill!);
    await stop(running);
  });

  test('the ledger of yesterday is completed from the engine of today, with the same hashes', async () => {
    const running = await started('ledger of yesterday', { ledger: 'yesterday', engine: 'today' });
    for (const life of [drill!, real!, later!]) {
      expect(running.complaints).toMatch(
        new RegExp(`${life.path.split('/').at(-1)}：台账只到第 \\d+ 条，已由流程引擎`),
      );
      const cast = await expectWhole(running, life);
      const [restored] = await restorationIn(cast, life, 'completed');
      expect(restored!.data).toMatchObject({ lastSeq: records.get(life.path)!.length });
      // Repeats with the same keys are answered as they were.
      const sender = new Map([cast.office, ...cast.units].map((person) => [person.username, person]));
      await expectSameAnswersAgain(
        life.cast.journal.map((made) => ({ ...made, person: sender.get(made.person.username)! })),
      );
    }
    await goOn(await expectWhole(running, drill!), drill!);
    await stop(running);
  });

  test('both of yesterday agree: what was answered since, neither knows, and nothing is made up', async () => {
    const running = await started('both of yesterday', { ledger: 'yesterday', engine: 'yesterday' });
    expect(running.complaints).not.toContain('过程');
    for (const [life, count] of [
      [drill!, answered.drill],
      [real!, answered.real],
    ] as const) {
      const cast = { ...(await castOf(running.address)), journal: life.cast.journal.slice(0, count) };
      await everyUnitActs(cast, life.path, '恢复后');
      const history = await historyOf(cast.office, life.path);
      for (const { entry } of cast.journal) expect(history[entry.seq - 1]).toMatchObject(entry);
    }
    await stop(running);
  });

  test('a ledger that went its own way since is left alone, and so is the engine; both are named', async () => {
    const parted = await started('parted', { ledger: 'yesterday' });
    const cast = { ...(await castOf(parted.address)), journal: [] };
    await restorationIn(cast, drill!, 'begun-again');
    await everyUnitActs(cast, drill!.path, '另一条路');
    const before = (await historyOf(cast.office, drill!.path)).map(({ hash }) => hash);
    await stop(parted);
    const { folder, env } = parted;
    for (const name of readdirSync(folder).filter((one) => ENGINE.test(one))) rmSync(path.join(folder, name));
    copy(path.join(root, `engine today ${path.basename(origin)}`), folder, ENGINE);

    const running = await open(folder, env);
    expect(running.program.complaints()).toMatch(
      new RegExp(`${drill!.path.split('/').at(-1)}：台账的第 \\d+ 条与流程引擎的不同。未作任何改动`),
    );
    const { office } = await castOf(running.address);
    expect((await historyOf(office, drill!.path)).map(({ hash }) => hash)).toEqual(before);
    expect(await office.get(`${drill!.path}/history/verification`)).toMatchObject({ valid: true });
    await stop(running);
  });
});
