import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { contentHashOf } from '../http/idempotency.js';
import { appInEpisode, ONE_HOUR, startRequestBody, type TestApp } from '../testing/app.js';

const UNIT = 'construction';
const STREET = 'street-qifang';

let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
});
afterAll(() => app.close());

interface Task {
  taskId: string;
  text: string;
  status: string;
  category: string;
  deadline?: { status: string };
}
const own = (unitId = UNIT) => `${path}/units/${unitId}`;
const tasksOf = async (unitId = UNIT) => (await app.ask('GET', own(unitId), { as: unitId })).body.tasks as Task[];
const historyOf = async (kind: string, as = 'office') =>
  (await app.ask('GET', `${path}/history?kind=${kind}${as === 'office' ? '' : `&unitId=${as}`}`, { as })).body
    .items as Array<Record<string, unknown>>;

test('§6.6 a start warns of units that no message can reach, and goes on', async () => {
  const phone = { contacts: [{ role: 'lead', name: '王强', phone: '0991-4810000' }] };
  await app.ask('PUT', '/api/v1/units/education/contacts', { as: 'administrator', body: phone });
  const mail = { contacts: [{ role: 'liaison', name: '李娜', email: 'lina@health.gov.cn' }] };
  await app.ask('PUT', '/api/v1/units/health/contacts', { as: 'administrator', body: mail });
  const body = startRequestBody(app.now(), { drill: { timeScale: 1 } });
  const answered = await app.ask('POST', '/api/v1/episodes', { as: 'office', body });
  expect(answered.status).toBe(201);
  const warnings = answered.body.warnings as Array<{ unitId: string; reason: string }>;
  expect(warnings.find(({ unitId }) => unitId === 'education')).toMatchObject({
    name: '区教育局',
    reason: 'no-channel',
  });
  expect(warnings.find(({ unitId }) => unitId === 'office')).toMatchObject({ reason: 'placeholder' });
  expect(warnings.some(({ unitId }) => unitId === 'health')).toBe(false);
});

