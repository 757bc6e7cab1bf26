import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../routes.js';
import { type BadRequest, episodeToRefuse, ON_UNIT, testRefusals, wrongField } from '../testing/refusals.js';

const on = episodeToRefuse();

const BAD: BadRequest[] = [
  {
    what: 'a character that no database takes',
    path: on.ownUnit('/implementation-reports'),
    as: ON_UNIT,
    body: () => ({ text: 'a\u0000b' }),
    expected: wrongField('text'),
  },
  {
    what: 'half a character',
    path: on.ownUnit('/implementation-reports'),
    as: ON_UNIT,
    raw: '{"text":"\\ud800"}',
    expected: wrongField('text'),
  },
  {
    what: 'a body over 1 MiB',
    path: on.ownUnit('/implementation-reports'),
    as: ON_UNIT,
    body: () => ({ text: 'x'.repeat(1_048_576) }),
    expected: { status: 413, type: 'body-too-large' },
  },
  {
    what: 'malformed JSON',
    path: on.ownUnit('/acknowledgement'),
    as: ON_UNIT,
    raw: '{"text":',
    expected: { status: 400, type: 'body-malformed' },
  },
  {
    what: 'JSON that is no object',
    path: on.ownUnit('/acknowledgement'),
    as: ON_UNIT,
    raw: '[]',
    expected: { status: 400, type: 'fields-invalid' },
  },
  {
    what: 'a body that is null',
    path: on.ownUnit('/acknowledgement'),
    as: ON_UNIT,
    raw: 'null',
    expected: { status: 400, type: 'fields-invalid' },
  },
  {
    what: 'a field called __proto__',
    method: 'PUT',
    path: on.ownUnit('/daily-reports/2026-01-10'),
    as: ON_UNIT,
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
    path: on.ownUnit('/acknowledgement'),
    as: ON_UNIT,
    body: () => ({ by: 'me' }),
    expected: wrongField('by'),
  },
  {
    what: 'a key of 129 characters',
    path: on.ownUnit('/acknowledgement'),
    as: ON_UNIT,
    body: () => ({}),
    headers: { 'Idempotency-Key': 'k'.repeat(129) },
    expected: wrongField('Idempotency-Key'),
  },
];

