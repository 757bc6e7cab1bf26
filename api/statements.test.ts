/** Statements of SQL for each route: no more of them where there are more episodes, units, tasks, people and entries. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { openInMemory } from '../ledger/testing/in-memory.js';
import type { EpisodeEngine } from './engine/engine.js';
import { routes } from './routes.js';
import {
  type ApiRequest,
  databaseSource,
  drill,
  noticeBody,
  ONE_HOUR,
  startRequestBody,
  type TestApp,
  testApp,
} from './testing/app.js';
import { codeAt, enrol } from './testing/codes.js';

const UNIT = 'education';
const HALF_MINUTE = 30_000;
const E = '/api/v1/episodes/{episodeId}';
const U = `${E}/units/{unitId}`;

interface Side {
  app: TestApp;
  /** Values of path parameters. Ids in an answer replace those of before. */
  ids: Record<string, string>;
  count(route: string, request: Asked): Promise<number>;
}
type Asked = ApiRequest & { query?: string };

const unit = (body?: object): Asked => ({ as: UNIT, ...(body ? { body } : {}) });
const office = (body: object): Asked => ({ body });
const prose = { work: '一', lessons: '二', shortcomings: '三', proposals: '四' };
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    contactId: `p-${n}`,
    role: 'deputy',
    name: `某${n}`,
    sms: '13800000000',
  }));
const form = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4\r\n--b--\r\n';
const RANGE = '?from=2026-01-15&until=2026-01-31';

/**
 * In this order: an episode from its middle to its end. The bound is what it takes today, the session's read included. A
 * key of the caller's own takes one more.
 */
