/** Sixty clients at once on one episode: gate, turns and continue-as-new under load (docs/design.md, "One writer"). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Engine } from '../platform/temporal/engine.js';
import { expectSoundRecord, startDrill } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';

const CLIENTS = 60;
const REPORTS_EACH = 30;

let engine: Engine;
let installation: Installation;

beforeAll(async () => {
  // Early enough that a minute of load outgrows several runs.
  engine = await startTestEngine({ 'limit.historyCount.suggestContinueAsNew': 150 });
  installation = await openInstallation(engine);
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await engine?.close();
});

describe('sixty clients at once on one episode', () => {
  test('every report accepted and once in the ledger, continued as new on the way, all histories replay', async () => {
    const { cast, expectReplays } = installation;
    const { office, units } = cast;
    const episode = await startDrill(office, { timeScale: 1 });

    const before = Date.now();
    const texts = await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        const unit = units[client % units.length]!;
        const sent: string[] = [];
        for (let n = 0; n < REPORTS_EACH; n += 1) {
          const text = randomUUID();
          const path = `${episode}/units/${unit.username}/implementation-reports`;
          expect((await unit.command('POST', path, { text })).status).toBe(200);
          sent.push(text);
        }
        return sent;
      }),
    );
    const seconds = (Date.now() - before) / 1000;
    process.stdout.write(`load: ${Math.round((CLIENTS * REPORTS_EACH) / seconds)} reports/s\n`);

    const entries = await expectSoundRecord(cast, episode);
    const reported = entries.flatMap((entry) => (entry.kind === 'implementation.reported' ? [entry.data.text] : []));
    expect(reported.sort()).toEqual(texts.flat().sort());
    expect(await expectReplays(episode)).toBeGreaterThanOrEqual(3);
  });
});