describe('what cannot be read is refused and leaves nothing behind', () => {
  testRefusals(on, BAD);

  test('twenty of a hundred thousand unknown fields are named', async () => {
    const body = Object.fromEntries(Array.from({ length: 80_000 }, (_, i) => [`f${i}`, 1]));
    const answered = await on.app.ask('POST', `${on.path}/evaluations`, { as: 'office', body });
    expect(answered.status).toBe(400);
    expect(answered.body.errors).toHaveLength(20);
  });

  test.each([
    ['/api/v1/sessions', 'text/plain'],
    ['/api/v1/sessions', 'application/json; charset=utf-16le'],
    ['/api/v1/episodes', 'application/json; charset=utf-7'],
  ])('%s as %s is 415', async (at, type) => {
    const answered = await on.app.ask('POST', at, { as: 'office', raw: '{}', headers: { 'Content-Type': type } });
    expect(answered).toMatchObject({ status: 415, body: { type: '/problems/media-type' } });
  });

  test.each(['kind', 'unitId'])('a NUL in ?%s= is 400, as every control character', async (name) => {
    expect((await on.app.ask('GET', `${on.path}/history?${name}=%00`, { as: 'office' })).status).toBe(400);
  });

  test('no answer is kept by a browser or a proxy', async () => {
    const answered = await on.app.ask('GET', '/api/v1/episodes', { as: 'office' });
    expect(answered.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('the order of checks', () => {
  const other = 'construction';
  const large = { body: { text: 'x'.repeat(1_048_577) } };

  test.each([
    ['401 before 413', 'nobody', large, 401],
    ['413 before 403', other, large, 413],
    ['400 malformed before 403', other, { raw: '{' }, 400],
  ] as const)('%s', async (_what, as, request, status) => {
    const answered = await on.app.ask('POST', `${on.path}/units/${ON_UNIT}/implementation-reports`, { as, ...request });
    expect(answered.status).toBe(status);
  });

  test('403 before 404', async () => {
    const at = '/api/v1/episodes/unknown/lift';
    expect((await on.app.ask('POST', at, { as: ON_UNIT, body: {} })).status).toBe(403);
  });

  test('404 before 400 fields', async () => {
    const at = '/api/v1/episodes/unknown/lift';
    expect((await on.app.ask('POST', at, { as: 'office', body: { nonsense: 1 } })).status).toBe(404);
  });

  test('400 fields before 409', async () => {
    const body = on.start({ nonsense: 1 });
    expect((await on.app.ask('POST', '/api/v1/episodes', { as: 'office', body })).status).toBe(400);
  });

  test('409 before 422', async () => {
    const body = on.start({ primaryPollutant: 'O3' });
    expect(await on.app.ask('POST', '/api/v1/episodes', { as: 'office', body })).toMatchObject({
      status: 409,
      body: { type: '/problems/episode-active' },
    });
  });
});

/** Ids that are something, by their name in the addresses. */
const known = (): Record<string, string> => ({
  episodeId: on.path.split('/').at(-1)!,
  unitId: ON_UNIT,
  date: '2026-01-10',
  noticeId: 'n1',
  accountId,
});
let accountId = '';

/** Ids that are nothing. A day that was not reported is one, too. */
const UNKNOWN: Record<string, string> = { noticeId: 'n77', suspensionId: 's77', problemId: 'p77', importId: 'i77' };

/** A unit that asks for another's is told that it is not its own, whether there is such a unit or not. */
const isOwnUnit = ({ access }: (typeof routes)[number], name: string): boolean =>
  name === 'unitId' && isDeepStrictEqual(access, { unit: 'own' });

const withIds = routes.flatMap((one) =>
  [...one.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
    name === 'date' || one.access === 'anyone' || one.access === 'signed-in' || isOwnUnit(one, name)
      ? []
      : [[`${one.method.toUpperCase()} ${one.path}`, name, one] as const],
  ),
);

describe('a 404 quotes the id that is unknown', () => {
  beforeAll(async () => {
    accountId = String((await on.app.ask('GET', '/api/v1/accounts/me', { as: 'office' })).body.accountId);
  });

  test.each(withIds)('%s: %s', async (_name, unknown, { method, path: at, access }) => {
    const as = ['office', 'administrator', 'supervisor'].find((role) => role in (access as object)) ?? ON_UNIT;
    const id = UNKNOWN[unknown] ?? '查无此号';
    const filled = at.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(name === unknown ? id : (known()[name] ?? '7')),
    );
    const answered = await on.app.ask(method.toUpperCase(), filled, { as, ...(method === 'get' ? {} : { body: {} }) });
    if (answered.status !== 400)
      expect(answered).toMatchObject({ status: 404, body: { detail: expect.stringContaining(`“${id}”`) } });
    expect(JSON.stringify(answered.body)).toContain(id);
  });

  test('an address that is none', async () => {
    const answered = await on.app.ask('GET', '/api/v1/episode', { as: 'office' });
    expect(answered.body.detail).toContain('“/api/v1/episode”');
  });

  test('another body under one key', async () => {
    const headers = { 'Idempotency-Key': 'key-of-two' };
    for (const text of ['甲', '乙']) {
      const answered = await on.app.ask('POST', `${on.path}/evaluations`, { as: 'office', headers, body: { text } });
      if (text === '乙')
        expect(answered.body).toMatchObject({
          type: '/problems/key-reused',
          detail: expect.stringContaining('“key-of-two”'),
        });
    }
  });
});

describe('addresses', () => {
  test('an unknown one is 404', async () => {
    for (const at of ['/nothing', '/api/v1/nothing', '/api/v1/episodes/%E0%A4%A'])
      expect(await on.app.ask('GET', at, { as: 'office' })).toMatchObject({ status: 404, body: { status: 404 } });
  });

  test('another method is 405 and names those allowed', async () => {
    const answered = await on.app.ask('DELETE', '/api/v1/episodes', { as: 'office' });
    expect(answered.status).toBe(405);
    expect(answered.headers.get('Allow')).toBe('POST, GET');
  });

  test.each([
    ['PUT', '/api/v1/accounts/me', 'GET'],
    ['GET', '/api/v1/episodes/preview', 'POST'],
    ['PUT', '/api/v1/episodes/e/texts/1/units.docx', 'GET'],
  ])('%s %s is 405, whatever a wider address takes', async (method, at, allowed) => {
    const answered = await on.app.ask(method, at, { as: 'office' });
    expect(answered.status).toBe(405);
    expect(answered.headers.get('Allow')).toBe(allowed);
  });

  test.each(['limit=0', 'limit=201', 'limit=many', 'cursor=none', 'phase=asleep', 'drill=maybe', 'color=red'])(
    'a list asked for with %s is 400',
    async (query) => {
      const answered = await on.app.ask('GET', `/api/v1/episodes?${query}`, { as: 'office' });
      expect(answered).toMatchObject({ status: 400, body: { errors: [{ field: query.split('=')[0] }] } });
    },
  );
});