const TABLE: Array<[route: string, most: number, request?: (side: Side) => Asked | Promise<Asked>]> = [
  ['GET /api/v1/sign-in-ways', 0, () => ({ as: 'nobody' })],
  ['GET /api/v1/events', 3],
  ['GET /api/v1/sessions/current', 1],
  ['GET /api/v1/plan', 1],
  ['GET /api/v1/plan/policy', 1],
  ['GET /api/v1/plan/messages', 1],
  ['GET /api/v1/plan/messages/{event}/html', 1],
  ['POST /api/v1/plan/messages/preview', 1, () => office({ event: 'start', subject: '题', short: '短', text: '文' })],
  ['GET /api/v1/units', 1],
  ['GET /api/v1/units/{unitId}/contacts', 2],
  [
    'PUT /api/v1/units/{unitId}/contacts',
    10,
    ({ app }) => ({ as: 'administrator', body: { contacts: people(app === many.app ? 20 : 1) } }),
  ],
  ['GET /api/v1/units/{unitId}/roster', 7, () => ({ query: RANGE })],
  [
    'PUT /api/v1/units/{unitId}/roster',
    13,
    ({ app }) => ({ ...unit({ items: dutyRows(app === many.app ? 15 : 1) }), query: RANGE }),
  ],
  [
    'POST /api/v1/units/{unitId}/roster/overrides',
    7,
    ({ app }) => unit({ contactId: 'p-0', until: new Date(app.now() + ONE_HOUR).toISOString() }),
  ],
  ['POST /api/v1/units/{unitId}/roster/overrides/{overrideId}/cancellation', 7, () => unit({})],
  ['GET /api/v1/roster', 7],
  ['GET /api/v1/roster/gaps', 4],
  ['GET /api/v1/readiness', 5],
  ['GET /api/v1/roster.xlsx', 4],
  ['GET /api/v1/roster.csv', 4],
  ['GET /api/v1/contacts.csv', 4],
  [
    'POST /api/v1/roster/imports',
    10,
    async ({ app }) => {
      const { body } = await app.ask('GET', `/api/v1/roster.csv${RANGE}`, { as: UNIT });
      return { as: UNIT, raw: String(body.text).replaceAll('08:00', '09:00'), headers: { 'Content-Type': 'text/csv' } };
    },
  ],
  ['POST /api/v1/roster/imports/{importId}/confirmation', 11, () => unit({})],
  ['POST /api/v1/episodes', 7, ({ app }) => office(startRequestBody(app.now(), { drill }))],
  ['POST /api/v1/episodes/preview', 11, ({ app }) => office(startRequestBody(app.now(), { drill }))],
  ['GET /api/v1/episodes', 2],
  ['GET /api/v1/channels', 3],
  ['POST /api/v1/channels/{channel}/tests', 4, () => office({ address: 'a@b.cn' })],
  ['POST /api/v1/hand-overs', 6, () => office({ from: '甲', conditions: '平稳' })],
  ['GET /api/v1/hand-overs', 2],
  ['POST /api/v1/hand-overs/{handOverId}/acknowledgement', 7, () => office({ name: '乙' })],
  [`GET ${E}`, 3],
  [
    // Previews of an episode read it once more, as of one moment with the people.
    `POST ${E}/adjustments/preview`,
    14,
    ({ app }) => office({ notice: noticeBody(app.now(), '调整'), cityLevel: 'orange' }),
  ],
  [`POST ${E}/adjustments`, 6, ({ app }) => office({ notice: noticeBody(app.now(), '调整'), cityLevel: 'orange' })],
  [`POST ${E}/notices/{noticeId}/number`, 6, ({ app }) => office({ number: `更正${app.edition.units.length}号` })],
  [`POST ${E}/units`, 7, () => office({ name: '新街道', kind: 'street' })],
  [`POST ${E}/evaluations`, 5, () => office({ text: '评估' })],
  [`GET ${E}/board`, 4],
  [`GET ${E}/calling-list`, 7],
  [`GET ${U}/reach`, 6],
  [`POST ${U}/calls`, 6, () => office({ outcome: 'reached', contactId: 'p-0' })],
  // Three of them tell who is at the office's desk.
  [`GET ${U}`, 6],
  [`POST ${U}/acknowledgement`, 5, () => unit({})],
  [`POST ${U}/implementation-reports`, 5, () => unit({ text: '已落实' })],
  [`POST ${U}/tasks`, 5, () => unit({ text: '加严' })],
  [`POST ${U}/tasks/{taskId}/progress`, 6, ({ ids }) => unit({ note: '进展', attachmentIds: [ids.attachmentId] })],
  [`POST ${U}/tasks/{taskId}/completion`, 6, ({ ids }) => unit({ attachmentIds: [ids.attachmentId] })],
  [`POST ${U}/tasks/{taskId}/withdrawal`, 5, () => unit({ reason: '有误' })],
  [
    `POST ${U}/tasks/completions`,
    6,
    ({ ids }) => unit({ taskIds: [ids.taskId, 'duty-all-watch'], attachmentIds: [ids.attachmentId] }),
  ],
  [
    `POST ${U}/tasks/{taskId}/not-applicable`,
    5,
    ({ ids }) => {
      // One of the plan's: an added task was meant for just this unit.
      ids.taskId = 'duty-education-reporting';
      return unit({ reason: '辖区没有' });
    },
  ],
  [`POST ${U}/tasks/{taskId}/not-applicable/withdrawal`, 5, () => unit({ reason: '有一处' })],
  [
    `POST ${U}/tasks/{taskId}/cancellation`,
    5,
    ({ ids }) => {
      // The one that the unit asked of itself above.
      ids.taskId = `added-${Number(ids.addedBefore) + 1}`;
      return unit({ reason: '不必再办' });
    },
  ],
  [
    `POST ${E}/tasks`,
    5,
    ({ app }) =>
      office({ unitIds: app === many.app ? app.edition.units.map(({ unitId }) => unitId) : [UNIT], text: '加严' }),
  ],
  [
    `POST ${E}/tasks/{taskId}/cancellation`,
    5,
    ({ ids }) => {
      ids.taskId = `added-${Number(ids.addedBefore) + 2}`;
      return office({ reason: '不必再办' });
    },
  ],
  [
    `POST ${E}/referrals`,
    8,
    () =>
      office({ unitId: UNIT, to: 'committee', about: [{ deadline: 'report', subject: '2026-01-11' }], reason: '未报' }),
  ],
  [
    `POST ${E}/urges`,
    7,
    ({ app }) =>
      office({
        unitIds: app === many.app ? app.edition.units.map(({ unitId }) => unitId) : [UNIT],
        about: [{ deadline: 'report' }],
      }),
  ],
  [`GET ${E}/messages`, 6, ({ app }) => ({ query: app === many.app ? '?limit=200' : '?limit=1' })],
  [
    `POST ${E}/messages/{messageId}/deliveries`,
    11,
    async ({ app, ids }) => {
      const path = `${E.replace('{episodeId}', ids.episodeId!)}/messages?unitId=${UNIT}&state=reached`;
      const { body } = await app.ask('GET', path, { as: 'office' });
      const [urge] = (body.items as Array<{ messageId: string; about: { kind: string } }>).filter(
        ({ about }) => about.kind === 'unit.urged',
      );
      ids.messageId = urge!.messageId;
      return office({});
    },
  ],
  [
    `POST ${E}/circulars`,
    11,
    ({ app }) =>
      office({
        origin: 'district',
        title: '通报',
        text: '落实不到位',
        unitIds: app === many.app ? app.edition.units.map(({ unitId }) => unitId) : [UNIT],
      }),
  ],
  [`GET ${E}/circulars`, 3],
  [`GET ${E}/circulars/{circularId}.docx`, 6],
  [`GET ${U}/circulars`, 3],
  [`POST ${U}/circulars/{circularId}/acknowledgement`, 5, () => unit({})],
  [`PUT ${U}/circulars/{circularId}/answer`, 6, ({ ids }) => unit({ text: '已改', attachmentIds: [ids.attachmentId] })],
  [`POST ${E}/circulars/{circularId}/closing`, 6, () => office({ note: '办结' })],
  [`GET ${E}/circulars/{circularId}`, 3],
  [`POST ${U}/explanations`, 5, () => unit({ deadline: 'report', subject: '2026-01-11', reason: '断网' })],
  [`POST ${E}/suspensions`, 6, () => office({ items: ['duty-all-watch'], unitIds: [UNIT], reason: '节日保障' })],
  [`POST ${E}/suspensions/{suspensionId}/resumption`, 6, () => office({})],
  [`GET ${E}/digests`, 3],
  [`GET ${E}/digests/{date}`, 4],
  [`GET ${E}/texts`, 9],
  [`PUT ${E}/texts/{noticeId}/{audience}`, 12, () => office({ title: '题', text: '文' })],
  [`POST ${E}/texts/{noticeId}/{audience}/issues`, 17, () => office({})],
  [`GET ${E}/texts/{noticeId}/units.docx`, 10],
  [`GET ${E}/digests/{date}.docx`, 8],
  [`GET ${E}/digests/{date}.xlsx`, 6],
  [`POST ${E}/digests/{date}/submission`, 9, () => office({})],
  [
    `PUT ${U}/daily-reports/{date}`,
    6,
    ({ ids, app }) => {
      const problems = Array.from({ length: app === many.app ? 30 : 2 }, (_, n) => ({
        what: `问题${n}`,
        where: '某处',
      }));
      return unit({ text: '更正', problems, attachmentIds: [ids.attachmentId] });
    },
  ],
  [
    `POST ${U}/problems/{problemId}/resolution`,
    5,
    ({ ids }) => {
      ids.problemId = 'p1';
      return unit({ note: '已整改' });
    },
  ],
  ['GET /api/v1/problems', 2],
  [`GET ${E}/problems`, 3],
  [`GET ${U}/daily-reports/{date}`, 3],
  [
    'POST /api/v1/attachments',
    4,
    () => ({
      as: UNIT,
      raw: form.replace('1.4', '1.5'),
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
    }),
  ],
  ['GET /api/v1/attachments/{attachmentId}', 3],
  [`POST ${E}/lift/preview`, 14, ({ app }) => office({ notice: noticeBody(app.now(), '解除') })],
  [`POST ${E}/lift`, 6, ({ app }) => office({ notice: noticeBody(app.now(), '解除') })],
  [`PUT ${U}/summary`, 5, () => unit(prose)],
  [`GET ${U}/summary`, 3],
  [`GET ${E}/follow-up-report`, 4],
  [`GET ${E}/follow-up-report.docx`, 7],
  [`POST ${E}/follow-up-report/submission`, 8, () => office({})],
  [`GET ${E}/review`, 4],
  [`GET ${E}/review.docx`, 7],
  [
    `PUT ${E}/review`,
    5,
    ({ app }) =>
      office({
        conclusions: '有效',
        planRevisionNeeded: false,
        revisions: [
          { what: 'policy', text: '时限', unitId: UNIT, dueAt: new Date(app.now() + ONE_HOUR).toISOString() },
        ],
      }),
  ],
  [`GET ${E}/history`, 3, ({ app }) => ({ query: app === many.app ? '?limit=200' : '?limit=1' })],
  [`GET ${E}/history/verification`, 10],
  [`GET ${E}/ledger.xlsx`, 7],
  [`GET ${E}/ledger.csv`, 7],
  [`GET ${U}/ledger.xlsx`, 7],
  [`GET ${E}/history/text`, 10],
  [`GET ${E}/history/{seq}`, 5],
  [
    `GET ${E}/history/{seq}/paper`,
    5,
    async ({ app, ids }) => {
      const path = `${E.replace('{episodeId}', ids.episodeId!)}/history?kind=digest.submitted`;
      const { body } = await app.ask('GET', path, { as: 'office' });
      ids.seq = String((body.items as Array<{ seq: number }>)[0]!.seq);
      return {};
    },
  ],
  [`GET ${E}/accountability`, 3],
  [`GET ${E}/policy`, 3],
  [`GET ${E}/public-text`, 4],
  [`POST ${E}/statements`, 9, () => office({ about: 'concern', title: '停课吗', text: '不停课。' })],
  [
    `POST ${E}/appearances`,
    9,
    ({ app }) => office({ textId: 't1', medium: '视频号', at: new Date(app.now()).toISOString() }),
  ],
  [`GET ${E}/public-words`, 5],
  ['GET /api/v1/units/{unitId}/record', 4],
  [`POST ${E}/review/publication`, 5, () => office({})],
  ['GET /api/v1/exports', 2, () => ({ as: 'supervisor' })],
  ['GET /api/v1/revisions', 3],
  ['GET /api/v1/revisions/verification', 5],
  ['GET /api/v1/units/{unitId}/revisions', 3, () => unit()],
  ['POST /api/v1/units/{unitId}/revisions/{revisionId}/progress', 3, () => unit({ note: '已起草' })],
  [
    'POST /api/v1/units/{unitId}/revisions/{revisionId}/completion',
    3,
    ({ ids }) => {
      ids.revisionId = 'r2';
      return unit({ note: '已停工' });
    },
  ],
  [
    'POST /api/v1/revisions/{revisionId}/progress',
    3,
    ({ ids }) => {
      ids.revisionId = 'r1';
      return office({ note: '已审' });
    },
  ],
  [
    'POST /api/v1/revisions/{revisionId}/postponement',
    3,
    ({ app }) => office({ dueAt: new Date(app.now() + 2 * ONE_HOUR).toISOString(), reason: '待会审' }),
  ],
  ['POST /api/v1/revisions/{revisionId}/completion', 3, () => office({ note: '已修订' })],
  ['GET /api/v1/accounts/me', 2, () => ({ as: UNIT })],
  ['GET /api/v1/accounts/me/sessions', 2, () => ({ as: UNIT })],
  ['GET /api/v1/accounts/me/sign-ins', 2, () => ({ as: UNIT })],
  [
    'DELETE /api/v1/accounts/me/sessions/{sessionId}',
    2,
    async (side) => {
      side.ids.sessionId = await anotherSession(side);
      return { as: UNIT };
    },
  ],
  [
    'POST /api/v1/accounts',
    9,
    () => ({ as: 'administrator', body: { username: 'wang', name: '王伟', role: 'unit', unitId: UNIT } }),
  ],
  [
    'POST /api/v1/tokens',
    7,
    ({ app }) => ({
      as: 'administrator',
      body: { name: '平台', role: 'office', scope: 'read', expiresAt: new Date(app.now() + ONE_HOUR).toISOString() },
    }),
  ],
  ['GET /api/v1/tokens', 2, () => ({ as: 'administrator' })],
  ['DELETE /api/v1/tokens/{tokenId}', 3, () => ({ as: 'administrator' })],
  ['GET /api/v1/accounts', 2, () => ({ as: 'administrator' })],
  ['GET /api/v1/accounts/{accountId}', 2, () => ({ as: 'administrator' })],
  [
    'PUT /api/v1/accounts/{accountId}',
    12,
    () => ({ as: 'administrator', body: { name: '王', role: 'supervisor', disabled: false } }),
  ],
  ['POST /api/v1/accounts/{accountId}/password-reset', 9, () => ({ as: 'administrator', body: {} })],
  [
    'POST /api/v1/accounts/{accountId}/one-time-code/removal',
    9,
    async ({ app, ids }) => {
      const { accountId } = (await app.ask('GET', '/api/v1/accounts/me', { as: 'health' })).body;
      await enrol(app, 'health');
      ids.accountId = String(accountId);
      return { as: 'administrator', body: {} };
    },
  ],
  ['POST /api/v1/accounts/{accountId}/sessions/revocation', 9, () => ({ as: 'administrator', body: {} })],
  ['GET /api/v1/accounts/{accountId}/sign-ins', 3, () => ({ as: 'administrator' })],
  ['GET /api/v1/accounts/{accountId}/changes', 3, () => ({ as: 'administrator' })],
  ['GET /api/v1/sign-ins', 3, () => ({ as: 'administrator', query: '?text=a' })],
  ['GET /api/v1/accounts/{accountId}/sessions', 3, () => ({ as: 'administrator' })],
  [
    'DELETE /api/v1/accounts/{accountId}/sessions/{sessionId}',
    4,
    async (side) => {
      const { body } = await side.app.ask('GET', '/api/v1/accounts/me', { as: UNIT });
      Object.assign(side.ids, { accountId: body.accountId, sessionId: await anotherSession(side) });
      return { as: 'administrator' };
    },
  ],
  ['POST /api/v1/sessions', 6, ({ app }) => ({ as: 'nobody', body: signIn(app) })],
  ['POST /api/v1/accounts/me/one-time-code', 6, ({ app }) => unit({ password: signIn(app).password })],
  [
    'POST /api/v1/accounts/me/one-time-code/confirmation',
    7,
    async ({ app, ids }) => {
      const { password } = signIn(app);
      const begun = await app.ask('POST', '/api/v1/accounts/me/one-time-code', unit({ password }));
      ids.codeSecret = String(begun.body.secret);
      return unit({ code: codeAt(ids.codeSecret, app.now()) });
    },
  ],
  [
    'POST /api/v1/sessions/one-time-code',
    8,
    async ({ app, ids }) => {
      const { body } = await app.ask('POST', '/api/v1/sessions', { body: signIn(app) });
      return { as: 'nobody', body: { ticket: body.ticket, code: codeAt(ids.codeSecret!, app.now() + HALF_MINUTE) } };
    },
  ],
  [
    'POST /api/v1/accounts/me/one-time-code/removal',
    8,
    async ({ app, ids }) => {
      await app.pass(2 * HALF_MINUTE);
      return unit({ password: signIn(app).password, code: codeAt(ids.codeSecret!, app.now()) });
    },
  ],
  ['PUT /api/v1/accounts/me/password', 8, ({ app }) => unit({ current: signIn(app).password, next: 'Blue-sky-2026' })],
  [
    'POST /api/v1/units/{unitId}/account/first-password',
    12,
    ({ ids }) => {
      ids.unitId = ids.joinedUnitId!;
      return office({});
    },
  ],
  ['DELETE /api/v1/sessions/current', 2],
];

