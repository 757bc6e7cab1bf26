/** An episode whose run the engine has ended, or lost, goes on from the ledger (docs/design.md, "Growth and change"). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Engine } from '../platform/temporal/engine.js';
import { episodeWorkflowId } from '../workflows/contract.js';
import {
  everyUnitActs,
  expectSameAnswersAgain,
  expectSoundRecord,
  finish,
  liftDrill,
  startDrill,
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

describe('a run that the engine has ended', () => {
  test('a command is carried out by a new run, the chain goes on and holds, and nothing is answered twice', async () => {
    const { cast, client } = installation;
    const episode = await startDrill(cast.office);
    const episodeId = episode.split('/').at(-1)!;
    await everyUnitActs(cast, episode, '中断前');
    await client.workflow
      .getHandle(episodeWorkflowId(episodeId))
      .terminate('as the server does with too large an input');

    const commanded = cast.units[0]!.command(
      'POST',
      `${episode}/units/${cast.units[0]!.username}/implementation-reports`,
      {
        text: '中断期间',
      },
    );
    let told = await readiness();
    while (told.status === 200) told = await readiness();
    expect(told.text).toContain(episodeId);
    expect(await cast.office.get(`${episode}/board`)).toMatchObject({ interrupted: true });

    expect(await commanded).toMatchObject({ status: 200, body: { entry: { kind: 'implementation.reported' } } });
    expect(await readiness()).toMatchObject({ status: 200 });
    expect(await cast.office.get(`${episode}/board`)).not.toHaveProperty('interrupted');
    await everyUnitActs(cast, episode, '恢复后');
    await liftDrill(cast.office, episode);
    await finish(cast.office, episode);
    await expectSoundRecord(cast, episode);
    await expectSameAnswersAgain(cast.journal);
    await installation.expectReplays(episode);
  });
});
