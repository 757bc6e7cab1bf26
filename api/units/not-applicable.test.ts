import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noticeBody, ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';

const STREET = 'street-qifang';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

interface Task {
  taskId: string;
  status: string;
  group?: string;
  notApplicable?: { reason: string; episodeId: string; seq: number };
}
async function start(number: string, drill?: object): Promise<string> {
  const body = startRequestBody(app.now(), { notice: noticeBody(app.now(), number), ...(drill && { drill }) });
  const answered = await app.ask('POST', '/api/v1/episodes', { as: 'office', body });
  expect(answered.status).toBe(201);
  return `/api/v1/episodes/${answered.body.episodeId}`;
}
async function lift(path: string, number: string): Promise<void> {
  await app.pass(ONE_HOUR);
  const body = { notice: noticeBody(app.now(), number) };
  expect((await app.ask('POST', `${path}/lift`, { as: 'office', body })).status).toBe(200);
}
const unitPath = (path: string) => `${path}/units/${STREET}`;
const tasksOf = async (path: string) => (await app.ask('GET', unitPath(path), { as: STREET })).body.tasks as Task[];
const taskOf = async (path: string, taskId: string) => (await tasksOf(path)).find((task) => task.taskId === taskId);
const declare = (path: string, taskId: string, reason = '辖区没有矿山') =>
  app.ask('POST', `${unitPath(path)}/tasks/${taskId}/not-applicable`, { as: STREET, body: { reason } });
const takeBack = (path: string, taskId: string, as = STREET) =>
  app.ask('POST', `${unitPath(path)}/tasks/${taskId}/not-applicable/withdrawal`, { as, body: { reason: '有一处' } });

describe('本辖区不涉及, from episode to episode', () => {
  test('is shown with its reason, counted apart, and applied at the next start until it is taken back', async () => {
    const first = await start('一号');
    const declared = await declare(first, 'iii-dust-3');
    expect(declared).toMatchObject({ status: 200, body: { entry: { kind: 'task.not-applicable' } } });
    const { seq } = declared.body.entry as { seq: number };
    const episodeId = first.split('/').at(-1);
    const said = { status: 'not-applicable', notApplicable: { reason: '辖区没有矿山', episodeId, seq } };
    expect(await taskOf(first, 'iii-dust-3')).toMatchObject(said);

    const board = await app.ask('GET', `${first}/board`, { as: 'office' });
    const row = (board.body.units as Array<{ unitId: string }>).find(({ unitId }) => unitId === STREET);
    const total = (await tasksOf(first)).length - 1;
    expect(row).toMatchObject({ tasks: { total, done: 0, notApplicable: 1 } });
    const accounts = await app.ask('GET', `${first}/accountability`, { as: 'supervisor' });
    const account = (accounts.body.items as Array<{ unitId: string }>).find(({ unitId }) => unitId === STREET);
    expect(account).toMatchObject({ notApplicable: [{ taskId: 'iii-dust-3', clause: '4.3.2.3' }] });
    await lift(first, '二号');

    const second = await start('三号');
    expect(await taskOf(second, 'iii-dust-3')).toMatchObject(said);
    // The same clause at the next level.
    await app.pass(ONE_HOUR);
    const adjustment = { notice: noticeBody(app.now(), '四号'), cityLevel: 'orange' };
    await app.ask('POST', `${second}/adjustments`, { as: 'office', body: adjustment });
    expect(await taskOf(second, 'ii-dust-3')).toMatchObject(said);
    expect(await takeBack(second, 'ii-dust-3', 'office')).toMatchObject({
      status: 200,
      body: { entry: { kind: 'task.applicable' } },
    });
    expect(await taskOf(second, 'ii-dust-3')).toMatchObject({ status: 'open' });
    await lift(second, '五号');

    const third = await start('六号');
    expect(await taskOf(third, 'iii-dust-3')).toMatchObject({ status: 'open' });
    await lift(third, '七号');
  });

  test('of a drill is forgotten with it; a drill knows what real episodes said', async () => {
    const real = await start('八号');
    await declare(real, 'iii-combined-2', '辖区已全部通暖');
    const drill = await start('演练一号', { timeScale: 1 });
    expect(await taskOf(drill, 'iii-combined-2')).toMatchObject({ status: 'not-applicable' });
    await declare(drill, 'iii-dust-3');
    await lift(real, '九号');
    const next = await start('十号');
    expect(await taskOf(next, 'iii-dust-3')).toMatchObject({ status: 'open' });
    await lift(next, '十一号');
  });
});

test('§4.3 the tasks of a card are completed by one command, with one note', async () => {
  const path = await start('十二号');
  const card = (await tasksOf(path)).filter(({ group }) => group === '工地').map(({ taskId }) => taskId);
  expect(card.length).toBeGreaterThan(2);
  const body = { taskIds: card, note: '辖区 12 个工地全部停工', onBehalf: { caller: '李娜' } };
  const answered = await app.ask('POST', `${unitPath(path)}/tasks/completions`, { as: 'office', body });
  expect(answered).toMatchObject({ status: 200, body: { entry: { kind: 'task.completed' } } });
  const done = (answered.body.tasks as Task[]).filter(({ status }) => status === 'done').map(({ taskId }) => taskId);
  expect(done.sort()).toEqual([...card].sort());
  const { seq } = answered.body.entry as { seq: number };
  const { body: page } = await app.ask('GET', `${path}/history?kind=task.completed`, { as: 'office' });
  const entries = page.items as Array<{ seq: number; data: object; view?: object }>;
  expect(entries[0]).toMatchObject({ seq, data: { note: body.note }, view: { caller: '李娜' } });
  for (const entry of entries.slice(1))
    expect(entry).toMatchObject({ data: { noteIn: seq }, view: { caller: '李娜' } });
});
