import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answered, ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { form, upload } from '../testing/upload.js';

const UNIT = 'education';
const CONTACTS = `/api/v1/units/${UNIT}/contacts`;
const ROSTER = `/api/v1/units/${UNIT}/roster`;
const PERSON = { contactId: 'p-1', role: 'lead', name: '甲' };

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await app.ask('PUT', CONTACTS, { as: 'administrator', body: { contacts: [PERSON] } });
});
afterAll(() => app.close());

const keyed = (key: string) => ({ 'Idempotency-Key': key });
const csv = (i: number) =>
  `单位编号,单位,日期,班次,开始,结束,姓名,人员编号\n${UNIT},,2026-01-1${i},,08:00,20:00,甲,p-1\n`;
const png = (i: number) => Buffer.from(`89504e470d0a1a0a0000000d49484452000000010000000${i}0802000000`, 'hex');
const row = (i: number) => ({ date: `2026-01-1${i}`, from: '08:00', until: '20:00', contactId: 'p-1' });

/** Requests that no episode records: the i-th body of each, all to be sent with one key. */
const REQUESTS: Array<[what: string, send: (i: number, key: string) => Promise<Answered>]> = [
  [
    'PUT contacts',
    (i, key) =>
      app.ask('PUT', CONTACTS, {
        as: 'administrator',
        body: { contacts: [PERSON, { role: 'deputy', name: `乙${i}` }] },
        headers: keyed(key),
      }),
  ],
  [
    'PUT roster',
    (i, key) =>
      app.ask('PUT', `${ROSTER}?from=2026-01-10&until=2026-01-16`, {
        as: UNIT,
        body: { items: [row(i)] },
        headers: keyed(key),
      }),
  ],
  [
    'POST overrides',
    (i, key) =>
      app.ask('POST', `${ROSTER}/overrides`, {
        as: UNIT,
        body: { contactId: 'p-1', until: `2026-01-1${i + 1}T08:00:00+08:00` },
        headers: keyed(key),
      }),
  ],
  [
    'POST imports',
    (i, key) =>
      app.ask('POST', '/api/v1/roster/imports', {
        as: UNIT,
        raw: csv(i),
        headers: { ...keyed(key), 'Content-Type': 'text/csv' },
      }),
  ],
  [
    'POST attachments',
    (i, key) => upload(app, UNIT, png(i), { headers: keyed(key), body: form([`${i}.png`, png(i)]) }),
  ],
];

/** They show a secret, to the first answer alone. */
const SHOWN_ONCE: typeof REQUESTS = [
  [
    'POST accounts',
    (i, key) =>
      app.ask('POST', '/api/v1/accounts', {
        as: 'administrator',
        body: { username: `wang-${i}`, name: '王伟', role: 'office' },
        headers: keyed(key),
      }),
  ],
  [
    'POST tokens',
    (i, key) =>
      app.ask('POST', '/api/v1/tokens', {
        as: 'administrator',
        body: { name: '平台', role: 'office', scope: 'read', expiresAt: `2026-01-1${i}T08:00:00+08:00` },
        headers: keyed(key),
      }),
  ],
];

/** A repeat shows none: another is issued. */
const withoutSecrets = ({ body: { oneTimePassword: _, token: __, ...rest } }: Answered) => rest;

test.each([...REQUESTS, ...SHOWN_ONCE])(
  '%s: work that was cut off at its end may be done again',
  async (what, send) => {
    const key = `cut off ${what}`;
    const first = await send(6, key);
    expect(first.status).toBeLessThan(300);
    await app.database.db
      .updateTable('idempotency_keys')
      .set({ done: false, at: new Date(0) })
      .execute();
    const again = await send(6, key);
    expect(again.status).toBeLessThan(300);
    expect(again.body).toEqual(withoutSecrets(first));
  },
);

describe.each(REQUESTS)('%s', (what, send) => {
  test('four bodies at once with one key: one is carried out, three are 422 key-reused', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((i) => send(i, `four ${what}`)));
    const refused = answers.filter(({ body }) => body.type === '/problems/key-reused');
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422]);
  });

  test('four times the same body at once: all are answered, with one answer', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(5, `same ${what}`)));
    expect(answers.map(({ status }) => status < 300)).toEqual([true, true, true, true]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });
});

test('a refused body leaves its key free for a better one', async () => {
  const put = (contactId: string) =>
    app.ask('PUT', `${ROSTER}?from=2026-01-10&until=2026-01-16`, {
      as: UNIT,
      body: { items: [{ ...row(1), contactId }] },
      headers: keyed('better'),
    });
  expect((await put('p-2')).status).toBe(400);
  expect((await put('p-1')).status).toBe(200);
});

test('a key is remembered for the route and its ids, however the address is typed', async () => {
  const started = await app.ask('POST', '/api/v1/episodes', {
    as: 'office',
    body: startRequestBody(app.now(), { drill: { timeScale: 1 } }),
  });
  const path = `/api/v1/episodes/${started.body.episodeId}/units/${UNIT}/implementation-reports`;
  const report = { as: UNIT, body: { text: '已落实' }, headers: keyed('typed') };
  const first = await app.ask('POST', path, report);
  for (const typed of [`${path}/`, path.replace('/api/v1', '/API/v1')])
    expect(await app.ask('POST', typed, report)).toMatchObject({ status: 200, body: { entry: first.body.entry } });
});

test('a reused key adds no unit, and gives nobody contacts', async () => {
  const drilled = startRequestBody(app.now(), { drill: { timeScale: 1 } });
  const started = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: drilled });
  const path = `/api/v1/episodes/${started.body.episodeId}/units`;
  const join = (name: string) =>
    app.ask('POST', path, {
      as: 'office',
      body: { name, kind: 'street', contacts: [{ role: 'lead', name: '乙' }] },
      headers: keyed('join'),
    });
  expect((await join('甲街道')).status).toBe(201);
  const holders = () => app.database.db.selectFrom('contacts').select('holder').orderBy('holder').execute();
  const before = await holders();
  expect(await join('丁街道')).toMatchObject({ status: 422, body: { type: '/problems/key-reused' } });
  expect(await holders()).toEqual(before);
});

test('a roster sent again after midnight is answered as before: its day was not past when it was entered', async () => {
  const put = () =>
    app.ask('PUT', `${ROSTER}?from=2026-01-10&until=2026-01-11`, {
      as: UNIT,
      body: { items: [row(0)] },
      headers: keyed('midnight'),
    });
  const before = await put();
  await app.pass(11 * ONE_HOUR);
  expect(before.status).toBe(200);
  expect(await put()).toMatchObject({ status: 200, body: { items: before.body.items } });
});
