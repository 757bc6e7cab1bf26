/** Rows that need no running program: the pure core, long lives, a large ledger, starts and kills, the console's files. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { firstAccounts } from '../app/demo/program.js';
import { decide } from '../episode/decide/index.js';
import { evolve } from '../episode/evolve.js';
import { at, Life, OFFICE } from '../episode/testing/life.js';
import { live, randomLife } from '../episode/testing/random-life.js';
import { syncedFolder } from '../ledger/synced-folder.js';
import { startPostgres } from '../ledger/testing/postgres-server.js';
import { freePort } from '../lib/free-port.js';
import { eventually } from '../lib/testing/eventually.js';
import { startDevServer } from '../platform/temporal/dev-server.js';
import { firstLine, ROOT, runModule } from '../test/support/child.js';
import { temporalProgram } from '../test/support/engine.js';
import { type Person, signInPerson } from '../test/support/person.js';
import { type RunningProgram, startRealProgram } from '../test/support/program.js';
import { inTurns, type Measurement } from './figures.js';
import { measureLedger } from './ledger-row.js';
import { sendReport, timed } from './load.js';
import type { LongLife } from './long-life.js';
import { measurePapers } from './papers-row.js';
import { startDrillBy } from './program.js';
import { DRILL_BEGINS, shippedBinding, startOfDrillAt } from './stored-ledger.js';

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'qingkong-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Milliseconds of a commit of three small rows. */
async function commitsOf(pglite: PGlite): Promise<() => Promise<number>> {
  await pglite.exec('create table rows (content text)');
  const COMMITS = 20;
  const insert = async () => {
    for (let n = 0; n < COMMITS; n += 1)
      await pglite.query("insert into rows select repeat('x', 700) from generate_series(1, 3)");
  };
  return async () => (await timed(insert)) / COMMITS;
}

/** Decides reports of 33 units one by one and folds each at once, as a turn of one command does. Commands a second. */
function decideRate(): number {
  const COMMANDS = 20_000;
  const life = new Life(shippedBinding);
  life.do(DRILL_BEGINS, startOfDrillAt());
  let { state } = life;
  const now = at(DRILL_BEGINS) + 60_000;
  const head = { seq: 0, at: '', episodeTime: new Date(now).toISOString(), previousHash: '', hash: '' };
  const units = shippedBinding.units.map(({ unitId }) => unitId);
  const before = performance.now();
  for (let n = 0; n < COMMANDS; n += 1) {
    const unitId = units[n % units.length]!;
    const decision = decide(state, { kind: 'reportImplementation', unitId, text: '已落实' }, OFFICE, now, state.clock);
    if (!Array.isArray(decision)) throw new Error(JSON.stringify(decision));
    for (const draft of decision) state = evolve(state, { ...head, ...draft, seq: state.head.seq + 1 });
  }
  return COMMANDS / ((performance.now() - before) / 1000);
}

/** Seconds that 10,000 random lives take, drawing them included. The same lives in each run of the bench. */
function livesTime(seed: number): number {
  const LIVES = 300;
  const before = performance.now();
  for (const life of fc.sample(randomLife, { numRuns: LIVES, seed })) live(life);
  return ((performance.now() - before) / 1000) * (10_000 / LIVES);
}

const times = <T>(count: number, measure: () => T): T[] => Array.from({ length: count }, measure);

interface OwnWorker {
  office: Person;
  units: Person[];
  /** Kills the worker and starts another. */
  replaceWorker(): Promise<void>;
}

/** Worker, API, engine and PostgreSQL as processes of their own. */
async function withOwnWorker<T>(folder: string, measure: (installation: OwnWorker) => Promise<T>): Promise<T> {
  const server = await startDevServer({ program: await temporalProgram(), folder, persistent: true, ui: false });
  const postgres = await startPostgres();
  const shared = {
    DATABASE_URL: (await postgres.newDatabase()).url,
    TEMPORAL_ADDRESS: server.address,
    PUBLIC_URL: 'http://127.0.0.1',
    LOG_LEVEL: 'error',
  };
  const data = path.join(folder, 'data');
  await mkdir(data);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const api = await startRealProgram(data, { ...shared, PORT: String(port) }, 'api');
  let worker: RunningProgram = await startRealProgram(data, shared, 'worker');
  try {
    await eventually('an API', async () => (await fetch(`${address}/readyz`).catch(() => undefined))?.ok, Boolean);
    const accounts = await firstAccounts(data);
    const signIn = (role: string) =>
      Promise.all(accounts.filter((one) => one.role === role).map((one) => signInPerson(address, one)));
    const [[office], units] = [await signIn('office'), await signIn('unit')];
    const replaceWorker = async () => {
      worker.process.kill('SIGKILL');
      await worker.ended;
      worker = await startRealProgram(data, shared, 'worker');
    };
    return await measure({ office: office!, units, replaceWorker });
  } finally {
    for (const program of [api, worker]) {
      program.process.kill('SIGKILL');
      await program.ended;
    }
    await server.stop();
    await postgres.stop();
  }
}

/** Milliseconds from a busy worker's end to the first answer to a command that was sent after it. Another starts at once. */
async function killsOf({ office, units, replaceWorker }: OwnWorker): Promise<number[]> {
  const episode = await startDrillBy(office);
  const values: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    let isOver = false;
    const busy = units.slice(1).map(async (unit) => {
      while (!isOver) await sendReport(unit, episode);
    });
    await sendReport(units[0]!, episode);
    values.push(
      await timed(async () => {
        await replaceWorker();
        await sendReport(units[0]!, episode);
      }),
    );
    isOver = true;
    await Promise.all(busy);
  }
  return values;
}

