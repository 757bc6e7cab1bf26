/** Two API processes on one PostgreSQL: what one stores, the streams of the other tell. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../ledger/database.js';
import { newDatabaseOnServer } from '../../ledger/testing/databases.js';
import { databaseSource, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { type EventReader, readEvents } from '../testing/event-reader.js';

let one: TestApp;
let other: TestApp;
let reader: EventReader;
beforeAll(async () => {
  const server = await newDatabaseOnServer();
  databaseSource.open = () => openDatabase(server);
  one = await testApp();
  other = await testApp();
});
afterAll(async () => {
  reader?.hangUp();
  await one.close();
  await other.close();
});

const cutLines = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'qingkong-changes'`.execute(
    one.database.db,
  );

test('an append in one process is told by the other, also after the line to the database was cut', async () => {
  reader = await readEvents(other.url, await one.signIn('office'));
  await reader.first('episodes');
  const { body } = await one.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(one.now()) });
  const { episodeId } = body;
  await reader.first('episode', (data) => data.episodeId === episodeId);

  const before = reader.events.length;
  await cutLines();
  // Told again, because something may have been missed meanwhile.
  const { data } = await reader.first('episodes', undefined, before);
  expect(data.episodes).toEqual([{ episodeId, seq: expect.any(Number) }]);
  const since = reader.events.length;
  await one.ask('POST', `/api/v1/episodes/${episodeId}/evaluations`, { as: 'office', body: { text: '评估' } });
  await reader.first('episode', (told) => told.episodeId === episodeId, since);
});
