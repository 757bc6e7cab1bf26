/** A thousand units on the embedded engine: start, tasks, an added task, a suspension and lifting, in turns that fit. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import type { CommandBody } from '../episode/commands.js';
import type { EpisodeState } from '../episode/state-types.js';
import { ENGINE_TAKES, THOUSAND_IDS, THOUSAND_UNITS } from '../episode/testing/thousand-units.js';
import { eventually } from '../lib/testing/eventually.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { dataConverter } from '../platform/payload-codec.js';
import type { Engine } from '../platform/temporal/engine.js';
import { type Backend, openBackend } from './support/backend.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';

const { items } = THOUSAND_UNITS;

let engine: Engine;
let backend: Backend;
beforeAll(async () => {
  engine = await startTestEngine();
  const { connection, namespace } = engine;
  const client = new Client({ connection, namespace, dataConverter });
  backend = await openBackend({ connection, namespace, client, binding: THOUSAND_UNITS });
}, FIRST_TIME);
afterAll(async () => {
  await backend?.close();
  await engine?.close();
});

const once = (wish: (state: EpisodeState) => boolean) =>
  eventually('the episode as wished', () => backend.state('large'), wish, 200);
const all = (state: EpisodeState, isTrue: (unit: EpisodeState['units'][string]) => boolean) =>
  Object.values(state.units).every(isTrue);

describe('a thousand units', () => {
  test('get their tasks, a further one, rest and go on, and are no longer owed anything once the response has ended', async () => {
    const time = beijingIso(Date.now());
    const notice = (number: string) => ({ number, issuer: '市环委办', issuedAt: time, effectiveAt: time });
    const start: CommandBody = {
      kind: 'start',
      notice: notice('1号'),
      cityLevel: 'yellow',
      level: 'yellow',
      primaryPollutant: 'PM2.5',
    };
    expect(await backend.start('large', start)).toMatchObject({ status: 'accepted' });
    await once((state) => all(state, ({ tasks }) => Object.keys(tasks).length === items.length));

    const addTask: CommandBody = {
      kind: 'addTask',
      unitIds: THOUSAND_IDS,
      text: '晴'.repeat(10_000),
      dueAt: beijingIso(Date.now() + 86_400_000),
    };
    const added = await Promise.all([backend.submit('large', [addTask, addTask]), backend.submit('large', [addTask])]);
    expect(added.flat().map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);

    const suspend: CommandBody = { kind: 'suspend', items: 'all', reason: '节日保障' };
    expect(await backend.submit('large', [suspend])).toMatchObject([{ status: 'accepted' }]);
    await once((state) =>
      all(state, ({ taskDeadlines }) => taskDeadlines.every(({ status }) => status === 'suspended')),
    );
    await backend.submit('large', [{ kind: 'resume', suspensionId: 's1' }]);
    await once((state) => all(state, ({ suspensions }) => suspensions?.s1 === 'resumed'));
    await once((state) => all(state, ({ taskDeadlines }) => taskDeadlines.every(({ status }) => status === 'pending')));

    expect(await backend.submit('large', [{ kind: 'lift', notice: notice('2号') }])).toMatchObject([
      { status: 'accepted' },
    ]);
    await once(
      ({ phase, units }) =>
        phase === 'reporting' &&
        Object.values(units).every(({ acknowledgements, implementation, taskDeadlines }) =>
          [...acknowledgements, ...implementation, ...taskDeadlines].every(({ status }) => status !== 'pending'),
        ),
    );
    await once(({ messages }) => Object.keys(messages).length === 0);
    for (const input of backend.appends) {
      expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThan(ENGINE_TAKES);
    }
  });
});
