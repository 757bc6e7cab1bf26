/** The machine's clock goes wrong, for worker and API alike (docs/design.md, "The clock"). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundleWorkflowCode } from '@temporalio/worker';
import { loadEditionById } from '../plan/edition/edition.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { policyAt } from '../plan/rules/policy.js';
import type { Engine } from '../platform/temporal/engine.js';
import { chainWorkflowId } from '../workflows/contract.js';
import { ROOT } from './support/child.js';
import { everyUnitActs, everyUnitSumsUp, expectSoundRecord, finish, historyOf, liftDrill } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';
import { workflowBundle } from './support/workflow-bundle.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

let folder: string;
let engine: Engine;
let installation: Installation;
let wrongBy = 0;
const clock = () => Date.now() + wrongBy;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-clock-'));
  await workflowBundle();
  const { code } = await bundleWorkflowCode({ workflowsPath: path.join(ROOT, 'test/support/clock-workflow.js') });
  const bundle = path.join(folder, 'bundle.js');
  writeFileSync(bundle, code);
  engine = await startTestEngine();
  installation = await openInstallation(engine, { clock, bundle });
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a clock that goes back an hour, then two forward, then back again', () => {
  test('time goes on in the record, the chain holds, and nobody is late for it or saved by it', async () => {
    const { cast, client } = installation;
    const [silent, ...others] = cast.units;
    const start = {
      notice: { number: '1号', issuer: '市环委办', issuedAt: beijingIso(clock()) },
      cityLevel: 'yellow',
      primaryPollutant: 'PM2.5',
    };
    const { body } = await cast.office.command('POST', '/episodes', start);
    const episodeId = String(body.episodeId);
    const episode = `/episodes/${episodeId}`;
    const setClock = async (milliseconds: number) => {
      wrongBy = milliseconds;
      await client.workflow.getHandle(chainWorkflowId(episodeId)).signal('setClock', milliseconds);
    };
    const lastAt = async () => (await historyOf(cast.office, episode)).at(-1)!.at;

    await setClock(-HOUR);
    await cast.office.command('POST', `${episode}/evaluations`, { text: '时钟已倒退' });
    const stands = await lastAt();
    await everyUnitActs({ ...cast, units: others }, episode, '时钟倒退时');
    expect(await lastAt()).toBe(stands);

    await setClock(HOUR);
    await everyUnitActs(cast, episode, '时钟拨快后');
    await setClock(0);
    await liftDrill(cast.office, episode);
    const standsAgain = await lastAt();
    expect(Date.parse(standsAgain)).toBeGreaterThan(Date.parse(stands) + HOUR / 2);
    await everyUnitSumsUp(cast, episode);
    await finish(cast.office, episode);

    const entries = await expectSoundRecord(cast, episode);
    const times = entries.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(entries.at(-1)!.at).toBe(standsAgain);
    const missed = entries.filter(({ kind }) => kind === 'acknowledgement.missed');
    expect(missed.map(({ unitId }) => unitId)).toEqual([silent!.username]);
    const { acknowledgementMinutes: minutes } = policyAt(loadEditionById('shuimogou-2025').policy, 'yellow');
    const notified = entries.find(({ kind, unitId }) => kind === 'unit.notified' && unitId === silent!.username)!;
    expect(missed[0]!.data).toMatchObject({ dueAt: beijingIso(Date.parse(notified.at) + minutes * MINUTE) });
    await installation.expectReplays(episode);
  });
});
