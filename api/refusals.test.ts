import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { drill, noticeBody, startRequestBody, type TestApp, testApp } from './testing/app.js';

const UNIT = 'education';
const OTHER = 'construction';

let app: TestApp;
let path = '';
let running: Record<string, unknown> = {};

beforeAll(async () => {
  app = await testApp();
  running = startRequestBody(app.now());
  const started = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: running });
  path = `/api/v1/episodes/${started.body.episodeId}`;
});
afterAll(() => app.close());

/** The whole of an episode: its entries and its read model. */
const everything = async () => ({
  entries: (await app.ask('GET', `${path}/history?limit=200`, { as: 'office' })).body,
  board: (await app.ask('GET', `${path}/board`, { as: 'office' })).body,
  episodes: (await app.ask('GET', '/api/v1/episodes', { as: 'office' })).body,
});

const start = (changes: object) => ({ ...startRequestBody(app.now()), ...changes });
const notice = (changes: object) => ({ notice: { ...noticeBody(app.now(), '坏通知'), ...changes } });

interface Bad {
  what: string;
  method?: string;
  path: () => string;
  as?: string;
  body?: () => unknown;
  raw?: string;
  expected: { status: number; type: string; clause?: string; field?: string };
}

const fields = (field: string) => ({ status: 400, type: 'fields-invalid', field });
const toStart = { path: () => '/api/v1/episodes' };
const ownUnit = (rest: string) => () => `${path}/units/${UNIT}${rest}`;

