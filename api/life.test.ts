import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noticeBody, ONE_HOUR, startRequestBody, type TestApp, testApp } from './testing/app.js';

const UNIT = 'construction';
const OTHER = 'education';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

describe('a real episode over HTTP, from the notice to the closed review', () => {
  let path = '';
  const ownPath = () => `${path}/units/${UNIT}`;

  test('§3.1.2 the office starts it: 201, Location, the episode and its first entry', async () => {
    const answered = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now()) });
    expect(answered).toMatchObject({
      status: 201,
      body: {
        phase: 'active',
        warningLevel: 'yellow',
        responseLevel: 'III',
        cityLevel: 'yellow',
        drill: false,
        timeScale: 1,
        unitCount: app.edition.units.length,
        notice: { issuer: '乌鲁木齐市生态环境保护委员会办公室' },
        entry: { seq: 1, kind: 'warning.issued', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    });
    path = `/api/v1/episodes/${answered.body.episodeId}`;
    expect(answered.headers.get('Location')).toBe(path);
    expect((await app.ask('GET', path, { as: UNIT })).status).toBe(200);
  });

  test('§3.1.3 a unit acknowledges and gets its page; given again, the same answer and no second entry', async () => {
    const first = await app.ask('POST', `${ownPath()}/acknowledgement`, { as: UNIT, body: {} });
    const again = await app.ask('POST', `${ownPath()}/acknowledgement`, { as: UNIT, body: {} });
    expect(first).toMatchObject({
      status: 200,
      body: { unitId: UNIT, acknowledgements: [{ status: 'acknowledged' }], entry: { kind: 'unit.acknowledged' } },
    });
    expect(again.status).toBe(200);
    expect(again.body.entry).toEqual(first.body.entry);
  });

  test('§4.3 each task has clause, level and verbatim text; one is completed', async () => {
    const page = await app.ask('GET', ownPath(), { as: UNIT });
    const tasks = page.body.tasks as Array<{ taskId: string; text: string; level: string; status: string }>;
    expect(tasks.length).toBeGreaterThan(0);
    for (const task of tasks) {
      expect(task).toMatchObject({ level: 'III', status: 'open', change: 'new', clause: expect.stringMatching(/./) });
      expect(task.text).toBe(app.edition.textOf(task.taskId));
      expect(task).toMatchObject(app.edition.taskWordsOf(task.taskId, { unitId: UNIT, kind: 'department' })!);
    }
    const done = await app.ask('POST', `${ownPath()}/tasks/${tasks[0]?.taskId}/completion`, {
      as: UNIT,
      body: { note: '已停工', attachmentIds: [] },
    });
    expect(done).toMatchObject({ status: 200, body: { entry: { kind: 'task.completed' } } });
    expect(done.body.tasks).toContainEqual(expect.objectContaining({ taskId: tasks[0]?.taskId, status: 'done' }));
  });

  test('§4.2 a unit reports what is in effect', async () => {
    const answered = await app.ask('POST', `${ownPath()}/implementation-reports`, {
      as: UNIT,
      body: { text: '全部工地已停止土石方作业。' },
    });
    expect(answered).toMatchObject({ status: 200, body: { implementation: [{ status: 'submitted' }] } });
  });

  test('§3.1.5 the office adjusts upwards; nothing changed is 409', async () => {
    await app.pass(ONE_HOUR);
    const notice = noticeBody(app.now(), '调整一号');
    const body = { notice, cityLevel: 'orange' };
    const adjusted = await app.ask('POST', `${path}/adjustments`, { as: 'office', body });
    expect(adjusted).toMatchObject({
      status: 200,
      body: { warningLevel: 'orange', responseLevel: 'II', entry: { kind: 'level.adjusted' } },
    });
    const same = { notice: noticeBody(app.now(), '调整二号'), cityLevel: 'orange' };
    const unchanged = await app.ask('POST', `${path}/adjustments`, { as: 'office', body: same });
    expect(unchanged).toMatchObject({ status: 409, body: { type: '/problems/nothing-changed' } });
    const free = await app.ask('POST', `${path}/adjustments`, { as: 'office', body: { ...same, cityLevel: 'red' } });
    expect(free).toMatchObject({ status: 200, body: { warningLevel: 'red' } });
  });

  test('§2.2 a unit is added, with its contacts, and answers for tasks from then on', async () => {
    const contacts = [{ role: 'liaison', name: '联络员', email: 'liaison@new.example' }];
    const body = { name: '区文旅局', kind: 'department', contacts };
    const added = await app.ask('POST', `${path}/units`, { as: 'office', body });
    const location = added.headers.get('Location') ?? '';
    expect(added).toMatchObject({
      status: 201,
      body: { unitCount: app.edition.units.length + 1, entry: { kind: 'unit.added' } },
    });
    expect(await app.ask('GET', location, { as: 'office' })).toMatchObject({ status: 200, body: { name: '区文旅局' } });
    const unitId = location.slice(location.lastIndexOf('/') + 1);
    const stored = await app.ask('GET', `/api/v1/units/${unitId}/contacts`, { as: 'administrator' });
    expect(stored.body).toMatchObject({ contacts });
    const again = await app.ask('POST', `${path}/units`, { as: 'office', body: { unitId: UNIT } });
    expect(again).toMatchObject({ status: 409, body: { type: '/problems/unit-already-added' } });
  });

  test('§5.1 a daily report: 201, the same again 200 without entry, other content 200 corrected', async () => {
    await app.pass(18 * ONE_HOUR);
    const report = `${ownPath()}/daily-reports/2026-01-10`;
    const body = { text: '检查工地12处。', figures: { sitesInspected: 12 } };
    const first = await app.ask('PUT', report, { as: UNIT, body });
    const same = await app.ask('PUT', report, { as: UNIT, body });
    const other = await app.ask('PUT', report, { as: UNIT, body: { ...body, figures: { sitesInspected: 13 } } });
    expect(first).toMatchObject({
      status: 201,
      body: { dailyReports: [{ date: '2026-01-10', status: 'submitted' }], entry: { kind: 'report.submitted' } },
    });
    expect(first.headers.get('Location')).toBe(report);
    expect(same.status).toBe(200);
    expect(same.body.entry).toEqual(first.body.entry);
    expect(other).toMatchObject({ status: 200, body: { entry: { kind: 'report.corrected' } } });
    expect(await app.ask('GET', report, { as: 'supervisor' })).toMatchObject({
      status: 200,
      body: { date: '2026-01-10', status: 'submitted', text: '检查工地12处。', figures: { sitesInspected: 13 } },
    });
  });

  test('§5.1 a day before the response or not yet over is 422 with the clause', async () => {
    for (const date of ['2026-01-09', '2026-01-11', '2026-02-01']) {
      const answered = await app.ask('PUT', `${ownPath()}/daily-reports/${date}`, { as: UNIT, body: { text: '无' } });
      expect(answered).toMatchObject({ status: 422, body: { type: '/problems/report-day', clause: '5.1' } });
    }
  });

  test('the board shows every unit; silent ones are missed', async () => {
    await app.pass(5 * ONE_HOUR);
    const board = await app.ask('GET', `${path}/board`, { as: 'supervisor' });
    const units = board.body.units as Array<Record<string, unknown>>;
    expect(units).toHaveLength(app.edition.units.length + 1);
    expect(units.find(({ unitId }) => unitId === OTHER)).toMatchObject({
      tasks: { done: 0 },
      acknowledgements: [{ status: 'missed' }, { status: 'missed' }, { status: 'missed' }],
      dailyReports: [{ date: '2026-01-10', status: 'missed' }],
    });
  });

  test('§7 accountability names late and silent units, with the clause', async () => {
    await app.ask('POST', `${path}/units/${OTHER}/acknowledgement`, { as: OTHER, body: {} });
    const answered = await app.ask('GET', `${path}/accountability`, { as: 'supervisor' });
    const items = answered.body.items as Array<Record<string, unknown>>;
    expect(items.find(({ unitId }) => unitId === OTHER)).toMatchObject({
      late: 3,
      missed: 4,
      breaches: expect.arrayContaining([
        expect.objectContaining({ deadline: 'acknowledgement', outcome: 'late', clause: '3.1.3' }),
        expect.objectContaining({ deadline: 'report', outcome: 'missed', clause: '5.1', date: '2026-01-10' }),
      ]),
    });
    const all = [...items, answered.body.office] as Array<{ late: number; missed: number }>;
    const sum = (of: 'late' | 'missed') => all.reduce((total, one) => total + one[of], 0);
    const listed = async (as: string) =>
      (await app.ask('GET', '/api/v1/episodes', { as })).body.items as Array<Record<string, unknown>>;
    const lateness = { late: sum('late'), missed: sum('missed'), referrals: 0 };
    expect(await listed('supervisor')).toEqual([expect.objectContaining({ lateness })]);
    expect(await listed('office')).toEqual([expect.objectContaining({ lateness })]);
    expect(await listed(OTHER)).toEqual([expect.not.objectContaining({ lateness: expect.anything() })]);
  });

  test('§4.3.4.5 the office evaluates the measures', async () => {
    const body = { text: '措施有效', supplements: ['加密巡查'] };
    const answered = await app.ask('POST', `${path}/evaluations`, { as: 'office', body });
    expect(answered).toMatchObject({ status: 200, body: { phase: 'active', entry: { kind: 'response.evaluated' } } });
  });

  test('§4.4 lifting ends the response; then it is not adjusted or lifted again', async () => {
    const body = { notice: noticeBody(app.now(), '解除一号') };
    const lifted = await app.ask('POST', `${path}/lift`, { as: 'office', body });
    expect(lifted).toMatchObject({ status: 200, body: { phase: 'reporting', entry: { kind: 'warning.lifted' } } });
    const repeated = await app.ask('POST', `${path}/lift`, { as: 'office', body });
    expect(repeated.status).toBe(200);
    expect(repeated.body.entry).toEqual(lifted.body.entry);
    for (const [route, content] of [
      ['lift', {}],
      ['adjustments', { cityLevel: 'yellow' }],
    ] as const) {
      const again = { notice: noticeBody(app.now(), `${route}之后`), ...content };
      expect(await app.ask('POST', `${path}/${route}`, { as: 'office', body: again })).toMatchObject({
        status: 409,
        body: { type: '/problems/episode-lifted' },
      });
    }
  });

  test('§5.1 the follow-up report is drafted from the record, names silent units, and is sent once', async () => {
    const draft = await app.ask('GET', `${path}/follow-up-report`, { as: 'supervisor' });
    expect(draft).toMatchObject({ status: 200, body: { status: 'draft', dueAt: expect.any(String) } });
    for (const part of ['预警发布情况', '预警持续时间', '各部门响应情况', '企业措施落实情况', '区教育局', '检查工地13'])
      expect(draft.body.text).toContain(part);
    const sent = await app.ask('POST', `${path}/follow-up-report/submission`, { as: 'office', body: {} });
    expect(sent).toMatchObject({ status: 200, body: { status: 'submitted', entry: { kind: 'follow-up.submitted' } } });
    const again = await app.ask('POST', `${path}/follow-up-report/submission`, { as: 'office', body: {} });
    expect(again.status).toBe(200);
    expect(again.body.entry).toEqual(sent.body.entry);
    const other = await app.ask('POST', `${path}/follow-up-report/submission`, {
      as: 'office',
      body: { text: '另一份' },
    });
    expect(other).toMatchObject({ status: 409, body: { type: '/problems/follow-up-submitted' } });
  });

  test('§5.2 summaries are gathered in the review, missing ones named', async () => {
    const content = { work: '督导工地', lessons: '及时', shortcomings: '人手少', proposals: '增加人手' };
    expect((await app.ask('GET', `${ownPath()}/summary`, { as: UNIT })).status).toBe(404);
    const summary = await app.ask('PUT', `${ownPath()}/summary`, { as: UNIT, body: content });
    expect(summary).toMatchObject({ status: 201, body: { entry: { kind: 'summary.submitted' } } });
    expect(await app.ask('GET', `${ownPath()}/summary`, { as: UNIT })).toMatchObject({ status: 200, body: content });
    const review = await app.ask('GET', `${path}/review`, { as: 'office' });
    expect(review).toMatchObject({ body: { status: 'none', summaries: [{ unitId: UNIT, ...content }] } });
    expect(review.body.missingSummaries).toHaveLength(app.edition.units.length);
  });

  test('§5.2 the review is saved, published, and the episode closed', async () => {
    const missing = await app.ask('POST', `${path}/review/publication`, { as: 'office', body: {} });
    expect(missing).toMatchObject({ status: 409, body: { type: '/problems/review-missing' } });
    const body = { conclusions: '总体有效', planRevisionNeeded: false };
    const saved = await app.ask('PUT', `${path}/review`, { as: 'office', body });
    expect(saved).toMatchObject({ status: 200, body: { status: 'draft', content: body } });
    const published = await app.ask('POST', `${path}/review/publication`, { as: 'office', body: {} });
    expect(published).toMatchObject({ status: 200, body: { status: 'published' } });
    expect(await app.ask('GET', path, { as: 'office' })).toMatchObject({
      body: { phase: 'closed', closedAt: expect.any(String) },
    });
  });

  test('a closed episode takes no command: 409 episode-closed', async () => {
    const answered = await app.ask('PUT', `${ownPath()}/summary`, {
      as: UNIT,
      body: { work: '再', lessons: '次', shortcomings: '报', proposals: '送' },
    });
    expect(answered).toMatchObject({ status: 409, body: { type: '/problems/episode-closed' } });
  });

  test('§5.2 the history has every entry, oldest first, without gaps, in pages; the chain is valid', async () => {
    const seqs: number[] = [];
    let cursor = '';
    do {
      const page = await app.ask('GET', `${path}/history?limit=50${cursor}`, { as: 'office' });
      expect(page.status).toBe(200);
      const items = page.body.items as Array<{ seq: number }>;
      seqs.push(...items.map(({ seq }) => seq));
      cursor = page.body.nextCursor === undefined ? '' : `&cursor=${page.body.nextCursor}`;
    } while (cursor !== '');
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
    const checked = await app.ask('GET', `${path}/history/verification`, { as: 'supervisor' });
    expect(checked.body).toMatchObject({ valid: true, entries: seqs.length, differences: [] });
    const own = await app.ask('GET', `${path}/history?unitId=${UNIT}&kind=report.corrected`, { as: UNIT });
    expect(own.body.items).toEqual([
      expect.objectContaining({
        unitId: UNIT,
        kind: 'report.corrected',
        data: expect.objectContaining({ date: '2026-01-10' }),
      }),
    ]);
  });
});
