import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { appInEpisode, drill, startRequestBody, type TestApp } from '../testing/app.js';

let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
  await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now(), { drill }) });
});
afterAll(() => app.close());

const note = { from: '王值班', conditions: '33个单位已通知。', needs: '催日报。' };
const write = (body: object, key?: string) =>
  app.ask('POST', '/api/v1/hand-overs', {
    as: 'office',
    body,
    ...(key ? { headers: { 'Idempotency-Key': key } } : {}),
  });
const take = (handOverId: unknown, name: string) =>
  app.ask('POST', `/api/v1/hand-overs/${handOverId}/acknowledgement`, { as: 'office', body: { name } });
const list = async (as = 'office') => (await app.ask('GET', '/api/v1/hand-overs', { as })).body.items as object[];

test('§6.1 a note names the open episodes as they are then, once for a key, and the next shift takes over by name', async () => {
  const written = await write(note, 'note-1');
  expect(written).toMatchObject({
    status: 201,
    body: {
      ...note,
      writtenAt: '2026-01-10T14:00:00.000+08:00',
      episodes: [
        {
          episodeId: path.split('/').at(-1),
          drill: false,
          phase: 'active',
          warningLevel: 'yellow',
          seq: expect.any(Number),
        },
        { drill: true },
      ],
    },
  });
  expect((await write(note, 'note-1')).body).toEqual(written.body);
  expect(await list()).toHaveLength(1);
  const { handOverId } = written.body;
  expect(await take(handOverId, '李值班')).toMatchObject({
    status: 200,
    body: { acknowledged: { name: '李值班', at: '2026-01-10T14:00:00.000+08:00' } },
  });
  expect((await take(handOverId, '李值班')).status).toBe(200);
  expect(await take(handOverId, '赵值班')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('“李值班”已经接班') },
  });
  expect(await write({ ...note, corrects: handOverId })).toMatchObject({
    status: 409,
    body: { type: '/problems/hand-over-acknowledged' },
  });
  expect(await list('supervisor')).toMatchObject([{ handOverId, acknowledged: { name: '李值班' } }]);
});

test('a correction is another note; both are kept, and the last one is taken over', async () => {
  const first = (await write(note)).body.handOverId;
  const second = (await write({ ...note, conditions: '34个单位已通知。', corrects: first })).body.handOverId;
  expect((await list()).slice(0, 2)).toMatchObject([
    { handOverId: second, corrects: first },
    { handOverId: first, correctedBy: second, conditions: note.conditions },
  ]);
  expect(await write({ ...note, corrects: first })).toMatchObject({
    status: 409,
    body: { type: '/problems/hand-over-corrected' },
  });
  expect(await take(first, '李值班')).toMatchObject({ status: 409 });
  expect(await take(second, '李值班')).toMatchObject({ status: 200 });
});

test.each([
  ['no conditions', { from: '王值班' }, 'conditions'],
  ['blank needs', { ...note, needs: ' ' }, 'needs'],
  ['a note that is none', { ...note, corrects: 'none' }, 'corrects'],
])('refused: %s', async (_, body, field) => {
  expect(await write(body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
});

test.each(['update hand_overs set needs = null', 'delete from hand_overs', 'delete from hand_over_acknowledgements'])(
  'the database refuses: %s',
  async (statement) => {
    await expect(sql.raw(statement).execute(app.database.db)).rejects.toThrow('never changed');
  },
);