describe('§4.3 tasks', () => {
  test('each says what this unit does, on which card, and which duty of annex 1 is done with it', async () => {
    const sites = async (unitId: string) => (await tasksOf(unitId)).find(({ taskId }) => taskId === 'iii-dust-2');
    expect(await sites(UNIT)).toMatchObject({
      role: 'lead',
      group: '工地',
      do: expect.stringContaining('逐个下达停工通知'),
      alsoClauses: ['附件1三（十一）'],
    });
    expect(await sites(STREET)).toMatchObject({ role: 'assist', group: '工地', do: expect.stringContaining('巡查') });
  });

  test('the plan lists the duties of the whole year, which are no tasks, with clause and text', async () => {
    const { body } = await app.ask('GET', '/api/v1/plan', { as: UNIT });
    const standing = body.standingDuties as Array<{ id: string; units: string[] }>;
    expect(standing.find(({ id }) => id === 'duty-construction-own-plan')).toMatchObject({
      units: [UNIT],
      clause: '附件1三（十一）',
      text: expect.stringContaining('制定本部门落实措施'),
      by: 'office',
      why: expect.any(String),
    });
    const own = (await tasksOf()).map(({ taskId }) => taskId);
    expect(standing.filter(({ id }) => own.includes(id))).toEqual([]);
    expect(body.items).toContainEqual(
      expect.objectContaining({ id: 'iii-dust-2', clause: '4.3.2.3', text: expect.stringContaining('绕城高速') }),
    );
  });

  test('the office adds a stricter one for several units; each sees its words and its time', async () => {
    const dueAt = new Date(app.now() + 4 * ONE_HOUR).toISOString();
    const answered = await app.ask('POST', `${path}/tasks`, {
      as: 'office',
      body: { unitIds: [UNIT, STREET], text: '当日复查全部停工工地。', dueAt },
    });
    expect(answered).toMatchObject({ status: 201, body: { entry: { kind: 'task.added' } } });
    expect(answered.headers.get('Location')).toBe(own());
    for (const unitId of [UNIT, STREET]) {
      expect((await tasksOf(unitId)).at(-1)).toMatchObject({
        category: 'added',
        clause: '4.3',
        text: '当日复查全部停工工地。',
        status: 'open',
        deadline: { status: 'pending' },
      });
    }
  });

  test('a street office adds its own; not another’s', async () => {
    const body = { text: '夜间加密巡查。' };
    expect(await app.ask('POST', `${own(STREET)}/tasks`, { as: STREET, body })).toMatchObject({
      status: 201,
      body: { unitId: STREET, entry: { kind: 'task.added' } },
    });
    expect((await tasksOf(STREET)).at(-1)).toMatchObject({ text: '夜间加密巡查。', category: 'added' });
    expect((await app.ask('POST', `${own()}/tasks`, { as: STREET, body })).status).toBe(403);
  });

  test('an added task is taken back: by the office for all, by a unit its own alone', async () => {
    const office = (at: string, body: object) => app.ask('POST', `${path}${at}`, { as: 'office', body });
    const added = await office('/tasks', { unitIds: [UNIT, STREET], text: '夜间复查。' });
    const ofOffice = ((await app.ask('GET', own(), { as: UNIT })).body.tasks as Array<{ taskId: string }>).at(-1)!;
    expect(added.status).toBe(201);
    const mine = `${own(STREET)}/tasks/${ofOffice.taskId}/cancellation`;
    expect(await app.ask('POST', mine, { as: STREET, body: { reason: '已做过' } })).toMatchObject({
      status: 409,
      body: { type: '/problems/task-of-office' },
    });
    const cancelled = await office(`/tasks/${ofOffice.taskId}/cancellation`, { reason: '市里已统一安排' });
    expect(cancelled).toMatchObject({ status: 200, body: { entry: { kind: 'task.cancelled' } } });
    for (const unitId of [UNIT, STREET]) {
      expect((await tasksOf(unitId)).find(({ taskId }) => taskId === ofOffice.taskId)).toMatchObject({
        status: 'ended',
        cancelled: { reason: '市里已统一安排', seq: expect.any(Number) },
      });
    }
    const { body } = await app.ask('GET', `${path}/history?kind=task.cancelled`, { as: 'office' });
    expect(body.items).toMatchObject([{ unitId: UNIT }, { unitId: STREET, view: { text: '市里已统一安排' } }]);

    await app.ask('POST', `${own(STREET)}/tasks`, { as: STREET, body: { text: '加派一班。' } });
    const itsOwn = (await tasksOf(STREET)).at(-1)!;
    expect(itsOwn).toMatchObject({ own: true, status: 'open' });
    expect(
      await app.ask('POST', `${own(STREET)}/tasks/${itsOwn.taskId}/cancellation`, {
        as: STREET,
        body: { reason: '人手不够' },
      }),
    ).toMatchObject({ status: 200, body: { unitId: STREET, entry: { kind: 'task.cancelled' } } });
  });

  test('progress is noted, a completion taken back with its reason', async () => {
    const [task] = await tasksOf();
    const at = `${own()}/tasks/${task!.taskId}`;
    const note = await app.ask('POST', `${at}/progress`, { as: UNIT, body: { note: '已停六成' } });
    expect(note).toMatchObject({ status: 200, body: { entry: { kind: 'task.progressed' } } });
    expect((await app.ask('POST', `${at}/withdrawal`, { as: UNIT, body: { reason: '仍在施工' } })).body).toMatchObject({
      status: 409,
      type: '/problems/task-not-done',
    });
    await app.ask('POST', `${at}/completion`, { as: UNIT, body: { note: '已停工', attachmentIds: [] } });
    const taken = await app.ask('POST', `${at}/withdrawal`, { as: UNIT, body: { reason: '仍在施工' } });
    expect(taken).toMatchObject({ status: 200, body: { entry: { kind: 'task.withdrawn' } } });
    expect((await tasksOf())[0]).toMatchObject({ taskId: task!.taskId, status: 'open' });
  });

  test.each([
    ['a unit that is none', { unitIds: ['nobody'], text: '巡查' }, 404, 'unit-unknown'],
    ['no unit', { unitIds: [], text: '巡查' }, 400, 'fields-invalid'],
    ['a unit twice', { unitIds: [UNIT, UNIT], text: '巡查' }, 400, 'fields-invalid'],
    ['a time that has passed', { unitIds: [UNIT], text: '巡查', dueAt: '2026-01-01T00:00:00+08:00' }, 422, 'due-time'],
  ])('refused: %s', async (_name, body, status, type) => {
    expect(await app.ask('POST', `${path}/tasks`, { as: 'office', body })).toMatchObject({
      status,
      body: { type: `/problems/${type}` },
    });
  });
});

