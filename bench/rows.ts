/** The rows of the bench, by name. Each leaves the program as it found it, but for drills that nobody goes on with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { Client, Connection } from '@temporalio/client';
import { syncedFolder } from '../ledger/synced-folder.js';
import { chainWorkflowId } from '../workflows/contract.js';
import type { Measurement } from './figures.js';
import { startIdiom } from './idiom.js';
import { reportRate, sendReport, timed } from './load.js';
import { type Postbox, sendPooled } from './mail.js';
import type { Program } from './program.js';
import { startVisitors } from './visitors.js';

export interface Bench {
  program: Program;
  postbox: Postbox;
}

const TIMES = 9;
const MAILS = 66;
const VISITS_A_SECOND = 1_000;

/** One after the other, each pair close together, so that a disturbance meets both. */
async function inTurns(one: () => Promise<number>, other: () => Promise<number>): Promise<[number[], number[]]> {
  await one();
  await other();
  const values: [number[], number[]] = [[], []];
  for (let n = 0; n < TIMES; n += 1) {
    values[0].push(await one());
    values[1].push(await other());
  }
  return values;
}

async function ratesAgainstIdiom(
  bench: Bench,
  row: Pick<Measurement, 'row' | 'what' | 'reach'>,
  { episodes, clients, each }: { episodes: readonly string[]; clients: number; each: number },
): Promise<Measurement> {
  const idiom = await startIdiom(bench.program.engine, 33);
  try {
    const idiomRate = async () => (40 * 3) / (await idiom.report(40, 3));
    const [values, bare] = await inTurns(() => reportRate(bench.program.units, episodes, clients, each), idiomRate);
    return { ...row, unit: '/s', values, counterpart: { what: 'a workflow for each unit', values: bare } };
  } finally {
    await idiom.close();
  }
}

/** Waits until nothing is under way, so that the next row does not wait for it. */
const quiet = async ({ postbox }: Bench): Promise<void> => {
  await postbox.until(MAILS);
  postbox.mails.length = 0;
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

export const rows: Record<string, (bench: Bench) => Promise<Measurement[]>> = {
  /** The price of syncs of the embedded database (docs/decisions/0040-embedded-syncs.md). */
  async commit() {
    const root = await mkdtemp(path.join(tmpdir(), 'qingkong-commit-'));
    const [synced, plain] = [
      await PGlite.create(syncedFolder(path.join(root, 'synced'))),
      await PGlite.create(path.join(root, 'plain')),
    ];
    const [values, bare] = await inTurns(await commitsOf(synced), await commitsOf(plain));
    await Promise.all([synced.close(), plain.close()]);
    await rm(root, { recursive: true });
    const what = 'a commit of three rows to the embedded database, synced';
    return [
      {
        row: 'commit',
        what,
        unit: 'ms',
        values,
        reach: '–',
        counterpart: { what: 'the same, not synced', values: bare },
      },
    ];
  },

  async notice(bench) {
    const { program, postbox } = bench;
    let sent: Buffer[] = [];
    const start: number[] = [];
    const [values, bare] = await inTurns(
      async () => {
        const before = performance.now();
        start.push(await timed(() => program.startDrill()));
        await postbox.until(MAILS);
        const lasted = performance.now() - before;
        sent = postbox.mails.splice(0);
        return lasted;
      },
      async () => {
        const lasted = await timed(() => sendPooled(postbox.url, sent));
        postbox.mails.length = 0;
        return lasted;
      },
    );
    return [
      {
        row: 'notice',
        what: `start to the last of ${MAILS} mails taken`,
        unit: 'ms',
        values,
        counterpart: { what: 'pooled nodemailer, the same mails', values: bare },
        reach: '≤ 2 ×',
      },
      { row: 'notice', what: '`POST /episodes` to 201', unit: 'ms', values: start.slice(1), reach: '≤ 60 ms' },
    ];
  },

  async quiet(bench) {
    const { program } = bench;
    const episode = await program.startDrill();
    await quiet(bench);
    const [unit] = program.units;
    const values: number[] = [];
    for (let n = 0; n <= TIMES; n += 1) {
      values.push(await timed(() => sendReport(unit!, episode)));
      await pause(200);
    }
    return [{ row: 'quiet', what: 'a quiet report', unit: 'ms', values: values.slice(1), reach: '≤ 30 ms' }];
  },

  async one(bench) {
    const episode = await bench.program.startDrill();
    await quiet(bench);
    const row = { row: 'one', what: 'reports/s: one episode of 33 units, 40 clients', reach: '≥ 8 ×, ≥ 500/s' };
    return [await ratesAgainstIdiom(bench, row, { episodes: [episode], clients: 40, each: 15 })];
  },

  async ten(bench) {
    const episodes: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      episodes.push(await bench.program.startDrill());
      await quiet(bench);
    }
    const row = { row: 'ten', what: 'reports/s: ten episodes of 33 units, 40 clients', reach: '≥ 6 ×' };
    return [await ratesAgainstIdiom(bench, row, { episodes, clients: 40, each: 15 })];
  },

  async thousand(bench) {
    const { office } = bench.program;
    const episode = await bench.program.startDrill();
    await quiet(bench);
    const names = Array.from({ length: 967 }, (_, i) => `第${i + 1}街道办事处`);
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let name = names.pop(); name !== undefined; name = names.pop())
          await office.command('POST', `${episode}/units`, { name, kind: 'street', contacts: [] });
      }),
    );
    const row = { row: 'thousand', what: 'reports/s: one episode of 1,000 units, 200 clients', reach: '≥ 15 ×' };
    return [await ratesAgainstIdiom(bench, row, { episodes: [episode], clients: 200, each: 5 })];
  },

  async public(bench) {
    const { program } = bench;
    const episode = await program.startDrill();
    await quiet(bench);
    const [unit] = program.units;
    const [values, bare] = await inTurns(
      async () => {
        const visitors = startVisitors(new URL('/public', program.address), VISITS_A_SECOND);
        await pause(500);
        const lasted = await timed(() => sendReport(unit!, episode));
        await pause(500);
        await visitors.stop();
        return lasted;
      },
      async () => {
        await pause(1_000);
        return timed(() => sendReport(unit!, episode));
      },
    );
    return [
      {
        row: 'public',
        what: `a report while ${VISITS_A_SECOND} people a second open \`/public\``,
        unit: 'ms',
        values,
        counterpart: { what: 'a report while nobody does', values: bare },
        reach: '≤ 2 ×',
      },
    ];
  },

  async history(bench) {
    const { program } = bench;
    const episode = await program.startDrill();
    await quiet(bench);
    const connection = await Connection.connect({ address: program.engine });
    const handle = new Client({ connection }).workflow.getHandle(chainWorkflowId(episode.split('/').at(-1)!));
    const settled = async () => {
      for (let before = -1; ; ) {
        const { historyLength } = await handle.describe();
        if (historyLength === before) return historyLength;
        before = historyLength;
        await pause(500);
      }
    };
    const { units } = program;
    const atFirst = await settled();
    await sendReport(units[0]!, episode);
    const afterOne = await settled();
    await Promise.all(units.map((unit) => sendReport(unit, episode)));
    const afterAll = await settled();
    await connection.close();
    return [
      { row: 'history', what: 'history: a lone command', unit: 'events', values: [afterOne - atFirst], reach: '≤ 13' },
      {
        row: 'history',
        what: `history: each of ${units.length} reports together`,
        unit: 'events',
        values: [(afterAll - afterOne) / units.length],
        reach: '≤ 1',
      },
    ];
  },
};
