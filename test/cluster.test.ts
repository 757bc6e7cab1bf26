/**
 * Two workers and two APIs on a Temporal cluster on PostgreSQL. Each part in turn is lost and comes back while every unit
 * acts in a drill: no command is lost and none is carried out twice (docs/operations.md, "Several machines").
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { firstAccounts } from '../app/demo/program.js';
import { eventually } from '../lib/testing/eventually.js';
import { dataConverter } from '../platform/payload-codec.js';
import { connectEngine } from '../platform/temporal/engine.js';
import { historyFaults } from './support/backend.js';
import { ANY_API, type Machine, type Machines, openMachines } from './support/cluster/machines.js';
import { serverPrograms } from './support/cluster/server-programs.js';
import {
  type Cast,
  everyUnitActs,
  everyUnitSumsUp,
  expectSameAnswersAgain,
  expectSoundRecord,
  finish,
  liftDrill,
  signInAll,
  startDrill,
} from './support/drill.js';
import { FIRST_TIME } from './support/engine.js';
import { historiesOf } from './support/histories.js';
import { leaveOut } from './support/left-out.js';
import { workflowBundle } from './support/workflow-bundle.js';

const NAME = 'a Temporal cluster on PostgreSQL with two workers and two APIs';

const suite = () => {
  let machines: Machines;
  let cast: Cast;
  let episode: string;

  beforeAll(async () => {
    machines = await openMachines();
    await machines.workers[1].start();
    cast = await signInAll(ANY_API, await firstAccounts(machines.folder), machines.line);
    episode = await startDrill(cast.office);
  }, FIRST_TIME);
  afterAll(async () => {
    await machines?.close();
  });

  /** The part is lost after a third of the answers, while the other two thirds are under way. */
  const duringWork = async (occasion: string, loss: () => Promise<unknown>): Promise<void> => {
    const before = cast.journal.length;
    const afterSome = async () => {
      await eventually(
        'some answers',
        () => cast.journal.length - before,
        (given) => given >= cast.units.length,
        1,
      );
      await loss();
    };
    await Promise.all([everyUnitActs(cast, episode, occasion), afterSome()]);
    const gone = [...machines.apis, ...machines.workers].filter((machine) => machine.isGone());
    expect(gone.map(({ address }) => address)).toEqual([]);
  };

  const replaced = async (machine: Machine): Promise<void> => {
    expect(await machine.stop()).toBe(0);
    await machine.start();
  };

  const LOSSES: Array<[string, () => Promise<unknown>]> = [
    ['a worker that is busy is killed', () => machines.workers[0].kill()],
    [
      'the other worker is killed once the first is back',
      async () => {
        await machines.workers[0].start();
        await machines.workers[1].kill();
        await machines.workers[1].start();
      },
    ],
    [
      'an API is killed',
      async () => {
        await machines.apis[0].kill();
        await pause(1_000);
        await machines.apis[0].start();
      },
    ],
    ['the application’s PostgreSQL restarts', () => machines.database.away(() => pause(2_000))],
    ['Temporal’s PostgreSQL restarts', () => machines.temporal.postgres.away(() => pause(2_000))],
    ['the Temporal server is killed', () => machines.temporal.killAndStart()],
    [
      'all workers and APIs are replaced, one after the other',
      async () => {
        for (const machine of [...machines.workers, ...machines.apis]) await replaced(machine);
      },
    ],
  ];

  // One drill goes through all of it, in order.
  test.each(LOSSES)('%s', (occasion, loss) => duringWork(occasion, loss));

  test('and every command is in the record once, as it was answered', async () => {
    await liftDrill(cast.office, episode);
    await everyUnitSumsUp(cast, episode);
    await finish(cast.office, episode);
    const entries = await expectSoundRecord(cast, episode);
    const reported = entries.filter(({ kind }) => kind === 'implementation.reported');
    expect(reported).toHaveLength(LOSSES.length * 2 * cast.units.length);
    await expectSameAnswersAgain(cast.journal);

    const engine = await connectEngine({ connectionOptions: { address: machines.temporal.address } });
    const client = new Client({ connection: engine.connection, namespace: engine.namespace, dataConverter });
    const histories = await historiesOf(client, episode.split('/').at(-1)!);
    expect(await historyFaults(await workflowBundle(), histories)).toEqual([]);
    await engine.close();
  });
};

const reason = await serverPrograms().then(
  () => undefined,
  (error: unknown) => error,
);
if (reason === undefined) describe(NAME, suite);
else leaveOut(NAME, reason, suite);