describe('names that every object inherits are no unit and no task', () => {
  test.each(['__proto__', 'constructor', 'toString'])('%s', async (name) => {
    const before = (await app.ask('GET', `${path}/history/verification`, { as: 'office' })).body.entries;
    const tasks = await app.ask('POST', `${path}/tasks`, { as: 'office', body: { unitIds: [name], text: '巡查' } });
    expect(tasks).toMatchObject({ status: 404, body: { type: '/problems/unit-unknown' } });
    const done = await app.ask('POST', `${own()}/tasks/${name}/completion`, { as: UNIT, body: {} });
    expect(done).toMatchObject({ status: 404, body: { type: '/problems/task-unknown' } });
    expect((await app.ask('GET', own(name), { as: 'office' })).status).toBe(404);
    expect((await app.ask('GET', `${path}/history/verification`, { as: 'office' })).body.entries).toBe(before);
  });

  test('nor is a NUL an id', async () => {
    expect((await app.ask('GET', '/api/v1/episodes/%00', { as: 'office' })).status).toBe(404);
  });
});

describe('§6.6 the office acts for a unit that telephones', () => {
  test('the entry says so; the caller’s name is kept beside the chain and can be removed', async () => {
    const body = { onBehalf: { caller: '王强，13900000001' } };
    const answered = await app.ask('POST', `${own(STREET)}/acknowledgement`, { as: 'office', body });
    expect(answered).toMatchObject({ status: 200, body: { confirmation: 'confirmed' } });
    const [entry] = await historyOf('unit.acknowledged');
    expect(entry).toMatchObject({
      unitId: STREET,
      actor: { role: 'office' },
      data: { onBehalf: { reference: expect.any(String), hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      view: { caller: '王强，13900000001' },
    });
    expect(JSON.stringify({ ...entry, view: undefined })).not.toContain('王强');

    await app.database.db.deleteFrom('personal_data').execute();
    expect((await historyOf('unit.acknowledged'))[0]).not.toHaveProperty('view');
    expect((await app.ask('GET', `${path}/history/verification`, { as: 'office' })).body).toMatchObject({
      valid: true,
    });
  });

  test('a unit does not say it acts for itself', async () => {
    const body = { onBehalf: { caller: '王强' } };
    expect(await app.ask('POST', `${own()}/acknowledgement`, { as: UNIT, body })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'onBehalf' }] },
    });
  });

  test('repeated with its key it is one entry with the same caller', async () => {
    const request = {
      as: 'office',
      body: { text: '已全部停工', onBehalf: { caller: '李娜' } },
      headers: { 'Idempotency-Key': 'rang-once' },
    };
    const first = await app.ask('POST', `${own()}/implementation-reports`, request);
    const again = await app.ask('POST', `${own()}/implementation-reports`, request);
    expect(again.body.entry).toEqual(first.body.entry);
    expect(await historyOf('implementation.reported')).toMatchObject([{ view: { caller: '李娜' } }]);
    const other = { ...request, body: { text: '已全部停工', onBehalf: { caller: '赵敏' } } };
    expect((await app.ask('POST', `${own()}/implementation-reports`, other)).body).toMatchObject({
      status: 422,
      type: '/problems/key-reused',
    });
    expect(await app.database.db.selectFrom('personal_data').selectAll().execute()).toHaveLength(1);
  });

  test('a name neither reaches the engine nor any hash of the request, and a refused command leaves none', async () => {
    const task = `${own()}/tasks/none-such/completion`;
    const refused = await app.ask('POST', `${own()}/tasks/duty-all-watch/withdrawal`, {
      as: 'office',
      body: { reason: '未做', onBehalf: { caller: '孙丽' } },
    });
    expect(refused.status).toBe(409);
    expect((await app.ask('POST', task, { as: 'office', body: { onBehalf: { caller: '孙丽' } } })).status).toBe(404);
    const kept = await app.database.db.selectFrom('personal_data').select('content').execute();
    expect(kept.filter(({ content }) => content.includes('孙丽'))).toEqual([]);
    const hashes = await app.database.db.selectFrom('commands').select('body_hash').execute();
    const guess = contentHashOf({ text: '已全部停工', onBehalf: { caller: '李娜' } });
    expect(hashes.map(({ body_hash }) => body_hash)).not.toContain(guess);
  });
});

