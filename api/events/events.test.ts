import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { noteRecovery, noteRefusal } from '../../ledger/channel-health.js';
import { noteInterruptions } from '../../ledger/interruptions.js';
import { eventually } from '../../lib/testing/eventually.js';
import type { StreamLimits } from '../engine/event-streams.js';
import { ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { type EventReader, readEvents } from '../testing/event-reader.js';

const UNIT = 'education';
const OTHER = 'construction';

let app: TestApp;
let readers: EventReader[];
beforeEach(() => {
  readers = [];
});
afterEach(() => {
  for (const reader of readers) reader.hangUp();
});

const openApp = async (streamLimits: Partial<StreamLimits>) => {
  app = await testApp(undefined, { streamLimits });
};
const quickly = { tickEvery: 20 };

async function listen(username: string, token?: string): Promise<EventReader> {
  const reader = await readEvents(app.url, token ?? (await app.signIn(username)));
  readers.push(reader);
  return reader;
}

/** A drill: many may run. */
async function start(): Promise<{ episodeId: string; path: string }> {
  const { body } = await app.ask('POST', '/api/v1/episodes', {
    as: 'office',
    body: startRequestBody(app.now(), { drill: { timeScale: 1 } }),
  });
  return { episodeId: String(body.episodeId), path: `/api/v1/episodes/${body.episodeId}` };
}

const acknowledge = (path: string, unitId: string) =>
  app.ask('POST', `${path}/units/${unitId}/acknowledgement`, { as: 'office', body: {} });

/** The number of the last entry, as the history has it. */
async function lastSeq(path: string): Promise<number> {
  let cursor = '';
  for (;;) {
    const { body } = await app.ask('GET', `${path}/history?limit=200${cursor}`, { as: 'office' });
    if (body.nextCursor === undefined) return (body.items as Array<{ seq: number }>).at(-1)!.seq;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

/** A session of its own, so that ending it ends no other. */
async function newToken(username: string): Promise<string> {
  const { password } = app.accounts.find((account) => account.username === username)!;
  const { body } = await app.ask('POST', '/api/v1/sessions', { body: { username, password } });
  return String(body.token);
}

describe('a stream of events', () => {
  beforeAll(() => openApp(quickly));
  afterAll(() => app.close());

  test('begins with the last number of every episode that the caller may see', async () => {
    const one = await start();
    const other = await start();
    const seqs = [
      { episodeId: one.episodeId, seq: await lastSeq(one.path) },
      { episodeId: other.episodeId, seq: await lastSeq(other.path) },
    ];
    for (const username of ['office', 'supervisor', UNIT]) {
      const { data } = await (await listen(username)).first('episodes');
      expect(data.episodes).toEqual(expect.arrayContaining(seqs));
    }
    expect((await (await listen('administrator')).first('episodes')).data).toEqual({ episodes: [] });
  });

  test('is neither kept, compressed nor held back on the way, and is no time of answering', async () => {
    const { response } = await listen('office');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(response.headers.has('Content-Encoding')).toBe(false);
    const metrics = async () => String((await app.ask('GET', '/metrics')).body.text);
    expect(await metrics()).toMatch(/qingkong_event_streams [1-9]/);
    readers[0]!.hangUp();
    await eventually('the stream is over', metrics, (text) => text.includes('qingkong_event_streams 0'));
    expect(await metrics()).not.toContain('route="/api/v1/events"');
  });

  test('tells of each append, and many at once in few', async () => {
    const { path, episodeId } = await start();
    const office = await listen('office');
    await office.first('episodes');
    const units = app.edition.units.slice(0, 20);
    for (const { unitId } of units) await acknowledge(path, unitId);
    const seq = await lastSeq(path);
    await office.first('episode', (data) => data.seq === seq);
    const told = office.events.filter(({ event }) => event === 'episode');
    expect(told.every(({ data }) => data.episodeId === episodeId)).toBe(true);
    const numbers = told.map(({ data }) => Number(data.seq));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('tells a unit of itself and of the episode as a whole, and of no other unit; an administrator of no episode', async () => {
    const { path } = await start();
    const [unit, other, administrator] = [await listen(UNIT), await listen(OTHER), await listen('administrator')];
    for (const reader of readers) await reader.first('episodes');

    await acknowledge(path, UNIT);
    const own = await lastSeq(path);
    await unit.first('episode', ({ seq }) => seq === own);
    await app.ask('POST', `${path}/evaluations`, { as: 'office', body: { text: '评估' } });
    const ofAll = await lastSeq(path);
    await unit.first('episode', ({ seq }) => seq === ofAll);
    await other.first('episode', ({ seq }) => seq === ofAll);
    const seqs = (reader: EventReader) =>
      reader.events.filter(({ event }) => event === 'episode').map(({ data }) => data.seq);
    expect(seqs(other)).toEqual([ofAll]);
    expect(seqs(administrator)).toEqual([]);
  });

  test('tells of what people see that is in no entry', async () => {
    const office = await listen('office');
    await office.first('episodes');
    const seen = async (what: string, work: () => Promise<unknown>) => {
      const before = office.events.length;
      await work();
      await office.first('changed', (data) => data.what === what, before);
    };
    const { episodeId } = await start();
    await seen('channels', () =>
      noteRefusal(app.database, { way: 'email', fault: 'server', reason: '421', nextTryAt: 0 }, app.now()),
    );
    await seen('channels', () => noteRecovery(app.database, 'email', app.now()));
    await seen('interruptions', () => noteInterruptions(app.database, [episodeId]));
    await seen('interruptions', () => noteInterruptions(app.database, []));
    const contacts = [{ role: 'lead', name: '张三', email: 'zhang@example.com' }];
    await seen('people', () =>
      app.ask('PUT', `/api/v1/units/${UNIT}/contacts`, { as: 'administrator', body: { contacts } }),
    );
  });

  test('ticks with the time of the server', async () => {
    const office = await listen('office');
    await eventually(
      'three ticks',
      () => office.events.filter(({ event }) => event === 'tick').length,
      (ticks) => ticks >= 3,
    );
    expect((await office.first('tick')).data).toEqual({ at: '2026-01-10T14:00:00.000+08:00' });
  });
});

describe('the stream of a session that ends', () => {
  beforeAll(() => openApp(quickly));
  afterAll(() => app.close());

  // First, while there is no episode whose week would be lived through.
  test('ends after the longest time that a session may last', async () => {
    const reader = await listen('office', await newToken('office'));
    await reader.first('episodes');
    await app.pass(7 * 24 * ONE_HOUR);
    expect((await reader.first('ended')).data).toEqual({ reason: 'signed-out' });
  });

  test('ends with it when somebody signs out', async () => {
    const token = await newToken('office');
    const [leaving, staying] = [await listen('office', token), await listen('office')];
    for (const reader of readers) await reader.first('episodes');
    await app.ask('DELETE', '/api/v1/sessions/current', { headers: { Authorization: `Bearer ${token}` } });
    expect((await leaving.first('ended')).data).toEqual({ reason: 'signed-out' });
    await leaving.ended;
    expect(staying.events.map(({ event }) => event)).not.toContain('ended');
    expect((await listen('office', token)).response.status).toBe(401);
  });

  test('ends when the password is changed elsewhere; the one that changed it goes on', async () => {
    const { password } = app.accounts.find(({ username }) => username === UNIT)!;
    const [here, elsewhere] = [await listen(UNIT), await listen(UNIT, await newToken(UNIT))];
    for (const reader of readers) await reader.first('episodes');
    const changed = await app.ask('PUT', '/api/v1/accounts/me/password', {
      as: UNIT,
      body: { current: password, next: 'Blue-sky-2026' },
    });
    expect(changed.status).toBe(200);
    await elsewhere.ended;
    const { path } = await start();
    await acknowledge(path, UNIT);
    await here.first('episode');
  });

  test('ends when the session has run out, and brings it to life no more', async () => {
    const reader = await listen('office', await newToken('office'));
    await reader.first('episodes');
    const over = new Date(Date.now() - ONE_HOUR);
    const { db } = app.database;
    await db.updateTable('sessions').set({ expires_at: over }).execute();
    await reader.first('ended');
    await reader.ended;
    const rows = await db.selectFrom('sessions').select('expires_at').execute();
    expect(rows.map(({ expires_at }) => expires_at)).toEqual(rows.map(() => over));
  });
});

describe('without waiting for a tick', () => {
  beforeAll(() => openApp({ tickEvery: ONE_HOUR }));
  afterAll(() => app.close());

  test('the stream of a session that is signed out ends', async () => {
    const token = await newToken('office');
    const reader = await listen('office', token);
    await reader.first('episodes');
    await app.ask('DELETE', '/api/v1/sessions/current', { headers: { Authorization: `Bearer ${token}` } });
    expect((await reader.first('ended')).data).toEqual({ reason: 'signed-out' });
  });

  test('the stream of a program ends when its token is revoked', async () => {
    const expiresAt = new Date(app.now() + ONE_HOUR).toISOString();
    const body = { name: '平台', role: 'office', scope: 'read', expiresAt };
    const { body: issued } = await app.ask('POST', '/api/v1/tokens', { as: 'administrator', body });
    const reader = await listen('office', String(issued.token));
    await reader.first('episodes');
    await app.ask('DELETE', `/api/v1/tokens/${issued.tokenId}`, { as: 'administrator' });
    expect((await reader.first('ended')).data).toEqual({ reason: 'signed-out' });
  });
});

describe('streams are bounded', () => {
  afterEach(() => app.close());

  test.each([
    ['of one account', { ofAccount: 2 }, 'office'],
    ['in all', { inAll: 2 }, 'supervisor'],
  ])('%s: one too many is refused in words until another is closed', async (_, limits, third) => {
    await openApp(limits);
    await listen('office');
    await listen('office');
    const { status, headers, body } = await app.ask('GET', '/api/v1/events', { as: third });
    expect({ status, type: body.type, retry: headers.get('Retry-After') }).toEqual({
      status: 429,
      type: '/problems/too-many-streams',
      retry: '60',
    });
    readers[0]!.hangUp();
    await eventually(
      'there is room again',
      async () => (await listen(third)).response.status,
      (answer) => answer === 200,
    );
  });

  test('a probe by HEAD holds none open', async () => {
    await openApp({ ofAccount: 1 });
    for (let i = 0; i < 3; i += 1) {
      const { status } = await app.ask('HEAD', '/api/v1/events', { as: 'office' });
      expect(status).toBe(200);
    }
    expect((await listen('office')).response.status).toBe(200);
  });
});
