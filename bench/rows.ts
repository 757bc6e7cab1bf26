/** The rows of the bench, by name. Each leaves the program as it found it, but for drills that nobody goes on with. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { chainWorkflowId } from '../workflows/contract.js';
import { measureBoard } from './board-row.js';
import { inTurns, type Measurement } from './figures.js';
import { startIdiom } from './idiom.js';
import { reportRate, sendReport, timed } from './load.js';
import { type Postbox, sendPooled } from './mail.js';
import type { Program } from './program.js';
import { answersASecond, startVisitors } from './visitors.js';

export interface Bench {
  program: Program;
  postbox: Postbox;
}

const MAILS = 66;
/** Of work for one value. */
const SECONDS = 2;
const IDIOM_CLIENTS = 40;
const VISITS_A_SECOND = 2_000;

async function ratesAgainstIdiom(
  bench: Bench,
  row: Pick<Measurement, 'row' | 'what' | 'reach'>,
  { episodes, clients }: { episodes: readonly string[]; clients: number },
): Promise<Measurement> {
  const idiom = await startIdiom(bench.program.engine, 33);
  try {
    const [values, bare] = await inTurns(
      () => reportRate(bench.program.units, episodes, clients, SECONDS),
      () => idiom.rate(IDIOM_CLIENTS, SECONDS),
    );
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

/** Answers a second to people who have nothing else to do. */
async function ratesOfPublic({ address }: Program): Promise<Measurement[]> {
  const figures: Measurement[] = [];
  for (const page of ['/public', '/public/current.json']) {
    const values: number[] = [];
    for (let n = 0; n < 5; n += 1) values.push(await answersASecond(new URL(page, address), 1));
    figures.push({ row: 'public', what: `answers/s of \`${page}\``, unit: '/s', values, reach: '≥ 2,000/s' });
  }
  return figures;
}

export const programRows: Record<string, (bench: Bench) => Promise<Measurement[]>> = {
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
    const idiom = await startIdiom(program.engine, 1);
    const afterPause = async (work: () => Promise<unknown>) => {
      await pause(200);
      return timed(work);
    };
    const [values, bare] = await inTurns(
      () => afterPause(() => sendReport(unit!, episode)),
      () => afterPause(() => idiom.report(0)),
    );
    await idiom.close();
    const counterpart = { what: 'an update of a workflow, one activity', values: bare };
    return [{ row: 'quiet', what: 'a quiet report', unit: 'ms', values, counterpart, reach: '≤ 30 ms' }];
  },

  async one(bench) {
    const episode = await bench.program.startDrill();
    await quiet(bench);
    const row = { row: 'one', what: 'reports/s: one episode of 33 units, 40 clients', reach: '≥ 8 ×, ≥ 500/s' };
    return [await ratesAgainstIdiom(bench, row, { episodes: [episode], clients: 40 })];
  },

  async ten(bench) {
    const episodes: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      episodes.push(await bench.program.startDrill());
      await quiet(bench);
    }
    const row = { row: 'ten', what: 'reports/s: ten episodes of 33 units, 40 clients', reach: '≥ 6 ×' };
    return [await ratesAgainstIdiom(bench, row, { episodes, clients: 40 })];
  },

  async hundred(bench) {
    const episodes: string[] = [];
    for (let n = 0; n < 100; n += 1) {
      episodes.push(await bench.program.startDrill());
      await quiet(bench);
    }
    const rateOn = (chosen: readonly string[]) => () => reportRate(bench.program.units, chosen, 40, SECONDS);
    const [values, bare] = await inTurns(rateOn(episodes), rateOn(episodes.slice(0, 10)));
    const counterpart = { what: 'ten of them', values: bare };
    const row = 'hundred';
    return [
      {
        row,
        what: 'reports/s: 100 episodes of 33 units, 40 clients',
        unit: '/s',
        values,
        counterpart,
        reach: '≥ 0.8 ×',
      },
    ];
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
    return [await ratesAgainstIdiom(bench, row, { episodes: [episode], clients: 200 })];
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
        reach: '≤ 1.5 ×',
      },
      ...(await ratesOfPublic(program)),
    ];
  },

  async board(bench) {
    const episode = await bench.program.startDrill();
    await quiet(bench);
    return measureBoard(bench.program, episode);
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