describe('§5.1 figures and the digest of a day', () => {
  test('only those of the unit, whole and not negative; its page lists them', async () => {
    const report = `${own()}/daily-reports/2026-01-10`;
    const put = (figures: Record<string, number>) =>
      app.ask('PUT', report, { as: UNIT, body: { text: '正常', figures } });
    const { body } = await app.ask('GET', own(), { as: UNIT });
    expect(body.figures).toContainEqual(expect.objectContaining({ id: 'sitesStopped', outOf: 'sitesToStop' }));
    const none = await app.ask('PUT', `${own('finance')}/daily-reports/2026-01-10`, {
      as: 'finance',
      body: { text: '正常', figures: { sitesStopped: 1 } },
    });
    expect(none).toMatchObject({
      status: 400,
      body: { errors: [{ detail: expect.stringContaining('没有可填的指标') }] },
    });
    expect(await put({ burningsStopped: 1 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'figures.burningsStopped', detail: expect.stringContaining('sitesInspected') }] },
    });
    expect(await put({ sitesInspected: -1 })).toMatchObject({
      body: { errors: [{ field: 'figures.sitesInspected' }] },
    });
    expect(await put({ sitesInspected: 1.5 })).toMatchObject({
      body: { errors: [{ field: 'figures.sitesInspected' }] },
    });
  });

  test('are added up over the district, with corrections in place of first reports; missing units are named', async () => {
    await app.pass(20 * ONE_HOUR);
    const put = (unitId: string, figures: Record<string, number>) =>
      app.ask('PUT', `${own(unitId)}/daily-reports/2026-01-10`, { as: unitId, body: { text: '正常', figures } });
    await put(UNIT, { sitesInspected: 12, sitesStopped: 2 });
    await put(UNIT, { sitesInspected: 10, sitesToStop: 5, sitesStopped: 2 });
    await put(STREET, { sitesInspected: 3, burningsStopped: 1 });
    await put('city-management', { burningsStopped: 4 });
    const { body } = await app.ask('GET', `${path}/digests/2026-01-10`, { as: 'supervisor' });
    const sums = Object.fromEntries(
      (body.figures as Array<{ id: string; sum: number }>).map(({ id, sum }) => [id, sum]),
    );
    expect(sums).toMatchObject({ sitesInspected: 10, sitesStopped: 2, burningsStopped: 1, trucksTurnedBack: 0 });
    const figure = (wanted: string) => (body.figures as Array<{ id: string }>).find(({ id }) => id === wanted);
    expect(figure('sitesInspected')).toMatchObject({ countedBy: 'department', sum: 10, beside: 3 });
    expect(figure('burningsStopped')).toMatchObject({ countedBy: 'street', sum: 1, beside: 4 });
    expect(figure('sitesStopped')).toMatchObject({ sum: 2, gap: 3, beside: 0 });
    expect(body).toMatchObject({ date: '2026-01-10', submitted: 3 });
    expect(body.outstanding).toHaveLength(app.edition.units.length - 3);
    await app.pass(3 * ONE_HOUR);
    expect((await app.ask('GET', `${path}/digests/2026-01-12`, { as: 'office' })).status).toBe(404);
    expect(await historyOf('digest.compiled')).toMatchObject([{ data: { date: '2026-01-10', submitted: 3 } }]);
  });
});

test('the board tells who has confirmed', async () => {
  const { body } = await app.ask('GET', `${path}/board`, { as: 'office' });
  const rows = body.units as Array<{ unitId: string; confirmation: string }>;
  expect(rows.find(({ unitId }) => unitId === UNIT)).toMatchObject({ confirmation: 'unconfirmed' });
  expect(rows.find(({ unitId }) => unitId === STREET)).toMatchObject({ confirmation: 'confirmed' });
});
