import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../routes.js';
import { type TestApp, testApp } from '../testing/app.js';

const OWN = 'education';
const OTHER = 'construction';
const E = '/api/v1/episodes/{episodeId}';
const U = `${E}/units/{unitId}`;

/**
 * Access by the contract: Office, Supervisor, Administrator, Unit. `u` is a unit for itself alone. And the answer to
 * callers with access: the episode does not exist, and the body is no command, so that nothing is changed.
 */
const TABLE: Array<[route: string, allowed: string, status: number]> = [
  ['GET /api/v1/sessions/current', 'OSAU', 200],
  ['PUT /api/v1/accounts/me/password', 'OSAU', 400],
  ['GET /api/v1/events', 'OSAU', 200],
  ['GET /api/v1/accounts/me', 'OSAU', 200],
  ['GET /api/v1/accounts/me/sessions', 'OSAU', 200],
  ['DELETE /api/v1/accounts/me/sessions/{sessionId}', 'OSAU', 404],
  ['GET /api/v1/accounts/me/sign-ins', 'OSAU', 200],
  ['POST /api/v1/accounts/me/one-time-code', 'OSAU', 400],
  ['POST /api/v1/accounts/me/one-time-code/confirmation', 'OSAU', 400],
  ['POST /api/v1/accounts/me/one-time-code/removal', 'OSAU', 400],
  ['GET /api/v1/tokens', 'A', 200],
  ['POST /api/v1/tokens', 'A', 400],
  ['DELETE /api/v1/tokens/{tokenId}', 'A', 404],
  ['GET /api/v1/accounts', 'A', 200],
  ['POST /api/v1/accounts', 'A', 400],
  ['GET /api/v1/accounts/{accountId}', 'A', 404],
  ['PUT /api/v1/accounts/{accountId}', 'A', 404],
  ['POST /api/v1/accounts/{accountId}/password-reset', 'A', 404],
  ['POST /api/v1/accounts/{accountId}/one-time-code/removal', 'A', 404],
  ['POST /api/v1/accounts/{accountId}/sessions/revocation', 'A', 404],
  ['GET /api/v1/accounts/{accountId}/sessions', 'A', 404],
  ['DELETE /api/v1/accounts/{accountId}/sessions/{sessionId}', 'A', 404],
  ['GET /api/v1/accounts/{accountId}/sign-ins', 'A', 404],
  ['GET /api/v1/accounts/{accountId}/changes', 'A', 404],
  ['GET /api/v1/sign-ins', 'A', 200],
  ['GET /api/v1/plan', 'OSAU', 200],
  ['GET /api/v1/plan/policy', 'OSAU', 200],
  ['GET /api/v1/plan/messages', 'OSA', 200],
  ['GET /api/v1/plan/messages/{event}/html', 'OSA', 400],
  ['POST /api/v1/plan/messages/preview', 'OA', 400],
  ['GET /api/v1/units', 'OSAU', 200],
  ['GET /api/v1/units/{unitId}/contacts', 'OAu', 200],
  ['GET /api/v1/units/{unitId}/record', 'OSu', 200],
  ['PUT /api/v1/units/{unitId}/contacts', 'A', 400],
  ['GET /api/v1/units/{unitId}/roster', 'OSu', 200],
  ['PUT /api/v1/units/{unitId}/roster', 'Ou', 400],
  ['POST /api/v1/units/{unitId}/roster/overrides', 'Ou', 400],
  ['POST /api/v1/units/{unitId}/roster/overrides/{overrideId}/cancellation', 'Ou', 404],
  ['POST /api/v1/units/{unitId}/account/first-password', 'OA', 400],
  ['GET /api/v1/roster', 'OS', 200],
  ['GET /api/v1/roster/gaps', 'OSA', 200],
  ['GET /api/v1/readiness', 'OSA', 200],
  ['GET /api/v1/roster.xlsx', 'OAU', 200],
  ['GET /api/v1/roster.csv', 'OSU', 200],
  ['GET /api/v1/contacts.csv', 'OAU', 200],
  ['POST /api/v1/roster/imports', 'OAU', 400],
  ['POST /api/v1/roster/imports/{importId}/confirmation', 'OAU', 404],
  ['GET /api/v1/channels', 'OA', 200],
  ['POST /api/v1/channels/{channel}/tests', 'OA', 400],
  ['GET /api/v1/hand-overs', 'OS', 200],
  ['POST /api/v1/hand-overs', 'O', 400],
  ['POST /api/v1/hand-overs/{handOverId}/acknowledgement', 'O', 404],
  ['POST /api/v1/episodes', 'O', 400],
  ['POST /api/v1/episodes/preview', 'O', 400],
  ['GET /api/v1/episodes', 'OSU', 200],
  [`GET ${E}`, 'OSU', 404],
  [`POST ${E}/adjustments`, 'O', 404],
  [`POST ${E}/lift`, 'O', 404],
  [`POST ${E}/adjustments/preview`, 'O', 404],
  [`POST ${E}/lift/preview`, 'O', 404],
  [`POST ${E}/notices/{noticeId}/number`, 'O', 404],
  [`POST ${E}/suspensions`, 'O', 404],
  [`POST ${E}/suspensions/{suspensionId}/resumption`, 'O', 404],
  [`POST ${E}/units`, 'O', 404],
  [`POST ${E}/evaluations`, 'O', 404],
  [`GET ${E}/board`, 'OS', 404],
  [`GET ${U}`, 'OSu', 404],
  [`POST ${U}/acknowledgement`, 'Ou', 404],
  [`POST ${U}/implementation-reports`, 'Ou', 404],
  [`POST ${U}/tasks`, 'Ou', 404],
  [`POST ${U}/explanations`, 'Ou', 404],
  [`POST ${U}/tasks/{taskId}/cancellation`, 'Ou', 404],
  [`POST ${U}/tasks/{taskId}/completion`, 'Ou', 404],
  [`POST ${U}/tasks/completions`, 'Ou', 404],
  [`POST ${U}/tasks/{taskId}/not-applicable`, 'Ou', 404],
  [`POST ${U}/tasks/{taskId}/not-applicable/withdrawal`, 'Ou', 404],
  [`POST ${U}/tasks/{taskId}/progress`, 'Ou', 404],
  [`POST ${U}/tasks/{taskId}/withdrawal`, 'Ou', 404],
  [`POST ${E}/tasks`, 'O', 404],
  [`POST ${E}/tasks/{taskId}/cancellation`, 'O', 404],
  [`POST ${E}/referrals`, 'O', 404],
  [`POST ${E}/circulars`, 'O', 404],
  [`GET ${E}/circulars`, 'OS', 404],
  [`GET ${E}/circulars/{circularId}.docx`, 'OS', 404],
  [`GET ${E}/circulars/{circularId}`, 'OS', 404],
  [`POST ${E}/circulars/{circularId}/closing`, 'O', 404],
  [`GET ${U}/circulars`, 'OSu', 404],
  [`POST ${U}/circulars/{circularId}/acknowledgement`, 'Ou', 404],
  [`PUT ${U}/circulars/{circularId}/answer`, 'Ou', 404],
  [`GET ${E}/messages`, 'O', 404],
  [`POST ${E}/messages/{messageId}/deliveries`, 'O', 404],
  [`POST ${E}/urges`, 'O', 404],
  [`GET ${E}/digests`, 'OS', 404],
  [`GET ${E}/calling-list`, 'O', 404],
  [`POST ${U}/calls`, 'O', 404],
  [`GET ${U}/reach`, 'O', 404],
  [`GET ${E}/texts`, 'OS', 404],
  [`GET ${E}/texts/{noticeId}/units.docx`, 'OS', 404],
  [`PUT ${E}/texts/{noticeId}/{audience}`, 'O', 404],
  [`POST ${E}/texts/{noticeId}/{audience}/issues`, 'O', 404],
  [`GET ${E}/digests/{date}.docx`, 'OS', 404],
  [`GET ${E}/digests/{date}.xlsx`, 'OS', 404],
  [`GET ${E}/digests/{date}`, 'OS', 404],
  [`POST ${E}/digests/{date}/submission`, 'O', 404],
  [`PUT ${U}/daily-reports/{date}`, 'Ou', 404],
  [`GET ${U}/daily-reports/{date}`, 'OSu', 404],
  [`POST ${U}/problems/{problemId}/resolution`, 'Ou', 404],
  ['GET /api/v1/problems', 'OS', 200],
  [`GET ${E}/problems`, 'OS', 404],
  [`PUT ${U}/summary`, 'Ou', 404],
  [`GET ${U}/summary`, 'OSu', 404],
  ['POST /api/v1/attachments', 'OU', 400],
  ['GET /api/v1/attachments/{attachmentId}', 'OSU', 404],
  [`GET ${E}/follow-up-report.docx`, 'OS', 404],
  [`GET ${E}/follow-up-report`, 'OS', 404],
  [`POST ${E}/follow-up-report/submission`, 'O', 404],
  [`GET ${E}/review.docx`, 'OS', 404],
  [`GET ${E}/review`, 'OS', 404],
  [`PUT ${E}/review`, 'O', 404],
  [`POST ${E}/review/publication`, 'O', 404],
  [`GET ${E}/ledger.xlsx`, 'OS', 404],
  [`GET ${E}/ledger.csv`, 'OS', 404],
  [`GET ${U}/ledger.xlsx`, 'OSu', 404],
  [`GET ${E}/history`, 'OSu', 404],
  [`GET ${E}/history/verification`, 'OS', 404],
  [`GET ${E}/history/text`, 'OS', 404],
  [`GET ${E}/history/{seq}`, 'OS', 404],
  [`GET ${E}/history/{seq}/paper`, 'OS', 404],
  [`GET ${E}/accountability`, 'OS', 404],
  [`GET ${E}/policy`, 'OS', 404],
  [`GET ${E}/public-text`, 'OS', 404],
  [`GET ${E}/public-words`, 'OSU', 404],
  [`POST ${E}/statements`, 'O', 404],
  [`POST ${E}/appearances`, 'OU', 404],
  ['GET /api/v1/exports', 'SA', 200],
  ['GET /api/v1/revisions', 'OS', 200],
  ['GET /api/v1/revisions/verification', 'OS', 200],
  ['POST /api/v1/revisions/{revisionId}/progress', 'O', 404],
  ['POST /api/v1/revisions/{revisionId}/postponement', 'O', 404],
  ['POST /api/v1/revisions/{revisionId}/completion', 'O', 404],
  ['GET /api/v1/units/{unitId}/revisions', 'OSu', 200],
  ['POST /api/v1/units/{unitId}/revisions/{revisionId}/progress', 'u', 404],
  ['POST /api/v1/units/{unitId}/revisions/{revisionId}/completion', 'u', 404],
  // Last, because it ends the sessions that the others use.
  ['DELETE /api/v1/sessions/current', 'OSAU', 204],
];