const LONG_DRILLS = 20;
/** One after the other, so that each has its own events. Some more, and the drill would go on in another run. */
const REPORTS_EACH = 60;

/** Seconds from the worker's end until each of many long drills has answered a report. */
async function takingOver({ office, units, replaceWorker }: OwnWorker): Promise<number> {
  const unit = units[0]!;
  const episodes: string[] = [];
  for (let n = 0; n < LONG_DRILLS; n += 1) episodes.push(await startDrillBy(office));
  await Promise.all(
    episodes.map(async (episode) => {
      for (let n = 0; n < REPORTS_EACH; n += 1) await sendReport(unit, episode);
    }),
  );
  const lasted = await timed(async () => {
    await replaceWorker();
    await Promise.all(episodes.map((episode) => sendReport(unit, episode)));
  });
  return lasted / 1000;
}

/** Kilobytes of an entry's first load, compressed. */
function firstLoadOf(entry: 'phone' | 'desk'): number {
  const folder = path.join(ROOT, 'dist/web');
  const manifest = JSON.parse(readFileSync(path.join(folder, `manifest-${entry}.json`), 'utf8')) as Record<
    string,
    { file: string; css?: string[]; imports?: string[] }
  >;
  const filesOf = (name: string): string[] => {
    const { file, css = [], imports = [] } = manifest[name]!;
    return [file, ...css, ...imports.flatMap(filesOf)];
  };
  const sizes = [...new Set(filesOf(`${entry}.html`))].map(
    (file) => readFileSync(path.join(folder, `${file}.br`)).length,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

export const loneRows: Record<string, () => Promise<Measurement[]>> = {
  /** The price of syncs of the embedded database (docs/decisions/0040-embedded-syncs.md). */
  commit: () =>
    inFolder(async (root) => {
      const [synced, plain] = [
        await PGlite.create(syncedFolder(path.join(root, 'synced'))),
        await PGlite.create(path.join(root, 'plain')),
      ];
      const [values, bare] = await inTurns(await commitsOf(synced), await commitsOf(plain));
      await Promise.all([synced.close(), plain.close()]);
      const what = 'a commit of three rows to the embedded database, synced';
      const counterpart = { what: 'the same, not synced', values: bare };
      return [{ row: 'commit', what, unit: 'ms', values, reach: '–', counterpart }];
    }),

  async core() {
    decideRate();
    return [
      { row: 'core', what: '`decide` and `evolve`', unit: '/s', values: times(5, decideRate), reach: '≥ 50,000/s' },
      { row: 'core', what: '10,000 random lives', unit: 's', values: [1, 2, 3].map(livesTime), reach: '≤ 60 s' },
    ];
  },

  async days() {
    const child = runModule('bench/long-life.ts', '90');
    const { events, replay, heap } = JSON.parse(await firstLine(child)) as LongLife;
    const row = 'days';
    return [
      { row, what: '90 days, 33 units: events of each run', unit: 'events', values: events, reach: '≤ 4,500 each' },
      { row, what: '90 days: replay of the longest run', unit: 'ms', values: [replay], reach: '≤ 1,000 ms' },
      { row, what: '90 days: heap of the worker, each ninth day', unit: 'MiB', values: heap, reach: 'flat' },
    ];
  },

  ledger: measureLedger,

  papers: measurePapers,

  killed: () =>
    inFolder((folder) =>
      withOwnWorker(folder, async (installation) => [
        {
          row: 'killed',
          what: 'a busy worker killed, another started: to the first answer',
          unit: 'ms',
          values: await killsOf(installation),
          reach: '≤ 5,000 ms',
        },
        {
          row: 'killed',
          what: `the same with ${LONG_DRILLS} long drills: until each has answered`,
          unit: 's',
          values: [await takingOver(installation)],
          reach: '–',
        },
      ]),
    ),

  start: () =>
    inFolder(async (folder) => {
      const start = async (): Promise<RunningProgram> => {
        const program = await startRealProgram(folder, { LOG_LEVEL: 'warn' });
        const address = /https?:\/\/[^\s，。]+/.exec((await program.ready) ?? '')![0];
        await eventually('ready', async () => (await fetch(`${address}/readyz`)).ok, Boolean);
        return program;
      };
      const stop = async ({ process: child }: RunningProgram) => {
        child.kill('SIGTERM');
        await once(child, 'exit');
      };
      await stop(await start());
      const values: number[] = [];
      for (let n = 0; n < 5; n += 1) {
        let program: RunningProgram | undefined;
        values.push(
          await timed(async () => {
            program = await start();
          }),
        );
        await stop(program!);
      }
      return [{ row: 'start', what: 'started again, to ready', unit: 'ms', values, reach: '≤ 4,000 ms' }];
    }),

  async console() {
    const of = (entry: 'phone' | 'desk', reach: string): Measurement => ({
      row: 'console',
      what: `first load of the ${entry}, compressed`,
      unit: 'kB',
      values: [firstLoadOf(entry)],
      reach,
    });
    return [of('phone', '≤ 80 kB'), of('desk', '≤ 220 kB')];
  },
};