/** Every entry, 500 at a time, and every unit, 50 at a time. */
const READS_ALL = new Set([
  `GET ${E}/history/verification`,
  `GET ${E}/history/text`,
  `GET ${E}/ledger.xlsx`,
  `GET ${E}/ledger.csv`,
  `GET ${U}/ledger.xlsx`,
]);

const signIn = ({ accounts }: TestApp) => {
  const { username, password } = accounts.find(({ username }) => username === UNIT)!;
  return { username, password };
};

/** Of the unit's account, beside the one that asks. */
async function anotherSession({ app }: Side): Promise<string> {
  await app.ask('POST', '/api/v1/sessions', { body: signIn(app) });
  const { body } = await app.ask('GET', '/api/v1/accounts/me/sessions', { as: UNIT });
  return (body.items as Array<{ sessionId: string; current: boolean }>).find((one) => !one.current)!.sessionId;
}

const dutyRows = (days: number) =>
  Array.from({ length: days }, (_, n) => ({
    date: `2026-01-${15 + n}`,
    from: '08:00',
    until: '20:00',
    contactId: 'p-0',
  }));

/** The use of a session moves its end once a minute, whatever is asked. */
const isTouch = (node: RootOperationNode): boolean =>
  node.kind === 'UpdateQueryNode' && JSON.stringify(node.table).includes('"sessions"');

