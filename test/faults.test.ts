/**
 * Faults strike a running installation, again and again, while people act in drills. No answered command is lost, nothing
 * happens twice, each step of a chain is taken once, no mail is lost, and the program comes back by itself or after one
 * start (docs/design.md, "One writer", "Deliveries"; §3.1.3). `npm run faults -- --kills 100 --seed 7` goes on for longer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import fc from 'fast-check';
import { firstAccounts } from '../app/demo/program.js';
import type { Entry } from '../episode/entries.js';
import { type PostgresServer, startPostgres } from '../ledger/testing/postgres-server.js';
import { freePort } from '../lib/free-port.js';
import { eventually } from '../lib/testing/eventually.js';
import type { Whom } from '../plan/types.js';
import { dataConverter } from '../platform/payload-codec.js';
import { startDevServer } from '../platform/temporal/dev-server.js';
import { connectEngine } from '../platform/temporal/engine.js';
import { historyFaults } from './support/backend.js';
import { badLine } from './support/bad-line.js';
import {
  adjustDrillTo,
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
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { type FaultyMailServer, startFaultyMailServer } from './support/faulty-mail-server.js';
import { historiesOf } from './support/histories.js';
import { enginesIn } from './support/processes.js';
import { type RunningProgram, startRealProgram } from './support/program.js';
import { workflowBundle } from './support/workflow-bundle.js';

/** How many faults strike, one after the other, in the order of the table below, each at a moment of the run's seed. */
const asked = process.env.QINGKONG_FAULTS;
/** Ends what hangs. A hundred faults take half an hour and more. */
const PATIENCE = 20 * 60_000;
const A_STRIKE = 60_000;