const BAD: Bad[] = [
  {
    what: '§1.3 ozone, as a drill so that no other episode is the reason',
    ...toStart,
    body: () => start({ primaryPollutant: 'O3', drill }),
    expected: { status: 422, type: 'pollutant-not-covered', clause: '1.3' },
  },
  {
    what: '§3.1.2 a level below the city’s',
    ...toStart,
    body: () => start({ cityLevel: 'orange', level: 'yellow', drill }),
    expected: { status: 422, type: 'level-below-city', clause: '3.1.2' },
  },
  { what: 'an unknown level', ...toStart, body: () => start({ cityLevel: 'purple' }), expected: fields('cityLevel') },
  {
    what: '§3.1.2 above the city’s level without a reason',
    ...toStart,
    body: () => start({ level: 'red' }),
    expected: fields('reason'),
  },
  {
    what: 'a notice without number',
    ...toStart,
    body: () => start(notice({ number: undefined })),
    expected: fields('notice.number'),
  },
  {
    what: 'a blank number',
    ...toStart,
    body: () => start(notice({ number: '  ' })),
    expected: fields('notice.number'),
  },
  {
    what: 'a time without offset',
    ...toStart,
    body: () => start(notice({ issuedAt: '2026-01-10T14:00:00' })),
    expected: fields('notice.issuedAt'),
  },
  {
    what: 'a time that is none',
    ...toStart,
    body: () => start(notice({ issuedAt: 'noon' })),
    expected: fields('notice.issuedAt'),
  },
  {
    what: 'the same number with other content',
    ...toStart,
    body: () => ({ ...running, extent: '全区' }),
    expected: { status: 409, type: 'notice-conflict' },
  },
  {
    what: 'a second real episode',
    ...toStart,
    body: () => start({}),
    expected: { status: 409, type: 'episode-active' },
  },
  {
    what: 'a time scale outside a drill',
    ...toStart,
    body: () => start({ timeScale: 60 }),
    expected: fields('timeScale'),
  },
  ...[0, 86_401, 1.5, '60'].map((timeScale) => ({
    what: `a time scale of ${JSON.stringify(timeScale)}`,
    ...toStart,
    body: () => start({ drill: { timeScale } }),
    expected: fields('drill.timeScale'),
  })),
  {
    what: 'an unknown part of a drill’s policy',
    ...toStart,
    body: () => start({ drill: { timeScale: 60, policy: { patience: 1 } } }),
    expected: fields('drill.policy.patience'),
  },
  {
    what: 'a notice more than 24 hours ahead',
    ...toStart,
    body: () => start({ ...notice({ effectiveAt: '2026-01-11T14:00:01+08:00' }), drill }),
    expected: { status: 422, type: 'effective-time' },
  },
  {
    what: 'an adjustment that takes effect before the start',
    path: () => `${path}/adjustments`,
    body: () => ({ ...notice({ effectiveAt: '2026-01-10T13:59:59+08:00' }), cityLevel: 'orange' }),
    expected: { status: 422, type: 'effective-time' },
  },
  {
    what: '§3.1.2 an adjustment below the city’s level',
    path: () => `${path}/adjustments`,
    body: () => ({ ...notice({}), cityLevel: 'red', level: 'orange' }),
    expected: { status: 422, type: 'level-below-city', clause: '3.1.2' },
  },
  {
    what: 'an adjustment that changes nothing',
    path: () => `${path}/adjustments`,
    body: () => ({ ...notice({}), cityLevel: 'yellow' }),
    expected: { status: 409, type: 'nothing-changed' },
  },
  {
    what: 'a lifting with the number of the start',
    path: () => `${path}/lift`,
    body: () => ({ notice: running.notice }),
    expected: { status: 409, type: 'notice-conflict' },
  },
  {
    what: '§5.1 a report for a day before the response',
    method: 'PUT',
    path: ownUnit('/daily-reports/2026-01-09'),
    as: UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: { status: 422, type: 'report-day', clause: '5.1' },
  },
  {
    what: '§5.1 a report for a day in the future',
    method: 'PUT',
    path: ownUnit('/daily-reports/2026-01-11'),
    as: UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: { status: 422, type: 'report-day', clause: '5.1' },
  },
  {
    what: 'a report for another unit',
    method: 'PUT',
    path: () => `${path}/units/${OTHER}/daily-reports/2026-01-10`,
    as: UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: { status: 403, type: 'not-allowed' },
  },
  {
    what: 'a report of a day that is none',
    method: 'PUT',
    path: ownUnit('/daily-reports/2026-02-30'),
    as: UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: fields('date'),
  },
  {
    what: 'figures that are no numbers',
    method: 'PUT',
    path: ownUnit('/daily-reports/2026-01-10'),
    as: UNIT,
    body: () => ({ text: '无', figures: { 工地: '12' } }),
    expected: fields('figures.工地'),
  },
  {
    what: 'a character that no database takes',
    path: ownUnit('/implementation-reports'),
    as: UNIT,
    body: () => ({ text: 'a\u0000b' }),
    expected: fields('text'),
  },
  {
    what: 'half a character',
    path: ownUnit('/implementation-reports'),
    as: UNIT,
    raw: '{"text":"\\ud800"}',
    expected: fields('text'),
  },
  {
    what: 'a body over 1 MiB',
    path: ownUnit('/implementation-reports'),
    as: UNIT,
    body: () => ({ text: 'x'.repeat(1_048_576) }),
    expected: { status: 413, type: 'body-too-large' },
  },
  {
    what: 'malformed JSON',
    path: ownUnit('/acknowledgement'),
    as: UNIT,
    raw: '{"text":',
    expected: { status: 400, type: 'body-malformed' },
  },
  {
    what: 'JSON that is no object',
    path: ownUnit('/acknowledgement'),
    as: UNIT,
    raw: '[]',
    expected: { status: 400, type: 'fields-invalid' },
  },
  {
    what: 'a body that is null',
    path: ownUnit('/acknowledgement'),
    as: UNIT,
    raw: 'null',
    expected: { status: 400, type: 'fields-invalid' },
  },
  {
    what: 'a field called __proto__',
    method: 'PUT',
    path: ownUnit('/daily-reports/2026-01-10'),
    as: UNIT,
    raw: '{"text":"无","figures":{"__proto__":5}}',
    expected: { status: 400, type: 'body-malformed' },
  },
  {
    what: 'a sign-in of more than ten kilobytes, 413',
    path: () => '/api/v1/sessions',
    body: () => Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`field${i}`, 1])),
    expected: { status: 413, type: 'body-too-large' },
  },
  {
    what: 'an unknown field',
    path: ownUnit('/acknowledgement'),
    as: UNIT,
    body: () => ({ by: 'me' }),
    expected: fields('by'),
  },
  {
    what: 'an unknown episode',
    path: () => `/api/v1/episodes/unknown/units/${UNIT}/acknowledgement`,
    as: UNIT,
    body: () => ({}),
    expected: { status: 404, type: 'not-found' },
  },
  {
    what: 'an unknown unit',
    path: () => `${path}/units/nobody/acknowledgement`,
    body: () => ({}),
    expected: { status: 404, type: 'unit-unknown' },
  },
  {
    what: 'an unknown unit to add',
    path: () => `${path}/units`,
    body: () => ({ unitId: 'nobody' }),
    expected: { status: 404, type: 'unit-unknown' },
  },
  {
    what: 'a unit to add that is neither known nor described',
    path: () => `${path}/units`,
    body: () => ({ name: '新单位' }),
    expected: fields('unitId'),
  },
  {
    what: 'an unknown task',
    path: ownUnit('/tasks/nothing/completion'),
    as: UNIT,
    body: () => ({ note: '' }),
    expected: { status: 404, type: 'task-unknown' },
  },
  {
    what: '§5.2 a summary before the lifting',
    method: 'PUT',
    path: ownUnit('/summary'),
    as: UNIT,
    body: () => ({ work: '一', lessons: '二', shortcomings: '三', proposals: '四' }),
    expected: { status: 409, type: 'episode-not-lifted' },
  },
  {
    what: '§5.1 a follow-up report before the lifting',
    path: () => `${path}/follow-up-report/submission`,
    body: () => ({}),
    expected: { status: 409, type: 'episode-not-lifted' },
  },
  {
    what: 'a key of 129 characters',
    path: ownUnit('/acknowledgement'),
    as: UNIT,
    body: () => ({}),
    expected: fields('Idempotency-Key'),
  },
];

