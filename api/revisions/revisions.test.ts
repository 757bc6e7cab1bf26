import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { readDistrict } from '../../ledger/chain/district.js';
import { appInEpisode, noticeBody, ONE_HOUR, type TestApp } from '../testing/app.js';

const UNIT = 'education';
const DAY = 24 * ONE_HOUR;
let app: TestApp;
let path = '';
beforeAll(async () => {
  ({ app, path } = await appInEpisode());
});
afterAll(() => app.close());

const office = (method: string, address: string, body?: object) =>
  app.ask(method, address, { as: 'office', ...(body ? { body } : {}) });
const list = async (as = 'office', address = '/api/v1/revisions') =>
  (await app.ask('GET', address, { as })).body.items as Array<Record<string, unknown>>;
const inDays = (days: number) => new Date(app.now() + days * DAY).toISOString();
const review = (...revisions: object[]) =>
  office('PUT', `${path}/review`, { conclusions: '有效', planRevisionNeeded: true, revisions });

describe('§5.2 what a review asks to be revised', () => {
  test('has an owner of the episode and a day to come', async () => {
    await office('POST', `${path}/lift`, { notice: noticeBody(app.now(), '解除') });
    const asked = { what: 'plan', text: '修订联络名单', unitId: UNIT, dueAt: inDays(3) };
    expect((await review({ ...asked, unitId: 'nobody' })).body).toMatchObject({ type: '/problems/unit-unknown' });
    expect((await review({ ...asked, dueAt: inDays(-1) })).body).toMatchObject({
      type: '/problems/due-time',
      clause: '5.2',
    });
    const saved = await review(asked, { what: 'policy', text: '调整时限', dueAt: inDays(2) });
    expect(saved.status).toBe(200);
    const { body } = await office('GET', `${path}/review`);
    expect(body.content).toMatchObject({ revisions: [{ unitId: UNIT }, { what: 'policy' }] });
    expect(await list()).toEqual([]);
  });

  test('is followed up once the review is published, which seals the record', async () => {
    await office('POST', `${path}/follow-up-report/submission`, {});
    expect((await office('POST', `${path}/review/publication`, {})).status).toBe(200);
    expect((await office('GET', path)).body).toMatchObject({ phase: 'closed' });
    const history = await office('GET', `${path}/history?kind=review.handed-over`);
    expect(history.body.items).toMatchObject([{ clause: '5.2', data: { revisions: 2 } }]);
    const items = await list('supervisor');
    expect(items).toMatchObject([
      { revisionId: 'r2', what: 'policy', owner: app.edition.plan.bodies.office.name, status: 'open' },
      {
        revisionId: 'r1',
        unitId: UNIT,
        owner: '区教育局',
        told: { stage: 'opened', reached: true },
        // Due at 14:00, not at night.
        nextReminder: { stage: 'due', at: '2026-01-13T14:00:00.001+08:00' },
      },
    ]);
  });

  test('an owner sees its own and says how far it is; nobody else’s', async () => {
    const own = `/api/v1/units/${UNIT}/revisions`;
    expect(await list(UNIT, own)).toMatchObject([{ revisionId: 'r1' }]);
    const note = (id: string) => app.ask('POST', `${own}/${id}/progress`, { as: UNIT, body: { note: '已起草' } });
    expect((await note('r1')).body).toMatchObject({
      progress: [{ by: 'unit', note: '已起草' }],
      entry: { kind: 'revision.progressed' },
    });
    expect((await note('r2')).body).toMatchObject({ type: '/problems/revision-unknown' });
  });

  test('is reminded of, and put off with a reason; done only with its filing', async () => {
    await app.pass(80 * ONE_HOUR);
    expect(await list(UNIT, `/api/v1/units/${UNIT}/revisions`)).toMatchObject([
      { status: 'overdue', told: { stage: 'due', reached: true } },
    ]);
    const to = inDays(9);
    const put = await office('POST', '/api/v1/revisions/r1/postponement', { dueAt: to, reason: '等待专家意见' });
    expect(put.body).toMatchObject({ status: 'open', postponements: [{ reason: '等待专家意见' }] });
    expect((await office('POST', '/api/v1/revisions/r1/completion', { note: '已修订' })).body).toMatchObject({
      type: '/problems/filing-required',
      clause: '5.2',
    });
    const filing = { number: '水环委办〔2026〕9号', at: inDays(-1) };
    const key = { as: 'office', headers: { 'Idempotency-Key': 'done' }, body: { note: '已修订', filing } };
    const done = await app.ask('POST', '/api/v1/revisions/r1/completion', key);
    expect(done.body).toMatchObject({ status: 'done', done: { late: false, filing: { number: filing.number } } });
    expect(done.body).not.toHaveProperty('nextReminder');
    const again = await app.ask('POST', '/api/v1/revisions/r1/completion', key);
    expect(again.body.entry).toEqual(done.body.entry);
    expect((await office('POST', '/api/v1/revisions/r1/progress', { note: '又' })).body).toMatchObject({
      type: '/problems/revision-done',
      clause: '5.2',
    });
  });

  test('its owner is told in the morning of what is published at night', async () => {
    const { app: other, path: episode } = await appInEpisode();
    const asOffice = { as: 'office' };
    await other.ask('POST', `${episode}/lift`, { ...asOffice, body: { notice: noticeBody(other.now(), '解除') } });
    await other.ask('POST', `${episode}/follow-up-report/submission`, { ...asOffice, body: {} });
    const revisions = [{ what: 'plan', text: '修订', unitId: UNIT, dueAt: '2026-02-10T12:00:00+08:00' }];
    const asked = { conclusions: '有效', planRevisionNeeded: true, revisions };
    await other.ask('PUT', `${episode}/review`, { ...asOffice, body: asked });
    await other.pass(Date.parse('2026-01-10T22:30:00+08:00') - other.now());
    await other.ask('POST', `${episode}/review/publication`, { ...asOffice, body: {} });
    const shown = async () => (await other.ask('GET', '/api/v1/revisions', asOffice)).body.items as object[];
    const [untold] = await shown();
    expect(untold).toMatchObject({ nextReminder: { stage: 'opened', at: '2026-01-11T09:00:00.000+08:00' } });
    expect(untold).not.toHaveProperty('told');
    await other.pass(10.5 * ONE_HOUR);
    expect(await shown()).toMatchObject([
      {
        told: { stage: 'opened', at: '2026-01-11T09:00:00.000+08:00' },
        nextReminder: { stage: 'ahead', at: '2026-02-07T12:00:00.000+08:00' },
      },
    ]);
    await other.close();
  });

  test('what was open at the seal is followed up too: a problem, circulars, a referral', async () => {
    const { app: other, path: episode } = await appInEpisode();
    const ask = (as: string, method: string, address: string, body: object) =>
      other.ask(method, `${episode}${address}`, { as, body });
    const answerDueAt = new Date(other.now() + 60 * DAY).toISOString();
    const circular = {
      origin: 'district',
      title: '关于停工的通报',
      text: '请整改',
      unitIds: [UNIT, 'health'],
      answerDueAt,
    };
    await ask('office', 'POST', '/circulars', circular);
    await ask('health', 'PUT', '/units/health/circulars/c1/answer', { text: '已整改', attachmentIds: [] });
    await other.pass(2 * ONE_HOUR);
    const about = [{ deadline: 'acknowledgement', subject: 'n1' }];
    await ask('office', 'POST', '/referrals', { unitId: UNIT, to: 'committee', about, reason: '没有确认' });
    await ask('office', 'POST', '/lift', { notice: noticeBody(other.now(), '解除') });
    const problems = [{ what: '未停工', where: '甲工地' }];
    const reported = await ask(UNIT, 'PUT', `/units/${UNIT}/daily-reports/2026-01-10`, { text: '正常', problems });
    expect(reported.status).toBe(201);
    await ask('office', 'POST', '/follow-up-report/submission', {});
    await ask('office', 'PUT', '/review', { conclusions: '有效', planRevisionNeeded: false });
    await ask('office', 'POST', '/review/publication', {});
    const history = await other.ask('GET', `${episode}/history?kind=review.handed-over`, { as: 'office' });
    expect(history.body.items).toMatchObject([{ data: { revisions: 0, problems: 1, circulars: 2, referrals: 1 } }]);
    const { items } = (await other.ask('GET', '/api/v1/revisions', { as: 'supervisor' })).body as {
      items: Array<{ revisionId: string; what: string }>;
    };
    const office = app.edition.plan.bodies.office.name;
    expect(items).toMatchObject([
      {
        what: 'problem',
        unitId: UNIT,
        text: '甲工地：未停工',
        clause: '5.1',
        subject: 'p1',
        dueAt: '2026-01-25T19:00:00.000+08:00',
      },
      { what: 'referral', owner: office, text: '区教育局：没有确认', dueAt: '2026-02-09T19:00:00.000+08:00' },
      { what: 'circular', unitId: UNIT, text: '《关于停工的通报》尚未答复', subject: 'c1' },
      { what: 'circular', owner: office, text: expect.stringContaining('《关于停工的通报》已答复，尚未办结') },
    ]);
    const idOf = (what: string) => items.find((one) => one.what === what)!.revisionId;
    const complete = (what: string) =>
      other.ask('POST', `/api/v1/units/${UNIT}/revisions/${idOf(what)}/completion`, {
        as: UNIT,
        body: { note: '已停工' },
      });
    expect((await complete('problem')).body).toMatchObject({ status: 'done', entry: { kind: 'revision.done' } });
    expect((await complete('circular')).body).toMatchObject({ type: '/problems/office-completes' });
    const closed = await other.ask('POST', `/api/v1/revisions/${idOf('referral')}/completion`, {
      as: 'office',
      body: { note: '已约谈' },
    });
    expect(closed.body).toMatchObject({ status: 'done', done: { note: '已约谈' } });
    await other.close();
  });

  test('its record verifies', async () => {
    const { entries } = await readDistrict(app.database);
    const { body } = await app.ask('GET', '/api/v1/revisions/verification', { as: 'supervisor' });
    expect(body).toEqual({ valid: true, entries: entries.length, head: entries.at(-1)!.hash, differences: [] });
    // Somebody who has the database changes a word.
    await sql`alter table entries disable trigger user`.execute(app.database.db);
    await sql`update entries set canonical = replace(canonical, '等待专家意见', '等待批准') where chain_id = 'district'`.execute(
      app.database.db,
    );
    expect((await office('GET', '/api/v1/revisions/verification')).body).toMatchObject({
      valid: false,
      firstBadSeq: entries.find(({ kind }) => kind === 'revision.postponed')!.seq,
    });
  });
});
