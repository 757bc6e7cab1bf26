import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import { databaseSource, drill, startRequestBody, type TestApp, testApp } from '../testing/app.js';

let statements = 0;
const counting: KyselyPlugin = {
  transformQuery({ node }) {
    statements += 1;
    return node;
  },
  transformResult: async ({ result }) => result,
};

let app: TestApp;
beforeAll(async () => {
  const { open } = databaseSource;
  databaseSource.open = async () => {
    const database = await open();
    return { ...database, db: database.db.withPlugin(counting) };
  };
  app = await testApp();
  databaseSource.open = open;
});
afterAll(() => app.close());

test('a key that the server made is not looked up, and is known from then on', async () => {
  const drilled = startRequestBody(app.now(), { drill });
  const { episodeId } = (await app.ask('POST', '/api/v1/episodes', { as: 'office', body: drilled })).body;
  const report = (text: string, headers = {}) =>
    app.ask('POST', `/api/v1/episodes/${episodeId}/units/education/implementation-reports`, {
      as: 'education',
      body: { text },
      headers,
    });
  const counted = async (text: string, headers = {}) => {
    statements = 0;
    const answered = await report(text, headers);
    expect(answered.status).toBe(200);
    return { answered, asked: statements };
  };
  await report('已落实');
  const ofCaller = await counted('仍在落实', { 'Idempotency-Key': 'its own' });
  const ofServer = await counted('继续落实');
  expect(ofServer.asked).toBe(ofCaller.asked - 1);

  const key = ofServer.answered.headers.get('Idempotency-Key') ?? '';
  const { answered } = await counted('继续落实', { 'Idempotency-Key': key });
  expect(answered.body.entry).toEqual(ofServer.answered.body.entry);
});
