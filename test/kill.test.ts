/**
 * The whole program is killed in the middle of a drill, again and again, and started on the same folder. No answered
 * command is lost, nothing happens twice, and each step of a chain is taken once (docs/design.md, "One writer";
 * §3.1.3).
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
import { freePort } from '../lib/free-port.js';
import { eventually } from '../lib/testing/eventually.js';
import type { Whom } from '../plan/types.js';
import { dataConverter } from '../platform/payload-codec.js';
import { startDevServer } from '../platform/temporal/dev-server.js';
import { connectEngine } from '../platform/temporal/engine.js';
import { historyFaults } from './support/backend.js';
import {
  adjustDrillTo,
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
import { historiesOf } from './support/histories.js';
import { enginesIn } from './support/processes.js';
import { type RunningProgram, startRealProgram } from './support/program.js';
import { workflowBundle } from './support/workflow-bundle.js';

let folder: string;
let temporal: string;
let port: number;
let program: RunningProgram;

const start = async (): Promise<void> => {
  program = await startRealProgram(folder, { PORT: String(port) });
  if ((await program.ready) === undefined) throw new Error(program.complaints());
};

const kill = async (): Promise<void> => {
  program.process.kill('SIGKILL');
  await program.ended;
};

/** A power cut: the engine has no time to end either. */
const killAll = async (): Promise<void> => {
  const engines = enginesIn(folder);
  expect(engines).toHaveLength(1);
  for (const pid of [program.process.pid!, ...engines]) process.kill(pid, 'SIGKILL');
  await program.ended;
};

/** Moments to be killed at: after this part of the answers, and so many milliseconds later. */
const moments = fc.sample(fc.record({ percent: fc.nat(99), pause: fc.nat(49) }), 4);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-kill-'));
  port = await freePort();
  temporal = await temporalProgram();
  await start();
}, FIRST_TIME);
afterAll(async () => {
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

describe('SIGKILL in the middle of a drill', () => {
  test('every answered command once in the ledger, every deadline one outcome, the chain valid, all histories replay', async () => {
    const cast = await signInAll(`http://127.0.0.1:${port}`, await firstAccounts(folder));
    const { office, units, journal } = cast;
    const watch = await signInAll(`http://127.0.0.1:${port}`, await firstAccounts(folder));
    const silent = await startDrill(watch.office, { timeScale: 3600 });

    /** Kills during `work`: after some of its answers and a moment more, so that any part of a turn may be hit. */
    const interrupted = async <T>(work: Promise<T>, answers: number, how: () => Promise<void>): Promise<T> => {
      const moment = moments.shift()!;
      const enough = journal.length + Math.floor((answers * moment.percent) / 100);
      const interruption = async () => {
        await eventually(
          `${enough} answers`,
          () => journal.length,
          (given) => given >= enough,
          1,
        );
        await pause(moment.pause);
        await how();
        await start();
      };
      const [done] = await Promise.all([work, interruption()]);
      return done;
    };

    const episode = await interrupted(startDrill(office), 1, kill);
    const round = 4 * units.length;
    await interrupted(everyUnitActs(cast, episode, '启动后'), round, killAll);
    await interrupted(
      Promise.all([everyUnitActs(cast, episode, '调整时'), adjustDrillTo(office, episode, 'orange')]),
      round,
      kill,
    );
    await everyUnitActs(cast, episode, '调整后');
    expect((await liftDrill(office, episode)).status).toBe(200);
    await interrupted(everyUnitSumsUp(cast, episode), units.length, killAll);
    await finish(office, episode);

    const entries = await expectSoundRecord(cast, episode);
    const count = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
    expect(count('implementation.reported')).toBe(3 * 2 * units.length);
    expect(count('summary.submitted')).toBe(units.length);
    expect(entries.at(-1)!.kind).toBe('episode.closed');
    await expectSameAnswersAgain(journal);

    // Nobody answered anything in the other drill: its recipients were told, and once.
    await liftDrill(watch.office, silent);
    await finish(watch.office, silent);
    const calls = peopleCalled(await expectSoundRecord(watch, silent));
    for (const { username } of units) {
      // §7: nobody above the office hears of the supervisor's own unit.
      const above = username === 'discipline-inspection' ? [] : ['committee'];
      expect(calls.get(username)).toEqual(new Set(['duty', 'lead', 'office', ...above]));
    }

    program.process.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(await replayed(episode, silent)).toEqual([]);
  });
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
async function replayed(...episodes: string[]): Promise<string[]> {
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