const WHO = [
  { username: 'office', unitId: OTHER, letters: 'O' },
  { username: 'supervisor', unitId: OTHER, letters: 'S' },
  { username: 'administrator', unitId: OTHER, letters: 'A' },
  { username: OWN, unitId: OWN, letters: 'Uu' },
  { username: OWN, unitId: OTHER, letters: 'U' },
];

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

function concrete(path: string, unitId: string): string {
  const named = path
    .replace('{episodeId}', 'none')
    .replace('{unitId}', unitId)
    .replace('{taskId}', 'none')
    .replace('{problemId}', 'p1');
  return named
    .replace('{noticeId}', 'n1')
    .replace('{date}', '2026-01-10')
    .replace('{seq}', '1')
    .replace(/\/history$/, `/history?unitId=${unitId}`);
}

const changes = (method: string) => method === 'POST' || method === 'PUT';

describe.each(TABLE)('%s', (route, allowed, expected) => {
  const [method = '', path = ''] = route.split(' ');
  const isNamed = path.includes('{unitId}') || path.endsWith('/history');

  test('nobody without signing in: 401', async () => {
    const answered = await app.ask(method, concrete(path, OWN), { as: 'nobody' });
    expect(answered).toMatchObject({ status: 401, body: { type: '/problems/sign-in-required' } });
  });

  test.each(WHO.filter(({ username, unitId }) => isNamed || username !== OWN || unitId === OWN))(
    `$username on $unitId`,
    async ({ username, unitId, letters }) => {
      const request = { as: username, ...(changes(method) ? { body: { nonsense: true } } : {}) };
      const { status, body } = await app.ask(method, concrete(path, unitId), request);
      const may = [...letters].some((letter) => allowed.includes(letter));
      if (may) expect(status).toBe(expected);
      else expect({ status, type: body.type }).toEqual({ status: 403, type: '/problems/not-allowed' });
    },
  );
});

test('the table has every route but signing in', () => {
  const known = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const signingIn = ['GET /api/v1/sign-in-ways', 'POST /api/v1/sessions', 'POST /api/v1/sessions/one-time-code'];
  expect([...TABLE.map(([route]) => route), ...signingIn].sort()).toEqual(known.sort());
});

test('a unit sees only its own history', async () => {
  const token = await app.ask('POST', '/api/v1/sessions', {
    body: { username: OWN, password: app.accounts.find(({ username }) => username === OWN)?.password },
  });
  const headers = { Authorization: `Bearer ${token.body.token}` };
  expect((await app.ask('GET', '/api/v1/episodes/none/history', { headers })).status).toBe(403);
});