/** An app whose statements are counted, but not the engine's: turns have tests of their own (ledger/chain). */
async function side(): Promise<Side> {
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (!isTouch(node)) statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  databaseSource.open = async () => {
    const database = await openInMemory();
    return { ...database, db: database.db.withPlugin(counting) };
  };
  async function uncounted<T>(work: Promise<T>): Promise<T> {
    const before = statements;
    const answer = await work;
    statements = before;
    return answer;
  }
  const dress = (engine: EpisodeEngine): EpisodeEngine => ({
    ...engine,
    start: (...given) => uncounted(engine.start(...given)),
    submit: (...given) => uncounted(engine.submit(...given)),
  });
  const app = await testApp(dress);
  const ids: Record<string, string> = {
    unitId: UNIT,
    noticeId: 'n1',
    date: '2026-01-12',
    event: 'start',
    audience: 'units',
    channel: 'email',
    suspensionId: 's1',
    revisionId: 'r1',
    seq: '2',
  };

  async function count(route: string, { as = 'office', query = '', ...request }: Asked): Promise<number> {
    const [method = '', template = ''] = route.split(' ');
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
    await app.signIn(as === 'nobody' ? 'office' : as);
    const before = statements;
    const { status, headers, body } = await app.ask(method, path + query, { as, ...request });
    const made = statements - before;
    if (route === `POST ${E}/units`) ids.joinedUnitId = headers.get('Location')!.split('/').at(-1)!;
    if (status >= 300) throw new Error(`${route}: ${status} ${JSON.stringify(body)}`);
    for (const name of ['overrideId', 'importId', 'attachmentId', 'accountId', 'tokenId', 'handOverId', 'circularId'])
      if (typeof body[name] === 'string') ids[name] = body[name];
    return made;
  }
  return { app, ids, count };
}

