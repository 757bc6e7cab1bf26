import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { noteRefusal } from '../../ledger/channel-health.js';
import type { Database } from '../../ledger/database.js';
import { openInMemory } from '../../ledger/testing/in-memory.js';
import { eventually } from '../../lib/testing/eventually.js';
import { createEventStreams, type EventStreams } from './event-streams.js';

const CALLER = {
  account: { accountId: 'a', role: 'office' as const, mustChangePassword: false, hasSecondStep: false },
  isSignedIn: async () => true,
};

let database: Database;
let streams: EventStreams;
beforeEach(async () => {
  database = await openInMemory();
  streams = createEventStreams({
    database,
    clock: Date.now,
    log: pino({ level: 'silent' }),
    limits: { tickEvery: 20 },
  });
});
afterEach(async () => {
  await streams.close();
  await database.close();
});

const read = (sink: PassThrough): string => String(sink.read() ?? '');

test('a reader who does not take what is sent is dropped, and holds up nobody', async () => {
  /** Takes one piece and never comes back for another. */
  const stuck = new Writable({ highWaterMark: 1, write: () => undefined });
  const healthy = new PassThrough();
  (await streams.open(CALLER))(stuck);
  (await streams.open(CALLER))(healthy);
  await eventually(
    'the stuck one is dropped',
    () => stuck.destroyed,
    (isDropped) => isDropped,
  );
  expect(streams.count()).toBe(1);
  read(healthy);
  await noteRefusal(database, { way: 'email', fault: 'server', reason: '', nextTryAt: 0 }, 0);
  let text = '';
  await eventually(
    'the healthy one is told',
    () => (text += read(healthy)),
    (told) => told.includes('event: changed'),
  );
});

test('closing tells every reader to come again, and takes no new one', async () => {
  const sink = new PassThrough();
  (await streams.open(CALLER))(sink);
  await streams.close();
  expect(read(sink)).toContain('event: ended\ndata: {"reason":"restart"}');
  expect(sink.writableEnded).toBe(true);
  await expect(streams.open(CALLER)).rejects.toMatchObject({ type: 'not-ready' });
});
