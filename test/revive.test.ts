/** An episode whose run the engine has ended or lost goes on from the ledger (docs/design.md, "One writer"). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../lib/testing/eventually.js';
import type { Engine } from '../platform/temporal/engine.js';
import { chainWorkflowId } from '../workflows/contract.js';
import {
  everyUnitActs,
  expectSameAnswersAgain,
  expectSoundRecord,
  finish,
  liftDrill,
  startDrill,
  startReal,
} from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';

let engine: Engine;
let installation: Installation;

beforeAll(async () => {
  engine = await startTestEngine();
  installation = await openInstallation(engine);
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await engine?.close();
});

const readiness = async () => {
  const response = await fetch(`${installation.address}/readyz`);
  return { status: response.status, text: await response.text() };
};
const isInterrupted = async (episode: string) =>
  (await installation.cast.office.get<{ interrupted?: true }>(`${episode}/board`)).interrupted === true;
const untilInterrupted = (episode: string, expected: boolean) =>
  eventually(
    `the board ${expected ? 'says' : 'no longer says'} interrupted`,
    () => isInterrupted(episode),
    (interrupted) => interrupted === expected,
  );
const idOf = (episode: string) => episode.split('/').at(-1)!;
const endRun = (episode: string) =>
  installation.client.workflow
    .getHandle(chainWorkflowId(idOf(episode)))
    .terminate('as the server does with too large an input');

describe('a run that the engine has ended', () => {
  test('is replaced by a new run that carries out the command; the chain goes on and holds', async () => {
    const { cast } = installation;
    const episode = await startDrill(cast.office);
    await everyUnitActs(cast, episode, '中断前');
    await endRun(episode);
    const [unit] = cast.units;
    const commanded = unit!.command('POST', `${episode}/units/${unit!.username}/implementation-reports`, {
      text: '中断期间',
    });
    await untilInterrupted(episode, true);
    expect(await commanded).toMatchObject({ status: 200, body: { entry: { kind: 'implementation.reported' } } });
    await untilInterrupted(episode, false);
    await everyUnitActs(cast, episode, '恢复后');
    await liftDrill(cast.office, episode);
    await finish(cast.office, episode);
    await expectSoundRecord(cast, episode);
    await expectSameAnswersAgain(cast.journal);
    await installation.expectReplays(episode);
  });

  test('shows in /readyz and on the board of a real episode without any command, until a new run is there', async () => {
    const episode = await startReal(installation.cast.office);
    expect(await readiness()).toMatchObject({ status: 200 });
    await endRun(episode);
    const told = await eventually('not ready', readiness, ({ status }) => status !== 200);
    expect(told).toMatchObject({ status: 503, text: expect.stringContaining(idOf(episode)) });
    expect(await isInterrupted(episode)).toBe(true);
    await eventually('ready again', readiness, ({ status }) => status === 200);
    expect(await isInterrupted(episode)).toBe(false);
    await everyUnitActs(installation.cast, episode, '恢复后');
    await installation.expectReplays(episode);
  });
});
