import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { noteRefusal } from '../../ledger/channel-health.js';
import { noteWays } from '../../ledger/channels.js';
import { replaceContacts } from '../../ledger/people/contacts.js';
import { noticeBody, startRequestBody, type TestApp, testApp } from '../testing/app.js';

const UNIT = 'education';
let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  // The first request of a session makes its secret.
  await app.ask('GET', '/api/v1/units', { as: 'office' });
  await noteWays(
    app.database,
    ['email', 'sms', 'wecom 区级工作群'].map((way) => ({ way, limits: [] })),
  );
  await replaceContacts(app.database, UNIT, [
    {
      contactId: 'liaison:1',
      role: 'liaison',
      name: '甲',
      sms: '13900000000',
      email: 'a@education.cn',
      wecom: '区级工作群',
    },
    { contactId: 'lead:1', role: 'lead', name: '乙', sms: '13900000001', email: 'b@education.cn' },
    { contactId: 'deputy:1', role: 'deputy', name: '丙' },
  ]);
});
afterAll(() => app.close());

/** Every row of every table as a hash, but for sessions, whose end moves with use. */
async function everything(): Promise<object> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name <> 'sessions' order by 1`.execute(app.database.db);
  const hashes = tables.map(async ({ name }) => {
    const { rows } = await sql<{ hash: string }>`
      select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) as hash
      from ${sql.table(name)} as t`.execute(app.database.db);
    return [name, rows[0]!.hash] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

interface Preview {
  level: object;
  alreadyEntered?: object;
  recipients: {
    people: number;
    items: Array<{ unitId: string; people: object[] }>;
    unreachable: object[];
    besides: object[];
  };
  tasks: {
    counts: Record<string, number>;
    words: Array<{ taskId: string; text: string }>;
    items: Array<{ unitId: string; new: string[] }>;
  };
  dueTimes: Array<{ deadline: string; dueAt: string; units?: number }>;
  warnings: Array<{ kind: string; detail: string }>;
}

/** The answer of a preview, which must have written nothing. */
async function preview(at: string, body: object, key?: string) {
  const before = await everything();
  const answered = await app.ask('POST', `${at}/preview`, {
    as: 'office',
    body,
    ...(key ? { headers: { 'Idempotency-Key': key } } : {}),
  });
  expect(await everything()).toEqual(before);
  return { status: answered.status, body: answered.body as unknown as Preview & { type?: string } };
}

const due = ({ dueTimes }: Preview, deadline: string) => dueTimes.find((one) => one.deadline === deadline);

test('§3.1.3 a start is shown before it is entered: whom it tells, the tasks, the times, and it writes nothing', async () => {
  const body = startRequestBody(app.now());
  const shown = await preview('/api/v1/episodes', body, 'start-1');
  expect(shown).toMatchObject({
    status: 200,
    body: {
      level: { after: { warningLevel: 'yellow', responseLevel: 'III', cityLevel: 'yellow' } },
      inForce: true,
      recipients: { units: app.edition.units.length, besides: [{ channel: 'wecom', name: '区级工作群' }] },
    },
  });
  expect(shown.body.level).not.toHaveProperty('before');
  const { recipients, tasks } = shown.body;
  expect(recipients.items.find(({ unitId }) => unitId === UNIT)!.people).toMatchObject([
    { contactId: 'liaison:1', name: '甲', onDuty: true, channels: ['sms', 'email'] },
    // At yellow a lead who is not on duty is told by mail alone.
    { contactId: 'lead:1', name: '乙', onDuty: false, channels: ['email'] },
  ]);
  expect(recipients.unreachable).toContainEqual(
    expect.objectContaining({ unitId: 'construction', reason: 'placeholder' }),
  );
  expect(tasks.counts).toMatchObject({ tightened: 0, ended: 0 });
  expect(tasks.counts.new).toBeGreaterThan(app.edition.units.length);
  expect(tasks.words.every(({ text }) => text.length > 0)).toBe(true);

  const entered = await app.ask('POST', '/api/v1/episodes', {
    as: 'office',
    body,
    headers: { 'Idempotency-Key': 'start-1' },
  });
  expect(entered.status).toBe(201);
  const path = `/api/v1/episodes/${entered.body.episodeId}`;
  const page = (await app.ask('GET', `${path}/units/${UNIT}`, { as: UNIT })).body as {
    tasks: Array<{ taskId: string }>;
    acknowledgementDueAt: string;
    implementation: Array<{ dueAt: string }>;
  };
  expect(tasks.items.find(({ unitId }) => unitId === UNIT)!.new.toSorted()).toEqual(
    page.tasks.map(({ taskId }) => taskId).toSorted(),
  );
  expect(due(shown.body, 'acknowledgement')).toEqual({
    deadline: 'acknowledgement',
    dueAt: page.acknowledgementDueAt,
    units: app.edition.units.length,
  });
  expect(due(shown.body, 'implementation')).toMatchObject({ dueAt: page.implementation[0]!.dueAt });
  expect(due(shown.body, 'report')).toMatchObject({ date: '2026-01-10', dueAt: '2026-01-11T12:00:00.000+08:00' });

  expect((await preview('/api/v1/episodes', body)).body).toMatchObject({
    alreadyEntered: { episodeId: entered.body.episodeId, seq: 1 },
    dueTimes: [],
  });
  expect(await preview('/api/v1/episodes', startRequestBody(app.now()))).toMatchObject({
    status: 409,
    body: { type: '/problems/episode-active' },
  });
  expect(await preview('/api/v1/episodes', { ...body, cityLevel: 'red' })).toMatchObject({
    status: 409,
    body: { type: '/problems/notice-conflict' },
  });
  episode = path;
});

let episode = '';

test('§4.3 an adjustment shows what changes for each unit, and warns of what does not fit', async () => {
  await noteRefusal(app.database, { way: 'sms', fault: 'account', reason: '401', nextTryAt: app.now() }, app.now());
  const notice = { ...noticeBody(app.now(), '调整1号'), text: '升级为红色预警。' };
  const { status, body } = await preview(`${episode}/adjustments`, { notice, cityLevel: 'orange' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    level: { before: { warningLevel: 'yellow' }, after: { warningLevel: 'orange', responseLevel: 'II' } },
  });
  expect(Math.min(body.tasks.counts.tightened!, body.tasks.counts.continued!, body.tasks.counts.new!)).toBeGreaterThan(
    0,
  );
  const kinds = body.warnings.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['text', 'channel-ill', 'unreachable', 'roster-gap']));
  expect(body.warnings.find(({ kind }) => kind === 'text')!.detail).toContain('红色预警');
});

test.each<[string, () => object, number, string]>([
  [
    'the level that is in force',
    () => ({ notice: noticeBody(app.now(), '调整2号'), cityLevel: 'yellow' }),
    409,
    'nothing-changed',
  ],
  [
    'a level below the city’s',
    () => ({ notice: noticeBody(app.now(), '调整2号'), cityLevel: 'red', level: 'orange' }),
    422,
    'level-below-city',
  ],
  [
    'a level above the city’s without a reason',
    () => ({ notice: noticeBody(app.now(), '调整2号'), cityLevel: 'orange', level: 'red' }),
    400,
    'fields-invalid',
  ],
  [
    'an unknown attachment',
    () => ({ notice: { ...noticeBody(app.now(), '调整2号'), attachmentIds: ['0'.repeat(64)] }, cityLevel: 'orange' }),
    400,
    'fields-invalid',
  ],
  ['no level', () => ({ notice: noticeBody(app.now(), '调整2号') }), 400, 'fields-invalid'],
])('%s is refused as the act refuses it', async (_, body, status, type) => {
  const shown = await preview(`${episode}/adjustments`, body());
  const acted = await app.ask('POST', `${episode}/adjustments`, { as: 'office', body: body() });
  expect(shown).toMatchObject({ status, body: { type: `/problems/${type}` } });
  expect(shown).toMatchObject({ status: acted.status, body: acted.body });
});

test('§3.1.5, §5 a lifting shows what ends and what is then due', async () => {
  const body = {
    notice: { ...noticeBody(app.now(), '解除1号'), received: { by: 'telephone', from: '市环委办 张某' } },
  };
  const shown = await preview(`${episode}/lift`, body);
  expect(shown).toMatchObject({
    status: 200,
    body: {
      level: { before: { warningLevel: 'yellow' } },
      ends: expect.arrayContaining([{ deadline: 'acknowledgement', units: app.edition.units.length }]),
    },
  });
  await app.ask('POST', `${episode}/lift`, { as: 'office', body });
  const followUp = await app.ask('GET', `${episode}/follow-up-report`, { as: 'office' });
  expect(due(shown.body, 'follow-up')).toMatchObject({ dueAt: followUp.body.dueAt });
  expect(due(shown.body, 'summary')).toMatchObject({ units: app.edition.units.length });
  expect((await preview(`${episode}/lift`, { notice: noticeBody(app.now(), '解除2号') })).status).toBe(409);
});

test('a unit, the supervisor and the administrator see no preview', async () => {
  for (const as of [UNIT, 'supervisor', 'administrator'])
    expect(
      (await app.ask('POST', `${episode}/lift/preview`, { as, body: { notice: noticeBody(app.now(), '3号') } })).status,
    ).toBe(403);
});
