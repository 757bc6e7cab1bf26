/** Bad input drawn from the OpenAPI document, for every operation and role: refused in Chinese, with nothing written. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { atLength } from '../lib/testing/at-length.js';
import { openApiOf } from './http/openapi.js';
import { routes } from './routes.js';
import { noticeBody, ONE_HOUR, startRequestBody, type TestApp, testApp } from './testing/app.js';
import { type DrawnRequest, drawing, type OpenApi } from './testing/bad-input.js';

const UNIT = 'education';
const ROLES = ['nobody', 'office', UNIT, 'supervisor', 'administrator'];
const document = JSON.parse(JSON.stringify(openApiOf(routes))) as OpenApi;
/** For roles that may; the others are turned away before anything is read. */
const REQUESTS = atLength(100, 3);
const OF_OTHERS = 2;

let app: TestApp;
let draw: ReturnType<typeof drawing>;

beforeAll(async () => {
  app = await testApp();
  const ask = async (as: string, method: string, path: string, body?: unknown) => {
    const answered = await app.ask(method, `/api/v1${path}`, { as, body });
    if (answered.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answered.body)}`);
    return answered.body;
  };
  const start = async (changes: object) =>
    String((await ask('office', 'POST', '/episodes', { ...startRequestBody(app.now()), ...changes })).episodeId);
  const [real, rehearsed, lifted] = [
    await start({}),
    await start({ drill: { timeScale: 1 } }),
    await start({ drill: { timeScale: 1 } }),
  ];
  const suspension = { items: ['duty-all-watch'], unitIds: [UNIT], reason: '节日保障' };
  await ask('office', 'POST', `/episodes/${real}/suspensions`, suspension);
  await app.pass(30 * ONE_HOUR);
  await ask('office', 'POST', `/episodes/${lifted}/lift`, { notice: noticeBody(app.now(), '解除') });
  const { tasks } = (await ask(UNIT, 'GET', `/episodes/${real}/units/${UNIT}`)) as { tasks: Array<{ taskId: string }> };
  const problems = [{ what: '未停工', where: '某工地' }];
  await ask(UNIT, 'PUT', `/episodes/${real}/units/${UNIT}/daily-reports/2026-01-10`, { text: '正常', problems });
  const { contacts } = (await ask(UNIT, 'GET', `/units/${UNIT}/contacts`)) as {
    contacts: Array<{ contactId: string }>;
  };
  const contactId = contacts[0]!.contactId;
  const until = new Date(app.now() + ONE_HOUR).toISOString();
  const { overrideId } = await ask(UNIT, 'POST', `/units/${UNIT}/roster/overrides`, { contactId, until });
  const spare = { username: 'spare', name: '备用', role: 'supervisor' };
  const { accountId } = await ask('administrator', 'POST', '/accounts', spare);
  const known = {
    accountId: [String(accountId)],
    sessionId: ['0'.repeat(64)],
    tokenId: ['0'.repeat(32)],
    episodeId: [real, rehearsed, lifted],
    noticeId: ['n1', 'n2'],
    suspensionId: ['s1', 's2'],
    unitId: [UNIT, 'construction', 'office'],
    taskId: tasks.slice(0, 3).map(({ taskId }) => taskId),
    problemId: ['p1', 'p2'],
    overrideId: [String(overrideId)],
    importId: ['0'.repeat(32)],
    attachmentId: ['0'.repeat(64)],
    date: ['2026-01-10', '2026-01-11', '2026-01-12'],
    limit: ['1', '200'],
    days: ['1', '31'],
  };
  draw = drawing(document, known, [
    ...[UNIT, 'construction', '已落实', '张三', 'PM2.5', 'constructor', '2026-01-11', '2026-01-31', '08:00', '09:30'],
    ...['0'.repeat(64), 'a@b.cn', '13800000000', contactId, '晴'.repeat(200), until, '2026-01-11T20:00:00+08:00'],
    ...[
      'https://media.example/1',
      '乌环委办〔2026〕1号',
      '调整',
      'robot',
      'dailyReportTime',
      'patrols',
      'lead',
      'opening',
      'all',
      '3 workdays',
    ],
  ]);
  for (const role of ROLES.slice(1)) await app.signIn(role);
});
afterAll(() => app.close());

/** Grows with every transaction that writes. */
const written = async () => {
  const { rows } = await sql<{ at: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as at`.execute(
    app.database.db,
  );
  return rows[0]!.at;
};

/** Every row of every table but failed sign-ins, which are a record. Of sessions their number: using one moves its end. */
async function everyRow(): Promise<unknown> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%' and tablename <> 'sign_ins'`.execute(
    app.database.db,
  );
  const sums = tables.map(({ name }) =>
    name === 'sessions'
      ? `select '${name}' as name, count(*)::text as rows from ${name}`
      : `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) as rows from ${name} t`,
  );
  return (await sql.raw(sums.join(' union all ')).execute(app.database.db)).rows;
}

const ENGLISH = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i;

function expectChinese(text: unknown): void {
  expect(text).toMatch(/\p{Script=Han}/u);
  expect(text).not.toMatch(ENGLISH);
}

/** As a request finds them. */
let before: { at: string; rows: unknown } | undefined;
const seen = new Map<number, number>();

async function expectGoodAnswer(method: string, as: string, request: DrawnRequest): Promise<void> {
  // That the answer is documented, and a problem when refused, is checked there.
  const { status, body } = await app.ask(method, request.path, { as, ...request });
  expect(status).toBeLessThan(500);
  seen.set(status, (seen.get(status) ?? 0) + 1);
  if (status < 400) return;
  for (const text of [body.title, body.detail]) expectChinese(text);
  for (const { detail } of (body.errors ?? []) as Array<{ detail: string }>) expectChinese(detail);
  if ((await written()) !== before?.at) expect(await everyRow()).toEqual(before?.rows);
}

function may(path: string, method: string, as: string): boolean {
  const { access } = routes.find((route) => route.path === path && route.method === method)!;
  return typeof access === 'string'
    ? (access === 'anyone') === (as === 'nobody')
    : (as === UNIT ? 'unit' : as) in access;
}

/** Last what ends sessions, and what counts failures of signing in. */
const LAST = ['/api/v1/accounts/me/password', '/api/v1/sessions', '/api/v1/sessions/current'];
const operations = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
  .sort((a, b) => LAST.indexOf(a.path) - LAST.indexOf(b.path));

describe.each(operations)('$method $path', ({ method, path, operation }) => {
  let requests: fc.Arbitrary<DrawnRequest>;
  beforeAll(() => {
    requests = draw(path, operation);
  });

  test.each(ROLES)('as %s', async (as) => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const at = await written();
        if (at !== before?.at) before = { at, rows: await everyRow() };
        await expectGoodAnswer(method.toUpperCase(), as, request);
      }),
      { numRuns: may(path, method, as) ? REQUESTS : OF_OTHERS },
    );
  });
});

test('what was drawn got past the first check, and was accepted too', () => {
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404]));
});
