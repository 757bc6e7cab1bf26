/** Worker, API and engine each stop during a drill and come back: nothing is lost (docs/design.md, "One writer"). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '../lib/testing/eventually.js';
import { readConfig } from '../platform/config.js';
import { type Engine, embedEngine } from '../platform/temporal/engine.js';
import {
  everyUnitActs,
  everyUnitSumsUp,
  expectSameAnswersAgain,
  expectSoundRecord,
  finish,
  liftDrill,
  startDrill,
} from './support/drill.js';
import { FIRST_TIME } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';
import type { AcceptedCommand, Person, PersonRequest } from './support/person.js';
import { enginesIn } from './support/processes.js';

let folder: string;
let engine: Engine;
let installation: Installation;
let lost: unknown;
let episode: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-restart-'));
  engine = await embedEngine({
    env: process.env,
    cacheFolder: readConfig(process.env).cacheFolder,
    folder,
    say: (line) => process.stderr.write(`${line}\n`),
    log: pino({ level: 'silent' }),
    onLost: (error) => {
      lost = error;
    },
  });
  installation = await openInstallation(engine);
  episode = await startDrill(installation.cast.office);
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Something happens to a part while every unit acts, after the first answers. */
const interrupted = async (occasion: string, interruption: () => Promise<void>): Promise<void> => {
  const { cast } = installation;
  const before = cast.journal.length;
  const afterFirstAnswers = async () => {
    await eventually(
      'a first answer',
      () => cast.journal.length,
      (given) => given > before,
      1,
    );
    await interruption();
  };
  await Promise.all([everyUnitActs(cast, episode, occasion), afterFirstAnswers()]);
};

/** A command that is sent by hand, to see each answer to it. */
const reportOf = (unit: Person): PersonRequest => ({
  method: 'POST',
  path: `${episode}/units/${unit.username}/implementation-reports`,
  body: { text: `${unit.username}：停机期间` },
  key: `outage-${unit.username}`,
});

const expectCarriedOut = async (person: Person, request: PersonRequest): Promise<void> => {
  const answer = await person.insist(request);
  expect(answer).toMatchObject({ status: 200, body: { entry: { kind: 'implementation.reported' } } });
  installation.cast.journal.push({ person, request, entry: answer.body.entry as AcceptedCommand['entry'] });
};

/** Number of batches that the gate has sent to the engine. */
const batches = async (): Promise<number> => {
  const metrics = await (await fetch(`${installation.address}/metrics`)).text();
  return Number(/^qingkong_gate_batch_commands_count (\d+)$/m.exec(metrics)?.[1]);
};

// One drill goes through all of it, in order.
describe('parts that restart under a drill', () => {
  test('a worker: commands meanwhile are 503, and carried out once when repeated with the same key', async () => {
    const { cast, startWorker, stopWorker } = installation;
    const unit = cast.units[0]!;
    await interrupted('换人时', async () => {
      await stopWorker();
      expect(await unit.send(reportOf(unit))).toMatchObject({
        status: 503,
        body: { type: '/problems/outcome-unknown' },
      });
      await startWorker();
    });
    await expectCarriedOut(unit, reportOf(unit));
  });

  test('the API: commands under way go on, and the next API carries nothing out again', async () => {
    const { cast, startApi, stopApi, startWorker, stopWorker } = installation;
    const unit = cast.units[1]!;
    await stopWorker();
    const before = await batches();
    const unanswered = unit.send(reportOf(unit));
    await eventually('a batch under way', batches, (sent) => sent > before, 1);
    await stopApi();
    // None, unless the API took longer to stop than it waits for an outcome.
    expect([undefined, 503]).toContain((await unanswered)?.status);
    await startApi();
    await startWorker();
    await expectCarriedOut(unit, reportOf(unit));
    await interrupted('接口重启时', async () => {
      await stopApi();
      await startApi();
    });
  });

  test('the engine, killed: it is started again at the same address and everything goes on', async () => {
    const [before] = enginesIn(folder);
    await interrupted('引擎重启时', async () => {
      process.kill(before!, 'SIGKILL');
    });
    expect(enginesIn(folder)).toHaveLength(1);
    expect(enginesIn(folder)).not.toContain(before);
    expect(lost).toBeUndefined();
  });

  test('and the drill ends as any other', async () => {
    const { cast, expectReplays } = installation;
    await liftDrill(cast.office, episode);
    await everyUnitSumsUp(cast, episode);
    await finish(cast.office, episode);
    const entries = await expectSoundRecord(cast, episode);
    const reported = entries.filter(({ kind }) => kind === 'implementation.reported');
    expect(reported).toHaveLength(3 * 2 * cast.units.length + 2);
    await expectSameAnswersAgain(cast.journal);
    expect(await expectReplays(episode)).toBeGreaterThanOrEqual(1);
  });
});
