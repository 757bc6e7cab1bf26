/** One real episode, on which refused requests are tried: each as the contract says, and with nothing left behind. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { noticeBody, startRequestBody, type TestApp, testApp } from './app.js';

export const ON_UNIT = 'education';

export interface BadRequest {
  what: string;
  method?: string;
  path: () => string;
  as?: string;
  body?: () => unknown;
  raw?: string;
  headers?: Record<string, string>;
  expected: { status: number; type: string; clause?: string; field?: string };
}

export const wrongField = (field: string) => ({ status: 400, type: 'fields-invalid', field });

export interface EpisodeToRefuse {
  readonly app: TestApp;
  /** Of the episode. */
  readonly path: string;
  /** What started it. */
  readonly running: Record<string, unknown>;
  start(changes: object): object;
  notice(changes: object): object;
  ownUnit(rest: string): () => string;
}

/** Opened before the tests of a file, and closed after them. */
export function episodeToRefuse(): EpisodeToRefuse {
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
  return {
    get app() {
      return app;
    },
    get path() {
      return path;
    },
    get running() {
      return running;
    },
    start: (changes) => ({ ...startRequestBody(app.now()), ...changes }),
    notice: (changes) => ({ notice: { ...noticeBody(app.now(), '坏通知'), ...changes } }),
    ownUnit: (rest) => () => `${path}/units/${ON_UNIT}${rest}`,
  };
}

/** The whole of an episode: its entries and its read model. */
const everything = async ({ app, path }: EpisodeToRefuse) => ({
  entries: (await app.ask('GET', `${path}/history?limit=200`, { as: 'office' })).body,
  board: (await app.ask('GET', `${path}/board`, { as: 'office' })).body,
  episodes: (await app.ask('GET', '/api/v1/episodes', { as: 'office' })).body,
});

export function testRefusals(on: EpisodeToRefuse, bad: BadRequest[]): void {
  test.each(bad)('$what', async ({ method = 'POST', path, as = 'office', body, raw, headers = {}, expected }) => {
    const before = await everything(on);
    const answered = await on.app.ask(method, path(), {
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
    expect(await everything(on)).toEqual(before);
  });
}
