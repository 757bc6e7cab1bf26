/** Times, ETags and compression of answers. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../routes.js';
import { drill, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import { openApiOf } from './openapi.js';

interface Contract {
  paths: Record<string, Record<string, { responses: object }>>;
  components: { schemas: Record<string, object> };
}

let app: TestApp;
let real: string;
let inDrill: string;
beforeAll(async () => {
  app = await testApp();
  const start = async (changes = {}) => {
    const { body } = await app.ask('POST', '/api/v1/episodes', {
      as: 'office',
      body: startRequestBody(app.now(), changes),
    });
    return `/api/v1/episodes/${body.episodeId}`;
  };
  real = await start();
  inDrill = await start({ drill });
  await app.pass(1_234);
});
afterAll(() => app.close());

describe('every answer tells the time', () => {
  test.each(['/healthz', '/nowhere', '/api/v1/plan', '/a/none'])(
    '%s: of the server, with milliseconds',
    async (path) => {
      const { headers } = await app.ask('GET', path, { as: 'office' });
      expect(headers.get('Qingkong-Time')).toBe('2026-01-10T14:00:01.234+08:00');
      expect(headers.get('Qingkong-Episode-Time')).toBeNull();
    },
  );

  test('one about an episode: of the episode too, and how fast it runs', async () => {
    const timesOf = async (path: string, as = 'office') => {
      const { headers } = await app.ask('GET', path, { as });
      return ['Qingkong-Episode-Time', 'Qingkong-Time-Scale'].map((name) => headers.get(name));
    };
    expect(await timesOf(`${real}/board`)).toEqual(['2026-01-10T14:00:01.234+08:00', '1']);
    // 1,234 ms later, at 1,440 times the speed.
    const there = ['2026-01-10T14:29:36.960+08:00', '1440'];
    for (const path of ['', '/board', '/history', '/units/education'])
      expect(await timesOf(inDrill + path)).toEqual(there);
    expect(await timesOf(`${inDrill}/units/education`, 'education')).toEqual(there);
    expect(await timesOf(`${inDrill}/history?cursor=none`)).toEqual(there);
    expect(await timesOf(`${inDrill}/units/none`)).toEqual([null, null]);
  });
});

describe('an answer that has not changed', () => {
  // As `fetch` of a browser sends it beside a condition of the page's own.
  const since = (tag: string) => ({ 'If-None-Match': tag, 'Cache-Control': 'no-cache', Pragma: 'no-cache' });

  test('is 304 without a body, until something has changed', async () => {
    const first = await app.ask('GET', `${real}/board`, { as: 'office' });
    const tag = first.headers.get('ETag')!;
    const again = await app.ask('GET', `${real}/board`, { as: 'office', headers: since(tag) });
    expect([again.status, again.body, again.headers.get('ETag')]).toEqual([304, { text: '' }, tag]);
    expect(again.headers.get('Qingkong-Episode-Time')).not.toBeNull();

    await app.ask('POST', `${real}/units/education/acknowledgement`, { as: 'education', body: {} });
    const changed = await app.ask('GET', `${real}/board`, { as: 'office', headers: since(tag) });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('ETag')).not.toBe(tag);
  });

  test('is 304 to nobody who may not read it', async () => {
    const { headers } = await app.ask('GET', `${real}/board`, { as: 'office' });
    const tag = headers.get('ETag')!;
    expect((await app.ask('GET', `${real}/board`, { as: 'education', headers: since(tag) })).status).toBe(403);
    expect((await app.ask('GET', `${real}/board`, { headers: since(tag) })).status).toBe(401);
  });
});

describe('compression', () => {
  /** Without the client's own decompression. */
  const encodingOf = async (path: string, accepted: string, { method = 'GET', body = '' } = {}) => {
    const token = await app.signIn('office');
    return new Promise<{ status: number; encoding: string | undefined; vary: string | undefined }>(
      (resolve, reject) => {
        const headers = {
          Authorization: `Bearer ${token}`,
          'Accept-Encoding': accepted,
          ...(body === '' ? {} : { 'Content-Type': 'application/json' }),
        };
        const sent = request(app.url + path, { method, headers }, (response) => {
          const { statusCode = 0, headers: told } = response.resume();
          const { vary, 'content-encoding': encoding } = told;
          response.once('end', () => resolve({ status: statusCode, encoding, vary }));
        });
        sent.once('error', reject).end(body);
      },
    );
  };

  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', undefined],
  ])('a client that takes %s gets %s', async (accepted, encoding) => {
    for (const path of ['/api/v1/plan', `${real}/board`, '/openapi.json'])
      expect(await encodingOf(path, accepted)).toMatchObject({ status: 200, encoding });
  });

  test('a workbook, which is compressed already, stays as it is', async () => {
    expect(await encodingOf('/api/v1/roster.xlsx', 'gzip')).toMatchObject({ status: 200, encoding: undefined });
  });

  test('a route says so where its answers hold a password or token', () => {
    const { paths, components } = JSON.parse(JSON.stringify(openApiOf(routes))) as Contract;
    /** The names of text fields and of lists, however deep. Names of times and ids are no secrets. */
    const texts = (schema: unknown): string[] => {
      if (typeof schema !== 'object' || schema === null) return [];
      const { $ref, properties = {} } = schema as {
        $ref?: string;
        properties?: Record<string, { type?: string; format?: string }>;
      };
      const own = Object.entries(properties).flatMap(([name, { type, format }]) =>
        (type === 'string' && !format) || type === 'array' ? name : [],
      );
      const shared = $ref ? texts(components.schemas[$ref.split('/').at(-1)!]) : [];
      return [...own, ...shared, ...Object.values(schema).flatMap(texts)];
    };
    const isSecret = (name: string) => /(password|token|secret|ticket|recoveryCodes)$/i.test(name);
    for (const { method, path, holdsSecret = false } of routes) {
      const shows = texts(paths[path]![method]!.responses).some(isSecret);
      expect({ method, path, holdsSecret }).toEqual({ method, path, holdsSecret: shows });
    }
    expect(routes.filter(({ holdsSecret }) => holdsSecret).length).toBeGreaterThanOrEqual(5);
  });

  test('whatever holds a secret is never compressed, here or by a proxy', async () => {
    const { username, password } = app.accounts.find((account) => account.username === 'office')!;
    const signedIn = await app.ask('POST', '/api/v1/sessions', { body: { username, password } });
    expect(signedIn.headers.get('Cache-Control')).toBe('no-store, no-transform');
    const link = await app.ask('GET', '/a/none');
    expect(link.headers.get('Cache-Control')).toBe('no-store, no-transform');
  });
});
