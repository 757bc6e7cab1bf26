/** Half a year of one response on the engine: its history goes on in run after run, and none of them grows with the days. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { RULES_VERSION } from '../episode/state.js';
import { atLength } from '../lib/testing/at-length.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import { type Backend, openBackend } from './support/backend.js';
import { liveManyDays } from './support/many-days.js';
import { patientClientOf } from './support/skipped-time.js';
import { describeWithSkippedTime } from './support/time-skipping.js';

const DAYS = atLength(180, 10);
const RUNS = atLength(15, 1);
/** Another run begins from 800 events on (workflows/chain.ts); what is under way is finished in the old one. */
const MOST_EVENTS = 1_000;
/** Of the state that a run hands to the next, as the engine stores it. It takes 2 MiB. */
const MOST_BYTES = 300_000;

await describeWithSkippedTime('half a year', (environment) => {
  let backend: Backend;
  let client: Client;
  beforeEach(async () => {
    const { nativeConnection } = environment();
    client = await patientClientOf(environment());
    const binding = bindingOf(loadEditionById('shuimogou-2025'), RULES_VERSION);
    backend = await openBackend({ connection: nativeConnection, client, namespace: 'default', binding });
  });
  // Verifies the chain, and replays every run with the same decisions.
  afterEach(async () => {
    await backend.close();
    await client.connection.close();
  });

  test(`${DAYS} days of reports from every unit, the level changed every ten: each run ends in time`, async () => {
    const units = await liveManyDays(backend, environment(), 'long', {
      days: DAYS,
      levelAfter: (day) => (day % 10 === 0 ? (day % 20 === 0 ? 'yellow' : 'orange') : undefined),
    });
    const entries = await backend.entries('long');
    const countOf = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
    expect(countOf('report.submitted')).toBe(DAYS * units.length);
    expect(countOf('level.adjusted')).toBe(DAYS / 10);
    expect(countOf('report.missed')).toBe(0);

    const runs = (await backend.histories()).map(({ history }) => history.events ?? []);
    expect(runs.length).toBeGreaterThanOrEqual(RUNS);
    expect(Math.max(...runs.map(({ length }) => length))).toBeLessThanOrEqual(MOST_EVENTS);
    const bytesBegunWith = runs.map(
      ([started]) => started?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0]?.data?.length,
    );
    expect(Math.max(...bytesBegunWith.map(Number))).toBeLessThan(MOST_BYTES);
  });
});
