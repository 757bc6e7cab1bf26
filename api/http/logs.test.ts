/** What the log of the HTTP process says: whose each line is, and nothing of a person. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { createLinks, LINK_LIFE } from '../../ledger/people/links.js';
import { ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';

const UNIT = 'education';
/** Each stands once in a request; none may stand in the log. */
const PERSONAL = {
  name: '阿依古丽·吐尔逊',
  email: 'ayguli.tursun@education.example.cn',
  sms: '13912345678',
  phone: '0991-4691234',
  caller: '马建国，13887654321',
  note: '三号楼东侧裸土已覆盖，王师傅签字',
  problem: '北门工地未停工',
  reason: '网络中断两小时',
  password: 'kept-to-ones-own-9913',
  newcomer: '热依汗',
};

const lines: Array<Record<string, unknown>> = [];
const secrets: string[] = [];
let app: TestApp;
let path: string;
let unitPath: string;

beforeAll(async () => {
  app = await testApp(undefined, { logs: { write: (line) => lines.push(JSON.parse(line)) } });
  const { name, email, sms, phone } = PERSONAL;
  const contacts = [{ contactId: 'p-1', role: 'liaison', name, email, sms, phone }];
  const put = await app.ask('PUT', `/api/v1/units/${UNIT}/contacts`, { as: 'administrator', body: { contacts } });
  expect(put.status).toBe(200);
  const { body } = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now()) });
  path = `/api/v1/episodes/${body.episodeId}`;
  unitPath = `${path}/units/${UNIT}`;
});
afterAll(() => app.close());

const text = () => lines.map((line) => JSON.stringify(line)).join('\n');

/** What people do in it; each is taken, but for the three that are refused with what was given. */
async function aWholeLife(): Promise<void> {
  const { caller, note, problem, reason, password, newcomer } = PERSONAL;
  const ask = async (
    outcome: 'taken' | 'refused',
    method: string,
    at: string,
    as: string | undefined,
    given?: unknown,
  ) => {
    const { status, body } = await app.ask(method, at, { ...(as !== undefined && { as }), body: given });
    if (status < 300 !== (outcome === 'taken')) throw new Error(`${at}: ${status} ${JSON.stringify(body)}`);
    return body as Record<string, string>;
  };
  await ask('refused', 'POST', '/api/v1/sessions', undefined, { username: 'office', password });
  await ask('refused', 'POST', '/api/v1/sessions', undefined, { username: newcomer, password });
  await ask('refused', 'POST', `${unitPath}/acknowledgement`, UNIT, { onBehalf: { caller } });
  await ask('taken', 'POST', `${unitPath}/acknowledgement`, 'office', { onBehalf: { caller } });
  await ask('taken', 'POST', `${unitPath}/implementation-reports`, UNIT, { text: note });
  await ask('taken', 'POST', `${unitPath}/calls`, 'office', { contactId: 'p-1', outcome: 'no-answer', note: reason });
  await ask('taken', 'POST', `${path}/tasks`, 'office', { unitIds: [UNIT], text: note });
  await app.pass(24 * ONE_HOUR);
  await ask('taken', 'POST', `${unitPath}/explanations`, UNIT, { deadline: 'report', subject: '2026-01-10', reason });
  const problems = [{ what: problem, where: note }];
  await ask('taken', 'PUT', `${unitPath}/daily-reports/2026-01-10`, UNIT, { text: note, problems });
  const made = await ask('taken', 'POST', '/api/v1/accounts', 'administrator', {
    ...{ username: 'rayhan', name: newcomer, role: 'office' },
  });
  const expiresAt = new Date(app.now() + 24 * ONE_HOUR).toISOString();
  const program = await ask('taken', 'POST', '/api/v1/tokens', 'administrator', {
    ...{ name: newcomer, role: 'office', scope: 'act', expiresAt },
  });
  const link = await createLinks(app.database).sign(
    { purpose: 'acknowledge', episodeId: path.split('/').at(-1)!, unitId: UNIT, contact: 'p-1' },
    app.now() + LINK_LIFE,
  );
  for (const at of [`/a/${link}`, `/b/${link}`]) await fetch(app.url + at);
  await ask('taken', 'GET', `/api/v1/units/${UNIT}/contacts`, 'administrator');
  secrets.push(...app.accounts.map((account) => account.password), await app.signIn('office'), link);
  secrets.push(made.oneTimePassword!, program.token!);
}

test('a whole life leaves no name, number, address, text, password or token', async () => {
  await aWholeLife();
  expect(secrets.filter((secret) => !(secret?.length >= 8))).toEqual([]);
  const found = [...Object.values(PERSONAL), ...secrets].filter((one) => text().includes(one));
  expect(found).toEqual([]);
  expect(lines.length).toBeGreaterThan(10);
});

test('nor does a statement that the database refuses, with its parameters', async () => {
  await sql`alter table contacts rename column list to people`.execute(app.database.db);
  const { name } = PERSONAL;
  const contacts = [{ contactId: 'p-1', role: 'liaison', name, email: PERSONAL.email }];
  const answered = await fetch(`${app.url}/api/v1/units/${UNIT}/contacts`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await app.signIn('administrator')}` },
    body: JSON.stringify({ contacts }),
  });
  await sql`alter table contacts rename column people to list`.execute(app.database.db);
  expect(answered.status).toBe(500);
  const failed = lines.filter(({ msg }) => msg === 'request failed');
  expect(failed).toMatchObject([{ level: 50, requestId: expect.any(String), err: { code: expect.any(String) } }]);
  expect(JSON.stringify(failed)).not.toContain(name);
});

test('every line of a command names its request, its episode and the command', async () => {
  lines.length = 0;
  const requestId = '0123456789abcdef0123456789abcdef';
  const answered = await app.ask('POST', `${path}/tasks`, {
    as: 'office',
    body: { unitIds: [UNIT], text: '增加的任务' },
    headers: { 'X-Request-Id': requestId },
  });
  expect(answered.status).toBe(201);
  expect(answered.headers.get('X-Request-Id')).toBe(requestId);
  const episodeId = path.split('/').at(-1);
  const own = lines.filter((line) => line.path === `${path}/tasks`);
  expect(own).toMatchObject([{ requestId, episodeId, commandId: expect.any(String), msg: 'request', status: 201 }]);
});

test('two requests at once are told apart; an id that is more than an id is not taken over', async () => {
  lines.length = 0;
  const [one, other] = await Promise.all(
    ['王伟', '王伟'].map(() => app.ask('GET', path, { as: 'office', headers: { 'X-Request-Id': 'call 13912345678' } })),
  );
  const ids = [one!, other!].map(({ headers }) => headers.get('X-Request-Id'));
  expect(new Set(ids).size).toBe(2);
  expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true);
});
