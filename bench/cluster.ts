/**
 * `npm run cluster [-- --end]`: a Temporal cluster on PostgreSQL, the application's PostgreSQL, two APIs and two workers on
 * this machine, for trying out. Prints the addresses and, in some minutes, reports a second with one worker and with two; then
 * it stays until Ctrl-C, or ends.
 */
import { once } from 'node:events';
import path from 'node:path';
import { firstAccounts } from '../app/demo/program.js';
import { ANY_API, openMachines } from '../test/support/cluster/machines.js';
import { signInPerson } from '../test/support/person.js';
import { inTurns, type Measurement, machineFacts, tableOf } from './figures.js';
import { startIdiom } from './idiom.js';
import { reportRate } from './load.js';
import { startDrillBy } from './program.js';

// The TypeScript loader marks its process by this. A child needs a loader of its own.
delete process.env.QINGKONG_TEST_HOOKS;

const TIMES = 5;
const CLIENTS = 40;
/** Of work for one value. */
const SECONDS = 4;

const say = (line: string) => process.stdout.write(`${line}\n`);

say('正在启动：Temporal 集群、两个 PostgreSQL、两个 api、两个 worker……');
const machines = await openMachines({ synced: true });
try {
  await measure();
  if (!process.argv.includes('--end')) {
    say('\n仍在运行，按 Ctrl-C 结束。');
    await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  }
} finally {
  await machines.close();
}
process.exit();

async function measure(): Promise<void> {
  const { apis, workers, temporal, folder, line } = machines;
  for (const api of apis) say(`api：${api.address}`);
  for (const worker of workers) say(`worker：${worker.address}/metrics`);
  say(`Temporal：${temporal.address}`);
  say(`账号：${path.join(folder, 'first-accounts.csv')}`);

  const accounts = await firstAccounts(folder);
  const signIn = (role: string) =>
    Promise.all(
      accounts.filter((account) => account.role === role).map((account) => signInPerson(ANY_API, account, [], line)),
    );
  const [[office], units] = [await signIn('office'), await signIn('unit')];
  const episodes: string[] = [];
  for (let n = 0; n < 10; n += 1) episodes.push(await startDrillBy(office!));
  const idiom = await startIdiom(temporal.address, 33);
  const figures: Measurement[] = [];
  try {
    for (const hired of [1, 2]) {
      if (hired === 2) await workers[1].start();
      for (const chosen of [episodes.slice(0, 1), episodes]) {
        const [values, bare] = await inTurns(
          () => reportRate(units, chosen, CLIENTS, SECONDS),
          () => idiom.rate(CLIENTS, SECONDS),
          TIMES,
        );
        figures.push({
          row: 'cluster',
          what: `reports/s: ${hired} worker${hired > 1 ? 's' : ''}, ${chosen.length} episode${chosen.length > 1 ? 's' : ''}, ${CLIENTS} clients`,
          unit: '/s',
          values,
          counterpart: { what: 'a workflow for each unit, one worker', values: bare },
          reach: '–',
        });
        say(tableOf(figures.slice(-1)).split('\n').at(-1)!);
      }
    }
  } finally {
    await idiom.close();
  }
  say(`\n${tableOf(figures)}\n\n${JSON.stringify(machineFacts())}`);
}
