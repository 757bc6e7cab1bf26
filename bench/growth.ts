/**
 * `npm run growth [-- units days episodes ledger]`: how cost grows with each, as a table with the exponent of growth (1 is
 * linear), `growth.svg` and `growth-result.json`.
 */
import { writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { begin } from '../episode/state.js';
import type { EpisodeState } from '../episode/state-types.js';
import { at, Life, reportOf } from '../episode/testing/life.js';
import { takeTurn } from '../episode/turn.js';
import { verify } from '../ledger/chain/verification.js';
import { openDatabase } from '../ledger/database.js';
import { historyPage } from '../ledger/reading/history.js';
import { startPostgres } from '../ledger/testing/postgres-server.js';
import { cursorOf } from '../lib/cursor.js';
import { addDays } from '../plan/rules/calendar.js';
import type { Binding } from '../plan/types.js';
import { machineFacts, median } from './figures.js';
import { exponentOf, type Growth, growthTable, plotsOf } from './growth-figures.js';
import { reportRate, timed } from './load.js';
import { openPostbox } from './mail.js';
import { startProgram } from './program.js';
import { asCommand, bindingWith, DRILL_BEGINS, shippedBinding, startOfDrillAt, storeDrill } from './stored-ledger.js';

// The TypeScript loader marks its process by this. A child needs a loader of its own.
delete process.env.QINGKONG_TEST_HOOKS;

const MAILS = 66;

/** Median milliseconds of five times. */
const often = async (work: () => unknown): Promise<number> => {
  const values: number[] = [];
  for (let n = 0; n < 5; n += 1) values.push(await timed(async () => work()));
  return median(values);
};

const grows = (over: string, what: string, unit: string): Growth => ({ over, what, unit, points: [] });

/** A drill in which every unit has been told, and has its tasks: of a thousand units that takes several turns. */
function begun(binding: Binding): EpisodeState {
  const life = new Life(binding);
  life.do(DRILL_BEGINS, startOfDrillAt());
  life.pass(at(DRILL_BEGINS) + 1_000);
  return life.state;
}

/** The pure core: a start, and forty reports in one turn. */
async function units(): Promise<Growth[]> {
  const start = grows('units', 'the turn of a start', 'ms');
  const forty = grows('units', 'a turn of 40 reports', 'ms');
  for (const count of [10, 30, 100, 300, 1_000]) {
    const binding = bindingWith(count);
    start.points.push([
      count,
      await often(() => takeTurn(begin('e1', binding), [asCommand(startOfDrillAt())], at(DRILL_BEGINS))),
    ]);
    const state = begun(binding);
    const commands = Array.from({ length: 40 }, (_, i) =>
      asCommand({ kind: 'reportImplementation', unitId: binding.units[i % count]!.unitId, text: '已落实' }),
    );
    forty.points.push([count, await often(() => takeTurn(state, commands, at(DRILL_BEGINS) + 60_000))]);
  }
  return [start, forty];
}

/** A real episode of the shipped plan in which all units report each day: what its next day costs, and its state. */
async function days(): Promise<Growth[]> {
  const next = grows('days', 'the turns of one more day', 'ms');
  const size = grows('days', 'the state that is carried on', 'kB');
  const life = new Life(shippedBinding);
  const { drill: _, ...start } = startOfDrillAt() as Extract<ReturnType<typeof startOfDrillAt>, { drill?: unknown }>;
  life.do(DRILL_BEGINS, start);
  const [firstDay] = DRILL_BEGINS.split(' ') as [string];
  const wanted = [1, 3, 10, 30, 60, 90];
  for (let day = 0; day < wanted.at(-1)!; day += 1) {
    const date = addDays(firstDay, day);
    const lasted = await timed(async () =>
      life.submit(
        at(`${addDays(date, 1)} 09:00`),
        shippedBinding.units.map(({ unitId }) => reportOf(unitId, date)),
      ),
    );
    if (!wanted.includes(day + 1)) continue;
    next.points.push([day + 1, lasted]);
    size.points.push([day + 1, Buffer.byteLength(JSON.stringify(life.state)) / 1000]);
  }
  return [next, size];
}

/** The program over HTTP: reports that 40 clients give to so many drills. */
async function episodes(): Promise<Growth[]> {
  const cost = grows('episodes', 'a report of 40 clients', 'ms');
  const memory = grows('episodes', 'memory of the program', 'MiB');
  const postbox = await openPostbox();
  const program = await startProgram(postbox.url);
  const drills: string[] = [];
  for (const count of [1, 3, 10, 30, 100]) {
    while (drills.length < count) {
      drills.push(await program.startDrill());
      await postbox.until(MAILS);
      postbox.mails.length = 0;
    }
    const values: number[] = [];
    for (let n = 0; n < 4; n += 1) values.push(1_000 / (await reportRate(program.units, drills, 40, 2)));
    cost.points.push([count, median(values.slice(1))]);
    memory.points.push([count, (await program.health()).memory.rss / 2 ** 20]);
  }
  await program.close();
  await postbox.close();
  return [cost, memory];
}

/** PostgreSQL: one chain of so many entries among the others. */
async function ledger(): Promise<Growth[]> {
  const page = grows('ledger', 'a page of the history', 'ms');
  const verification = grows('ledger', 'verification', 'ms');
  const postgres = await startPostgres();
  const database = await openDatabase(await postgres.newDatabase());
  for (const count of [10_000, 100_000, 1_000_000]) {
    const id = `drill-${count}`;
    await storeDrill(database, id, count);
    // As the server does by itself within a minute: without statistics it sorts the rest of a chain for each page.
    await sql`analyze entries`.execute(database.db);
    const places = [0.1, 0.5, 0.9].map((part) => cursorOf([Math.floor(part * count)]));
    const values: number[] = [];
    for (const cursor of [...places, ...places, ...places])
      values.push(await timed(() => historyPage(database, id, { limit: 50, cursor })));
    page.points.push([count, median(values)]);
    verification.points.push([count, await timed(() => verify(database, id))]);
  }
  await database.close();
  await postgres.stop();
  return [page, verification];
}

const DIMENSIONS: Record<string, () => Promise<Growth[]>> = { units, days, episodes, ledger };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in DIMENSIONS));
if (unknown.length > 0) {
  process.stderr.write(`没有这些项目：${unknown.join('、')}。可选：${Object.keys(DIMENSIONS).join('、')}。\n`);
  process.exit(2);
}
const found: Growth[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(DIMENSIONS)) {
  found.push(...(await DIMENSIONS[name]!()));
  process.stderr.write(`${name}\n`);
}
const facts = machineFacts();
process.stdout.write(`${growthTable(found)}\n\n${JSON.stringify(facts)}\n`);
await writeFile('growth.svg', plotsOf(found));
const result = { facts, growth: found.map((growth) => ({ ...growth, exponent: exponentOf(growth) })) };
await writeFile('growth-result.json', `${JSON.stringify(result, null, 2)}\n`);
process.exit(0);
