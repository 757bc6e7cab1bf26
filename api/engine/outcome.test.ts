import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Command } from '../../episode/commands.js';
import { noteInterruptions } from '../../ledger/interruptions.js';
import { type Answered, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import type { TestEngine } from '../testing/engine.js';
import type { EpisodeEngine } from './engine.js';

type Cut = 'before' | 'after';

/** Numbers of notices for which the line is cut, before or after the engine takes them. */
const cuts = new Map<string, Cut>();
let health: 'working' | 'idle' | 'unreachable' = 'working';

const cutFor = ({ body }: Command): Cut | undefined =>
  'notice' in body ? cuts.get(body.notice.number ?? '') : undefined;

function behindLine(engine: TestEngine): EpisodeEngine {
  return {
    async start(state, updateId, command) {
      if (cutFor(command) === 'before') throw new Error('the line is cut');
      const answer = await engine.start(state, updateId, command);
      if (cutFor(command) === 'after') throw new Error('the line is cut');
      return answer;
    },
    submit: (...asked) => engine.submit(...asked),
    has: (episodeId) => engine.has(episodeId),
    async isWorking() {
      if (health === 'unreachable') throw new Error('no engine');
      return health === 'working';
    },
  };
}

let app: TestApp;
beforeAll(async () => {
  app = await testApp(behindLine);
});
afterAll(() => app.close());

const EPISODES = '/api/v1/episodes';
const start = (body: object, key: string) =>
  app.ask('POST', EPISODES, { as: 'office', body, headers: { 'Idempotency-Key': key } });
const numberOf = (body: Record<string, unknown>): string => (body.notice as { number: string }).number;

describe('an outcome that is not known within ten seconds is 503, and repeating with the same key tells', () => {
  const drill = { timeScale: 1 };
  const bodies = {
    before: startRequestBody(Date.parse('2026-01-10T14:00:00+08:00'), { drill }),
    after: startRequestBody(Date.parse('2026-01-10T14:00:00+08:00'), { drill }),
    refused: startRequestBody(Date.parse('2026-01-10T14:00:00+08:00'), { primaryPollutant: 'O3' }),
  };
  const unknown: Record<string, Answered> = {};
  let meanwhile: Answered | undefined;

  beforeAll(async () => {
    cuts.set(numberOf(bodies.before), 'before').set(numberOf(bodies.after), 'after');
    cuts.set(numberOf(bodies.refused), 'before');
    const asked = Object.entries(bodies).map(async ([key, body]) => {
      unknown[key] = await start(body, key);
    });
    await Promise.all(asked);
    meanwhile = await start(startRequestBody(app.now()), 'refused');
    cuts.clear();
  });

  test.each(['before', 'after'] as const)('the line cut %s the engine took it: carried out once', async (where) => {
    expect(unknown[where]).toMatchObject({ status: 503, body: { type: '/problems/outcome-unknown' } });
    expect(Number(unknown[where]?.headers.get('Retry-After'))).toBeGreaterThan(0);
    const known = await start(bodies[where], where);
    const repeated = await start(bodies[where], where);
    expect([200, 201]).toContain(known.status);
    expect(repeated).toMatchObject({
      status: 200,
      body: { episodeId: known.body.episodeId, entry: known.body.entry },
    });
    const listed = await app.ask('GET', EPISODES, { as: 'office' });
    const numbers = (listed.body.items as Array<{ notice: { number: string } }>).map(({ notice }) => notice.number);
    expect(numbers.filter((number) => number === numberOf(bodies[where]))).toHaveLength(1);
  });

  test('meanwhile its key is not free for another notice', async () => {
    expect(meanwhile).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
  });

  test('a notice whose refusal comes after the 503 gives its number back', async () => {
    expect(unknown.refused?.status).toBe(503);
    expect(await start(bodies.refused, 'refused again')).toMatchObject({
      status: 422,
      body: { type: '/problems/pollutant-not-covered' },
    });
    expect((await start({ ...bodies.refused, primaryPollutant: 'PM2.5' }, 'corrected')).status).toBe(201);
  });
});

test('the number of a command that never arrived is free after a minute, not before', async () => {
  const own = await testApp((engine) => ({
    ...behindLine(engine),
    start: async (state, updateId, command) => {
      if (!('extent' in command.body)) throw new Error('the line is cut');
      return engine.start(state, updateId, command);
    },
  }));
  const enter = (body: object, key: string) =>
    own.ask('POST', EPISODES, { as: 'office', body, headers: { 'Idempotency-Key': key } });
  const wrong = startRequestBody(own.now());
  const right = { ...wrong, extent: '全区' };
  expect((await enter(wrong, 'wrong')).status).toBe(503);
  expect(await enter(right, 'right')).toMatchObject({ status: 503, body: { type: '/problems/outcome-unknown' } });
  own.restart();
  await own.pass(60_000);
  expect(await enter(right, 'right')).toMatchObject({ status: 201, body: { notice: { number: numberOf(right) } } });
  expect(await enter(wrong, 'again')).toMatchObject({ status: 409, body: { type: '/problems/notice-conflict' } });
  await own.close();
});

describe('monitoring', () => {
  test('the process is alive in any case, and ready when the database answers and a worker polls', async () => {
    expect((await app.ask('GET', '/readyz')).status).toBe(200);
    for (health of ['idle', 'unreachable'] as const) {
      expect(await app.ask('GET', '/readyz')).toMatchObject({ status: 503, body: { type: '/problems/not-ready' } });
      expect((await app.ask('GET', '/healthz')).status).toBe(200);
    }
  });

  test('not ready while the database takes no writes', async () => {
    health = 'working';
    await sql`set default_transaction_read_only = on`.execute(app.database.db);
    expect(await app.ask('GET', '/readyz')).toMatchObject({ status: 503, body: { type: '/problems/not-ready' } });
    await sql`set default_transaction_read_only = off`.execute(app.database.db);
    expect((await app.ask('GET', '/readyz')).status).toBe(200);
  });

  test('a real episode without a run is named by /readyz and its board, a drill by its board alone', async () => {
    const own = await testApp();
    const [real, rehearsed] = await Promise.all(
      [{}, { drill: { timeScale: 1 } }].map(async (changes) => {
        const body = startRequestBody(own.now(), changes);
        return String((await own.ask('POST', EPISODES, { as: 'office', body })).body.episodeId);
      }),
    );
    const board = async (id = '') => (await own.ask('GET', `${EPISODES}/${id}/board`, { as: 'office' })).body;
    await noteInterruptions(own.database, [real!, rehearsed!]);
    const { status, body } = await own.ask('GET', '/readyz');
    expect(status).toBe(503);
    expect(body).toMatchObject({ type: '/problems/episode-interrupted', detail: expect.stringContaining(real!) });
    expect(body.detail).not.toContain(rehearsed);
    for (const id of [real, rehearsed]) expect(await board(id)).toMatchObject({ interrupted: true });

    await noteInterruptions(own.database, [rehearsed!]);
    expect((await own.ask('GET', '/readyz')).status).toBe(200);
    expect(await board(real)).not.toHaveProperty('interrupted');
    expect(await board(rehearsed)).toMatchObject({ interrupted: true });
    await noteInterruptions(own.database, []);
    expect(await board(rehearsed)).not.toHaveProperty('interrupted');
    await own.close();
  });

  test('figures by route, without ids', async () => {
    await app.ask('GET', '/api/v1/episodes/some-id', { as: 'office' });
    const { status, body } = await app.ask('GET', '/metrics');
    expect(status).toBe(200);
    expect(body.text).toMatch(
      /qingkong_http_request_seconds_count{method="GET",route="\/api\/v1\/episodes\/:episodeId"/,
    );
    expect(body.text).toContain('qingkong_gate_batch_commands');
    expect(body.text).not.toContain('some-id');
  });
});