describe.each([
  { database: 'PGlite', strikes: Number(asked ?? 5) },
  { database: 'PostgreSQL', strikes: Number(asked ?? 2) },
])('faults in the middle of drills ($database)', ({ database, strikes }) => {
  let folder: string;
  let temporal: string;
  let environment: Record<string, string>;
  let program: RunningProgram;
  let mail: FaultyMailServer;
  let postgres: PostgresServer | undefined;

  const start = async (): Promise<void> => {
    program = await startRealProgram(folder, environment);
    if ((await program.ready) === undefined) throw new Error(program.complaints());
  };
  const kill = async (pids: number[]): Promise<void> => {
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await program.ended;
    await start();
  };
  const engine = (): number => {
    const [pid, ...others] = enginesIn(folder);
    expect(others).toEqual([]);
    return pid!;
  };
  const mailFault = (fault: FaultyMailServer['fault']) => async () => {
    mail.fault = fault;
  };

  const FAULTS: Record<string, () => Promise<void>> = {
    ...(database === 'PostgreSQL' && {
      'the database is away': () => postgres!.away(() => pause(3_000)),
    }),
    'the program is killed': () => kill([program.process.pid!]),
    'the power is cut': () => kill([program.process.pid!, engine()]),
    'the mail server refuses connections': mailFault('refuses'),
    'the engine is killed': async () => {
      // The program starts it again by itself.
      process.kill(engine(), 'SIGKILL');
    },
    'the mail server cuts off what it is sent': mailFault('cuts'),
    'the mail server refuses after ten': mailFault('is full'),
    'the mail server says nothing': mailFault('hangs'),
  };
  const kinds = Object.keys(FAULTS);
  /** After this part of the answers of a phase, and so many milliseconds later: any part of a turn may be hit. */
  const moments = fc.sample(fc.record({ percent: fc.nat(99), milliseconds: fc.nat(49) }), strikes);
  let struck = 0;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'qingkong-faults-'));
    temporal = await temporalProgram();
    mail = await startFaultyMailServer();
    if (database === 'PostgreSQL') postgres = await startPostgres();
    environment = {
      PORT: String(await freePort()),
      SMTP_URL: mail.url,
      ...(postgres && { DATABASE_URL: (await postgres.newDatabase()).url }),
    };
    await start();
  }, FIRST_TIME);
  afterAll(async () => {
    program?.process.kill('SIGKILL');
    await program?.ended;
    await mail?.close();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The next fault strikes during `work`, of so many answers. A mail server is well again after it. */
  const struckBy = async <T>({ journal }: Cast, answers: number, work: () => Promise<T>): Promise<T> => {
    const moment = moments[struck];
    if (!moment) return work();
    const kind = kinds[struck % kinds.length]!;
    struck += 1;
    // A long run takes an hour, and somebody waits for it.
    if (asked) process.stderr.write(`${database}: ${struck} of ${strikes}, ${kind}\n`);
    const enough = journal.length + Math.floor((answers * moment.percent) / 100);
    const fault = async () => {
      await eventually(
        `${enough} answers`,
        () => journal.length,
        (given) => given >= enough,
        1,
      );
      await pause(moment.milliseconds);
      await FAULTS[kind]!();
    };
    const [done] = await Promise.all([work(), fault()]);
    mail.fault = undefined;
    return done;
  };

  const signIn = async () =>
    signInAll(`http://127.0.0.1:${environment.PORT}`, await firstAccounts(folder), badLine(fc.sample(fc.nat(), 1)[0]!));

  test(
    'every answered command is once in the ledger, every deadline has one outcome, the chain holds, no mail is lost',
    async () => {
      const watch = await signIn();
      const silent = await startDrill(watch.office, { timeScale: 3600 });
      const episodes = [silent];
      do {
        const cast = await signIn();
        const { office, units, journal } = cast;
        const round = 4 * units.length;
        const episode = await struckBy(cast, 1, () => startDrill(office));
        episodes.push(episode);
        await struckBy(cast, round, () => everyUnitActs(cast, episode, '启动后'));
        await struckBy(cast, round, async () => {
          await Promise.all([everyUnitActs(cast, episode, '调整时'), adjustDrillTo(office, episode, 'orange')]);
        });
        await struckBy(cast, round, () => everyUnitActs(cast, episode, '调整后'));
        expect((await liftDrill(office, episode)).status).toBe(200);
        await struckBy(cast, units.length, () => everyUnitSumsUp(cast, episode));
        await finish(office, episode);

        const entries = await expectSoundRecord(cast, episode);
        const count = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
        expect(count('implementation.reported')).toBe(3 * 2 * units.length);
        expect(count('summary.submitted')).toBe(units.length);
        expect(entries.at(-1)!.kind).toBe('episode.closed');
        await expectSameAnswersAgain(journal);
        expectMailTaken(entries, episode);
      } while (struck < strikes);

      // Nobody answered anything in the other drill: its recipients were told, and once.
      await liftDrill(watch.office, silent);
      await finish(watch.office, silent);
      const entries = await expectSoundRecord(watch, silent);
      const calls = peopleCalled(entries);
      for (const { username } of watch.units) {
        // §7: nobody above the office hears of the supervisor's own unit.
        const above = username === 'discipline-inspection' ? [] : ['committee'];
        expect(calls.get(username)).toEqual(new Set(['duty', 'lead', 'office', ...above]));
      }
      expectMailTaken(entries, silent);

      program.process.kill('SIGTERM');
      expect(await program.ended).toBe(0);
      expect(await replayed(temporal, folder, episodes)).toEqual([]);
    },
    PATIENCE + strikes * A_STRIKE,
  );

  /** What the record says was sent, the server has; what the server has twice, the record says was perhaps sent twice. */
  const expectMailTaken = (entries: readonly Entry[], episode: string): void => {
    const episodeId = episode.split('/').at(-1)!;
    const sent = entries.flatMap(({ kind, data }) =>
      kind === 'notification.sent' && data.channel === 'email' && data.sameAs === undefined ? [data] : [],
    );
    const times = sent.map(({ message, contact, perhapsTwice }) => ({
      message,
      contact,
      taken: mail.timesTaken(`${episodeId}/${message}/${contact}/email`),
      perhapsTwice,
    }));
    expect(times.filter(({ taken }) => taken === 0)).toEqual([]);
    expect(times.filter(({ taken, perhapsTwice }) => taken > 1 && !perhapsTwice)).toEqual([]);
  };
});

/** By unit, of its acknowledgement (§3.1.3). */
function peopleCalled(entries: readonly Entry[]): Map<string, Set<Whom>> {
  const told = new Map<string, Set<Whom>>();
  for (const { kind, unitId, data } of entries) {
    if (kind !== 'deadline.escalated' || !('deadlines' in data)) continue;
    if (!data.deadlines.some(({ deadline }) => deadline === 'acknowledgement')) continue;
    told.set(unitId!, (told.get(unitId!) ?? new Set()).add(data.to));
  }
  return told;
}

/** The engine as the program left it, without a worker. */
async function replayed(temporal: string, folder: string, episodes: readonly string[]): Promise<string[]> {
  const server = await startDevServer({ program: temporal, folder, persistent: true, ui: false });
  const { connection, namespace, close } = await connectEngine({ connectionOptions: { address: server.address } });
  try {
    const client = new Client({ connection, namespace, dataConverter });
    const ids = episodes.map((episode) => episode.split('/').at(-1)!);
    const histories = (await Promise.all(ids.map((id) => historiesOf(client, id)))).flat();
    expect(histories.length).toBeGreaterThanOrEqual(episodes.length);
    return await historyFaults(await workflowBundle(), histories);
  } finally {
    await close();
    await server.stop();
  }
}
