import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../routes.js';
import { type TestApp, testApp } from '../testing/app.js';

const OWN = 'education';
const OTHER = 'construction';
const E = '/api/v1/episodes/{episodeId}';
const U = `${E}/units/{unitId}`;

/** Access by the contract: Office, Supervisor, Administrator, Unit. `u` is a unit for itself alone. */
const TABLE: Array<[string, string]> = [
  ['PUT /api/v1/accounts/me/password', 'OSAU'],
  ['GET /api/v1/plan', 'OSAU'],
  ['GET /api/v1/plan/messages', 'OSA'],
  ['POST /api/v1/plan/messages/preview', 'OA'],
  ['GET /api/v1/units', 'OSAU'],
  ['GET /api/v1/units/{unitId}/contacts', 'OAu'],
  ['PUT /api/v1/units/{unitId}/contacts', 'A'],
  ['GET /api/v1/units/{unitId}/roster', 'OSu'],
  ['PUT /api/v1/units/{unitId}/roster', 'Ou'],
  ['POST /api/v1/units/{unitId}/roster/overrides', 'Ou'],
  ['POST /api/v1/units/{unitId}/roster/overrides/{overrideId}/cancellation', 'Ou'],
  ['GET /api/v1/roster/gaps', 'OS'],
  ['GET /api/v1/readiness', 'OS'],
  ['GET /api/v1/roster.xlsx', 'OAU'],
  ['GET /api/v1/roster.csv', 'OSU'],
  ['GET /api/v1/contacts.csv', 'OAU'],
  ['POST /api/v1/roster/imports', 'OAU'],
  ['POST /api/v1/roster/imports/{importId}/confirmation', 'OAU'],
  ['POST /api/v1/episodes', 'O'],
  ['GET /api/v1/episodes', 'OSU'],
  [`GET ${E}`, 'OSU'],
  [`POST ${E}/adjustments`, 'O'],
  [`POST ${E}/lift`, 'O'],
  [`POST ${E}/units`, 'O'],
  [`POST ${E}/evaluations`, 'O'],
  [`GET ${E}/board`, 'OS'],
  [`GET ${U}`, 'OSu'],
  [`POST ${U}/acknowledgement`, 'Ou'],
  [`POST ${U}/implementation-reports`, 'Ou'],
  [`POST ${U}/tasks`, 'Ou'],
  [`POST ${U}/tasks/{taskId}/completion`, 'Ou'],
  [`POST ${U}/tasks/{taskId}/progress`, 'Ou'],
  [`POST ${U}/tasks/{taskId}/withdrawal`, 'Ou'],
  [`POST ${E}/tasks`, 'O'],
  [`GET ${E}/digests/{date}`, 'OS'],
  [`PUT ${U}/daily-reports/{date}`, 'Ou'],
  [`GET ${U}/daily-reports/{date}`, 'OSu'],
  [`PUT ${U}/summary`, 'Ou'],
  [`GET ${U}/summary`, 'OSu'],
  ['POST /api/v1/attachments', 'OU'],
  ['GET /api/v1/attachments/{attachmentId}', 'OSU'],
  [`GET ${E}/follow-up-report`, 'OS'],
  [`POST ${E}/follow-up-report/submission`, 'O'],
  [`GET ${E}/review`, 'OS'],
  [`PUT ${E}/review`, 'O'],
  [`POST ${E}/review/publication`, 'O'],
  [`GET ${E}/history`, 'OSu'],
  [`GET ${E}/history/verification`, 'OS'],
  [`GET ${E}/accountability`, 'OS'],
  // Last, because it ends the sessions that the others use.
  ['DELETE /api/v1/sessions/current', 'OSAU'],
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

// The episode does not exist: callers with access get 404 (or 400 for an empty body), and nothing is changed.
function concrete(path: string, unitId: string): string {
  const named = path.replace('{episodeId}', 'none').replace('{unitId}', unitId).replace('{taskId}', 'none');
  return named.replace('{date}', '2026-01-10').replace(/\/history$/, `/history?unitId=${unitId}`);
}

const changes = (method: string) => method === 'POST' || method === 'PUT';

describe.each(TABLE)('%s', (route, allowed) => {
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
      if (may) expect([200, 204, 400, 404]).toContain(status);
      else expect({ status, type: body.type }).toEqual({ status: 403, type: '/problems/not-allowed' });
    },
  );
});

test('the table has every route but signing in', () => {
  const known = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...TABLE.map(([route]) => route), 'POST /api/v1/sessions'].sort()).toEqual(known.sort());
});

test('a unit sees only its own history', async () => {
  const token = await app.ask('POST', '/api/v1/sessions', {
    body: { username: OWN, password: app.accounts.find(({ username }) => username === OWN)?.password },
  });
  const headers = { Authorization: `Bearer ${token.body.token}` };
  expect((await app.ask('GET', '/api/v1/episodes/none/history', { headers })).status).toBe(403);
});
