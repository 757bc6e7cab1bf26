import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { binding } from '../episode/testing/life.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { dataConverter } from '../platform/payload-codec.js';
import type { Engine } from '../platform/temporal/engine.js';
import { type Backend, everythingIsTaken, openBackend } from '../test/support/backend.js';
import { FIRST_TIME, startTestEngine } from '../test/support/engine.js';
import { chainWorkflowId } from '../workflows/contract.js';
import { alive } from './alive.js';

test('the work hears of its cancellation, and its answer still counts', async () => {
  const environment = new MockActivityEnvironment();
  const answer = environment.run(() =>
    alive(async (cancelled) => {
      if (!cancelled.aborted) await once(cancelled, 'abort');
      return 'what was done by then';
    }),
  );
  environment.cancel();
  expect(await answer).toBe('what was done by then');
});

/** The engine itself, which hears only what the SDK lets through. */
let engine: Engine;
let backend: Backend;
let endWork: () => void;

beforeAll(async () => {
  engine = await startTestEngine();
  const { connection, namespace } = engine;
  const ended = new Promise<void>((resolve) => {
    endWork = resolve;
  });
  backend = await openBackend({
    connection,
    namespace,
    client: new Client({ connection, namespace, dataConverter }),
    binding,
    activities: { deliver: (input) => alive(() => ended.then(() => everythingIsTaken(input))) },
  });
}, FIRST_TIME);
afterAll(async () => {
  endWork();
  await backend?.close();
  await engine?.close();
});

/** The SDK would hold heartbeats back for 8 of the 10 seconds after which the batch is sent again. */
const HELD_BACK = 8_000;
const MOST_BEATS = 5;

test('the engine hears of a batch of messages that lasts long before it would be sent again', async () => {
  const episodeId = randomUUID();
  const time = beijingIso(Date.now());
  await backend.start(episodeId, {
    kind: 'start',
    notice: { number: '1号', issuer: '市环委办', issuedAt: time, effectiveAt: time },
    cityLevel: 'yellow',
    level: 'yellow',
    primaryPollutant: 'PM2.5',
    drill: { timeScale: 1 },
  });
  /** Moment of the last heartbeat, by the engine's clock. */
  const lastBeat = async (): Promise<number | undefined> => {
    const { raw } = await backend.client.workflow.getHandle(chainWorkflowId(episodeId)).describe();
    const time = raw.pendingActivities?.[0]?.lastHeartbeatTime;
    return time ? Number(time.seconds) * 1000 + (time.nanos ?? 0) / 1e6 : undefined;
  };
  const beats: number[] = [];
  const isSoonAfterAnother = (beat: number, i: number) => i > 0 && beat - beats[i - 1]! < HELD_BACK;
  while (!beats.some(isSoonAfterAnother) && beats.length < MOST_BEATS) {
    const beat = await lastBeat();
    if (beat !== undefined && beat !== beats.at(-1)) beats.push(beat);
    await pause(100);
  }
  expect(beats.some(isSoonAfterAnother)).toBe(true);
});