/** An episode in its fourth day, with a report, an attachment and a task; `size` times of everything. */
async function filled({ app, ids, count }: Side, size: number): Promise<void> {
  const times = async (work: (n: number) => Promise<unknown>) => {
    for (let n = 0; n < size; n += 1) await work(n);
  };
  const started = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now()) });
  ids.episodeId = String(started.body.episodeId);
  await times(() => count('POST /api/v1/episodes', { body: startRequestBody(app.now(), { drill: { timeScale: 1 } }) }));
  await times((n) => count(`POST ${E}/units`, { body: { name: `第${n}街道`, kind: 'street' } }));
  await times((n) => count(`POST ${E}/tasks`, { body: { unitIds: [UNIT], text: `任务${n}` } }));
  await app.pass(80 * ONE_HOUR);
  await times((n) => count(`PUT ${U}/daily-reports/{date}`, { as: UNIT, body: { text: `第${n}次` } }));
  await times((n) =>
    count('POST /api/v1/attachments', {
      as: UNIT,
      raw: form.replace('1.4', `1.4 ${n}`),
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
    }),
  );
  const page = await app.ask('GET', `${U.replace('{episodeId}', ids.episodeId).replace('{unitId}', UNIT)}`, {
    as: UNIT,
  });
  ids.taskId = (page.body.tasks as Array<{ taskId: string }>).at(-1)!.taskId;
  ids.addedBefore = String(size);
}

let few: Side;
let many: Side;
beforeAll(async () => {
  few = await side();
  many = await side();
  await filled(few, 1);
  await filled(many, 10);
});
afterAll(async () => {
  await few.app.close();
  await many.app.close();
});

describe('statements of a route', () => {
  test.each(TABLE)('%s: at most %i, however much there is', async (...[route, most, request]) => {
    const counts: number[] = [];
    for (const one of [few, many]) counts.push(await one.count(route, (await request?.(one)) ?? {}));
    const [ofFew, ofMany] = counts;
    if (!READS_ALL.has(route)) expect(ofMany).toBeLessThanOrEqual(ofFew!);
    expect(Math.max(...counts)).toBeLessThanOrEqual(most);
  });

  test('are counted for every route', () => {
    const known = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(TABLE.map(([route]) => route).sort()).toEqual(known.sort());
  });
});