describe('bad input is refused as the contract says, and leaves nothing behind', () => {
  test.each(BAD)('$what', async ({ what, method = 'POST', path: at, as = 'office', body, raw, expected }) => {
    const before = await everything();
    const headers: Record<string, string> = what.startsWith('a key') ? { 'Idempotency-Key': 'k'.repeat(129) } : {};
    const answered = await app.ask(method, at(), {
      as,
      headers,
      ...(raw === undefined ? { body: body?.() } : { raw }),
    });
    expect(answered.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(answered).toMatchObject({
      status: expected.status,
      body: {
        type: `/problems/${expected.type}`,
        status: expected.status,
        detail: expect.stringMatching(/\p{Script=Han}/u),
        ...(expected.clause === undefined ? {} : { clause: expected.clause }),
        ...(expected.field === undefined
          ? {}
          : { errors: expect.arrayContaining([expect.objectContaining({ field: expected.field })]) }),
      },
    });
    expect(await everything()).toEqual(before);
  });

  test('twenty of a hundred thousand unknown fields are named', async () => {
    const body = Object.fromEntries(Array.from({ length: 80_000 }, (_, i) => [`f${i}`, 1]));
    const answered = await app.ask('POST', `${path}/evaluations`, { as: 'office', body });
    expect(answered.status).toBe(400);
    expect(answered.body.errors).toHaveLength(20);
  });

  test.each([
    ['/api/v1/sessions', 'text/plain'],
    ['/api/v1/sessions', 'application/json; charset=utf-16le'],
    ['/api/v1/episodes', 'application/json; charset=utf-7'],
  ])('%s as %s is 415', async (at, type) => {
    const answered = await app.ask('POST', at, { as: 'office', raw: '{}', headers: { 'Content-Type': type } });
    expect(answered).toMatchObject({ status: 415, body: { type: '/problems/media-type' } });
  });

  test.each(['kind', 'unitId'])('a NUL in ?%s= is 400, as every control character', async (name) => {
    expect((await app.ask('GET', `${path}/history?${name}=%00`, { as: 'office' })).status).toBe(400);
  });

  test('no answer is kept by a browser or a proxy', async () => {
    const answered = await app.ask('GET', '/api/v1/episodes', { as: 'office' });
    expect(answered.headers.get('Cache-Control')).toBe('no-store');
  });

  test('and the episode goes on', async () => {
    const answered = await app.ask('POST', `${path}/units/${UNIT}/acknowledgement`, { as: UNIT, body: {} });
    expect(answered).toMatchObject({ status: 200, body: { entry: { kind: 'unit.acknowledged' } } });
  });

  test('a number that was refused is free again', async () => {
    const body = { notice: noticeBody(app.now(), '坏通知'), cityLevel: 'orange' };
    expect((await app.ask('POST', `${path}/adjustments`, { as: 'office', body })).status).toBe(200);
  });
});

describe('the order of checks', () => {
  const large = { body: { text: 'x'.repeat(1_048_577) } };

  test.each([
    ['401 before 413', 'nobody', large, 401],
    ['413 before 403', OTHER, large, 413],
    ['400 malformed before 403', OTHER, { raw: '{' }, 400],
  ] as const)('%s', async (_what, as, request, status) => {
    const answered = await app.ask('POST', `${path}/units/${UNIT}/implementation-reports`, { as, ...request });
    expect(answered.status).toBe(status);
  });

  test('403 before 404', async () => {
    const at = '/api/v1/episodes/unknown/lift';
    expect((await app.ask('POST', at, { as: UNIT, body: {} })).status).toBe(403);
  });

  test('404 before 400 fields', async () => {
    const at = '/api/v1/episodes/unknown/lift';
    expect((await app.ask('POST', at, { as: 'office', body: { nonsense: 1 } })).status).toBe(404);
  });

  test('400 fields before 409', async () => {
    const body = start({ nonsense: 1 });
    expect((await app.ask('POST', '/api/v1/episodes', { as: 'office', body })).status).toBe(400);
  });

  test('409 before 422', async () => {
    const body = start({ primaryPollutant: 'O3' });
    expect(await app.ask('POST', '/api/v1/episodes', { as: 'office', body })).toMatchObject({
      status: 409,
      body: { type: '/problems/episode-active' },
    });
  });
});

describe('addresses', () => {
  test('an unknown one is 404', async () => {
    for (const at of ['/', '/api/v1/nothing', '/api/v1/episodes/%E0%A4%A'])
      expect(await app.ask('GET', at, { as: 'office' })).toMatchObject({ status: 404, body: { status: 404 } });
  });

  test('another method is 405 and names those allowed', async () => {
    const answered = await app.ask('DELETE', '/api/v1/episodes', { as: 'office' });
    expect(answered.status).toBe(405);
    expect(answered.headers.get('Allow')).toBe('POST, GET');
  });

  test.each(['limit=0', 'limit=201', 'limit=many', 'cursor=none', 'phase=asleep', 'drill=maybe', 'color=red'])(
    'a list asked for with %s is 400',
    async (query) => {
      const answered = await app.ask('GET', `/api/v1/episodes?${query}`, { as: 'office' });
      expect(answered).toMatchObject({ status: 400, body: { errors: [{ field: query.split('=')[0] }] } });
    },
  );
});
