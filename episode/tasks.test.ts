import { describe, expect, test } from '@jest/globals';
import type { Actor, CommandBody } from './commands.js';
import { adjustOf, at, binding, Life, liftOf, OFFICE, startOf, taken } from './testing/life.js';
import { boardOf, unitPageOf } from './views.js';

const START = '2026-01-10 14:00';
const UNIT: Actor = { accountId: 'education', role: 'unit' };
const started = () => {
  const life = new Life();
  life.do(START, startOf(START));
  return life;
};
const add = (dueAt?: string, unitIds = ['education', 'street-a']): CommandBody => ({
  kind: 'addTask',
  unitIds,
  text: '当日完成全部工地复查',
  ...(dueAt === undefined ? {} : { dueAt }),
});
const complete = (taskId: string, unitId = 'education'): CommandBody => ({
  kind: 'completeTasks',
  unitId,
  taskIds: [taskId],
  note: '已完成',
  attachmentIds: ['a'.repeat(64)],
});
const withdraw = (taskId: string, unitId = 'education'): CommandBody => ({
  kind: 'withdrawCompletion',
  unitId,
  taskId,
  reason: '复查发现仍在施工',
});
const taskOn = (life: Life, taskId: string, when: string, unitId = 'education') =>
  unitPageOf(life.state, unitId, at(when)).tasks.find((task) => task.taskId === taskId);

describe('§4.3 a stricter task', () => {
  test('is added by the office for several units, each told; a unit adds one for itself without a message', () => {
    const life = started();
    const told = () => {
      const added = life.of('task.added').map(({ seq }) => seq);
      return life
        .of('notification.sent')
        .flatMap(({ unitId, data }) => (added.includes(data.about[0]!) ? [unitId] : []));
    };
    expect(life.do('2026-01-10 15:00', add(), OFFICE)).toMatchObject({ status: 'accepted' });
    const added = life.of('task.added');
    expect(new Set(added.map(({ data }) => data.taskId)).size).toBe(1);
    expect(told()).toEqual(['education', 'street-a']);

    life.do('2026-01-10 15:05', add(undefined, ['street-a']), { accountId: 'street-a', role: 'unit' });
    expect(told()).toEqual(['education', 'street-a']);
    expect(unitPageOf(life.state, 'street-a', at('2026-01-10 15:06')).tasks.slice(-2)).toMatchObject([
      { category: 'added', clause: '4.3', status: 'open', change: 'new' },
      { category: 'added', clause: '4.3', status: 'open', change: 'new' },
    ]);
  });

  test('goes on through an adjustment and ends with the response', () => {
    const life = started();
    life.do('2026-01-10 15:00', add());
    const { taskId } = life.of('task.added')[0]!.data;
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'red'));
    expect(taskOn(life, taskId, '2026-01-10 16:01')).toMatchObject({ status: 'open' });
    life.do('2026-01-10 18:00', liftOf('2026-01-10 18:00'));
    expect(taskOn(life, taskId, '2026-01-10 18:01')).toMatchObject({ status: 'ended' });
  });

  test.each([
    ['a time that has passed', add('2026-01-10T14:30:00+08:00'), 'due-time'],
    ['a unit that is none', add(undefined, ['nobody']), 'unit-unknown'],
  ])('is refused for %s', (_name, body, type) => {
    expect(started().do('2026-01-10 15:00', body)).toMatchObject({ status: 'refused', type });
  });

  test('is refused before the response and after it', () => {
    const life = new Life();
    life.do(START, startOf(START, 'yellow', '2026-01-10 20:00'));
    expect(life.do('2026-01-10 15:00', add())).toMatchObject({ type: 'response-not-started' });
    life.do('2026-01-10 21:00', liftOf('2026-01-10 21:00'));
    expect(life.do('2026-01-10 22:00', add())).toMatchObject({ type: 'episode-lifted' });
  });

  test('with a time of its own is reminded of, missed, and escalated until it is done late', () => {
    const life = started();
    life.do('2026-01-10 15:00', add('2026-01-10T18:00:00+08:00', ['education']));
    const { taskId } = life.of('task.added')[0]!.data;
    life.passTo('2026-01-10 18:30');
    expect(life.of('task.missed')).toMatchObject([{ unitId: 'education', clause: '4.3', data: { taskId } }]);
    const about = (kind: 'deadline.reminded' | 'deadline.escalated') =>
      life
        .of(kind)
        .flatMap(({ data }) => ('deadlines' in data ? data.deadlines : []))
        .filter((one) => one.deadline === 'task' && one.taskId === taskId);
    expect(about('deadline.reminded')).toHaveLength(1);
    expect(about('deadline.escalated')).toHaveLength(2);
    life.do('2026-01-10 19:00', complete(taskId), UNIT);
    expect(life.of('task.completed')[0]!.data).toMatchObject({ late: true, attachmentIds: ['a'.repeat(64)] });
    expect(taskOn(life, taskId, '2026-01-10 19:01')).toMatchObject({ status: 'done', deadline: { status: 'late' } });
    expect(life.state.units.education!.chases ?? {}).not.toHaveProperty(`task/${taskId}`);
  });

  test('once done, its message need not be sent; a unit that cannot be reached is told of to the office', () => {
    const add18 = add('2026-01-10T18:00:00+08:00', ['education']);
    const result = (outcome: 'deferred' | 'failed') => [
      { contact: 'a', contactHash: 'h', channel: 'sms' as const, outcome, reason: 'x' },
    ];
    const down = new Life(binding, ({ to }) => (to.kind === 'unit' ? result('deferred') : taken()));
    down.do(START, startOf(START));
    down.do('2026-01-10 15:00', add18);
    down.do('2026-01-10 15:10', complete('added-1'));
    const { seq } = down.of('task.added')[0]!;
    expect(down.of('notification.withdrawn').at(-1)!.data).toEqual({
      messages: [`unit:education:${seq}`],
      reason: 'answered',
    });

    const mute = new Life(binding, ({ to }) => (to.kind === 'unit' ? result('failed') : taken()));
    mute.do(START, startOf(START));
    mute.do('2026-01-10 15:00', add18);
    expect(mute.of('deadline.reminded').at(-1)).toMatchObject({
      unitId: 'education',
      data: { to: 'office', fellThrough: ['duty', 'lead'], deadlines: [{ deadline: 'task' }] },
    });
  });

  test('still open at lifting is withdrawn from what is owed', () => {
    const life = started();
    life.do('2026-01-10 15:00', add('2026-01-10T18:00:00+08:00', ['education']));
    life.do('2026-01-10 16:00', liftOf('2026-01-10 16:00'));
    life.passTo('2026-01-10 19:00');
    expect(life.of('task.missed')).toEqual([]);
    expect(life.of('deadline.withdrawn').map(({ data }) => data.deadline)).toContain('task');
  });
});

describe('§4.3 a completion', () => {
  test('is taken back with a reason: the task is open again, and may be completed again', () => {
    const life = started();
    life.do('2026-01-10 15:00', complete('dust-iii'), UNIT);
    const { seq } = life.of('task.completed')[0]!;
    expect(life.do('2026-01-10 15:10', withdraw('dust-iii'), UNIT)).toMatchObject({ status: 'accepted' });
    expect(life.of('task.withdrawn')).toMatchObject([
      { clause: '4.3', data: { withdraws: seq, reason: expect.any(String) } },
    ]);
    expect(taskOn(life, 'dust-iii', '2026-01-10 15:11')).toMatchObject({ status: 'open' });
    expect(life.do('2026-01-10 15:20', withdraw('dust-iii'))).toMatchObject({ type: 'task-not-done' });
    expect(life.do('2026-01-10 15:30', complete('dust-iii'))).toMatchObject({ status: 'accepted', repeated: false });
  });

  test('that the office takes back is told to the unit; one that the unit takes back is not', () => {
    const life = started();
    life.do('2026-01-10 15:00', complete('dust-iii'), UNIT);
    life.do('2026-01-10 15:10', withdraw('dust-iii'), UNIT);
    life.do('2026-01-10 15:20', complete('dust-iii'), UNIT);
    life.do('2026-01-10 15:30', withdraw('dust-iii'), OFFICE);
    const [byUnit, byOffice] = life.of('task.withdrawn').map(({ seq }) => seq);
    const told = life.of('notification.sent').flatMap(({ data }) => data.about);
    expect(told).toContain(byOffice);
    expect(told).not.toContain(byUnit);
  });

  test('that was taken back does not count on a later level', () => {
    const life = started();
    life.do('2026-01-10 15:00', complete('dust-iii'));
    life.do('2026-01-10 15:10', withdraw('dust-iii'));
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'orange'));
    life.do('2026-01-10 17:00', adjustOf('N3', '2026-01-10 17:00', 'yellow'));
    expect(taskOn(life, 'dust-iii', '2026-01-10 17:01')).toMatchObject({ status: 'open', change: 'eased' });
  });

  test('of a task with a time: taken back before it, the task is due by it again', () => {
    const life = started();
    life.do('2026-01-10 15:00', add('2026-01-10T18:00:00+08:00', ['education']));
    const { taskId } = life.of('task.added')[0]!.data;
    life.do('2026-01-10 16:00', complete(taskId));
    life.do('2026-01-10 16:30', withdraw(taskId));
    life.passTo('2026-01-10 18:01');
    expect(life.of('task.missed')).toHaveLength(1);
    const reminded = life.of('deadline.reminded').map(({ data }) => data.deadlines[0]);
    expect(reminded.filter((one) => one?.deadline === 'task' && one.taskId === taskId)).toHaveLength(1);
  });

  test('of a task done late and taken back: it is missed anew, and the chain begins anew', () => {
    const life = started();
    life.do('2026-01-10 15:00', add('2026-01-10T16:00:00+08:00', ['education']));
    life.do('2026-01-10 16:10', complete('added-1'));
    life.do('2026-01-10 16:20', withdraw('added-1'));
    life.passTo('2026-01-10 16:21');
    expect(life.of('task.missed').map(({ data }) => data.dueAt.slice(11, 16))).toEqual(['16:00', '16:20']);
    const steps = life.of('deadline.escalated').filter(({ data }) => data.deadlines[0]?.deadline === 'task');
    expect(steps.map(({ data }) => data.to)).toEqual(['lead', 'office', 'lead', 'office']);
  });

  test('of a task with a time: taken back after it, the task is missed at once', () => {
    const life = started();
    life.do('2026-01-10 15:00', add('2026-01-10T18:00:00+08:00', ['education']));
    const { taskId } = life.of('task.added')[0]!.data;
    life.do('2026-01-10 16:00', complete(taskId));
    life.do('2026-01-10 20:00', withdraw(taskId));
    life.passTo('2026-01-10 20:01');
    expect(life.of('task.missed').map(({ episodeTime }) => episodeTime)).toEqual(['2026-01-10T20:00:00.001+08:00']);
  });
});

describe('§4.3 tasks completed together', () => {
  const all = (taskIds: string[]): CommandBody => ({
    kind: 'completeTasks',
    unitId: 'street-a',
    taskIds,
    note: '三项一并落实',
    attachmentIds: ['a'.repeat(64)],
  });

  test('have an entry each; the first has note and evidence, the others name its number', () => {
    const life = started();
    const answered = life.do('2026-01-10 15:00', all(['dust-iii', 'small-iii', 'duty']), UNIT);
    const [first, ...others] = life.of('task.completed');
    expect(answered).toEqual({ status: 'accepted', seq: first!.seq, repeated: false });
    expect(first!.data).toEqual({ taskId: 'dust-iii', note: '三项一并落实', attachmentIds: ['a'.repeat(64)] });
    expect(others.map(({ data }) => data)).toEqual([
      { taskId: 'small-iii', noteIn: first!.seq },
      { taskId: 'duty', noteIn: first!.seq },
    ]);
  });

  test('done ones stay as they are; with nothing left to do it is a repeat', () => {
    const life = started();
    const first = life.do('2026-01-10 15:00', all(['dust-iii']));
    life.do('2026-01-10 15:10', all(['dust-iii', 'duty']));
    expect(life.of('task.completed').map(({ data }) => data.taskId)).toEqual(['dust-iii', 'duty']);
    expect(life.do('2026-01-10 15:20', all(['dust-iii', 'duty']))).toEqual({ ...first, repeated: true });
  });

  test.each([
    ['unknown', ['dust-iii', 'nothing'], 'task-unknown'],
    ['not applicable', ['dust-iii', 'duty'], 'task-not-applicable'],
  ])('one that is %s refuses them all', (_name, taskIds, type) => {
    const life = started();
    life.do('2026-01-10 14:30', declare('duty'));
    expect(life.do('2026-01-10 15:00', all(taskIds))).toMatchObject({ type });
    expect(life.of('task.completed')).toEqual([]);
  });
});

const declare = (taskId: string, unitId = 'street-a'): CommandBody => ({
  kind: 'declareNotApplicable',
  unitId,
  taskId,
  reason: '辖区没有工地',
});
const takeBack = (taskId: string, unitId = 'street-a'): CommandBody => ({
  kind: 'withdrawNotApplicable',
  unitId,
  taskId,
  reason: '新开了一处工地',
});

describe('§4.3 what is taken back, at every level that says the same', () => {
  test.each([
    ['a completion', complete('dust-ii'), withdraw('dust-i')],
    ['that it is not applicable', declare('dust-ii', 'education'), takeBack('dust-i', 'education')],
  ])('%s: said at orange, taken back at red, it is open at orange again', (_, say, takeItBack) => {
    const life = started();
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'orange'));
    life.do('2026-01-10 16:30', say);
    life.do('2026-01-10 17:00', adjustOf('N3', '2026-01-10 17:00', 'red'));
    expect(life.do('2026-01-10 17:30', takeItBack)).toMatchObject({ status: 'accepted' });
    life.do('2026-01-10 18:00', adjustOf('N4', '2026-01-10 18:00', 'orange'));
    expect(taskOn(life, 'dust-ii', '2026-01-10 18:01')).toMatchObject({ status: 'open' });
  });

  test('and the other way round: taken back at orange, it is open at red again', () => {
    const life = started();
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'red'));
    life.do('2026-01-10 16:30', complete('dust-i'));
    life.do('2026-01-10 17:00', adjustOf('N3', '2026-01-10 17:00', 'orange'));
    life.do('2026-01-10 17:30', withdraw('dust-ii'));
    life.do('2026-01-10 18:00', adjustOf('N4', '2026-01-10 18:00', 'red'));
    expect(taskOn(life, 'dust-i', '2026-01-10 18:01')).toMatchObject({ status: 'open' });
  });

  test('a milder task that was done stays done', () => {
    const life = started();
    life.do('2026-01-10 15:00', complete('dust-iii'));
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'orange'));
    life.do('2026-01-10 16:30', complete('dust-ii'));
    life.do('2026-01-10 16:40', withdraw('dust-ii'));
    life.do('2026-01-10 18:00', adjustOf('N3', '2026-01-10 18:00', 'yellow'));
    expect(taskOn(life, 'dust-iii', '2026-01-10 18:01')).toMatchObject({ status: 'done' });
  });
});

describe('§4.3 本辖区不涉及', () => {
  const earlier = { unitId: 'street-a', taskId: 'dust-iii', reason: '辖区没有工地', episodeId: 'e0', seq: 40 };
  const STREET: Actor = { accountId: 'street-a', role: 'unit' };
  const onStreet = (life: Life, taskId: string, when: string) => taskOn(life, taskId, when, 'street-a');

  test('is neither open nor done, is counted apart, and cannot be worked on until it is taken back', () => {
    const life = started();
    const first = life.do('2026-01-10 15:00', declare('dust-iii'), STREET);
    expect(life.of('task.not-applicable')).toMatchObject([{ clause: '4.3', data: { reason: '辖区没有工地' } }]);
    expect(life.do('2026-01-10 15:01', declare('dust-iii'), STREET)).toEqual({ ...first, repeated: true });
    const row = boardOf(life.state, at('2026-01-10 15:02')).units.find(({ unitId }) => unitId === 'street-a');
    expect(row?.tasks).toEqual({ total: 2, done: 0, notApplicable: 1, suspended: 0 });
    expect(life.do('2026-01-10 15:03', complete('dust-iii', 'street-a'))).toMatchObject({
      type: 'task-not-applicable',
      clause: '4.3',
    });
    life.do('2026-01-10 15:10', takeBack('dust-iii'), STREET);
    expect(life.of('task.applicable')[0]!.data.withdraws).toEqual({
      episodeId: 'e1',
      seq: (first as { seq: number }).seq,
    });
    expect(life.do('2026-01-10 15:11', complete('dust-iii', 'street-a'))).toMatchObject({ status: 'accepted' });
    expect(life.do('2026-01-10 15:12', takeBack('dust-iii'))).toMatchObject({ type: 'task-applicable' });
  });

  test('is refused for a task that is done, and for one that was added', () => {
    const life = started();
    life.do('2026-01-10 15:00', complete('dust-iii', 'street-a'));
    life.do('2026-01-10 15:01', add(undefined, ['street-a']));
    expect(life.do('2026-01-10 15:02', declare('dust-iii'))).toMatchObject({ type: 'task-done' });
    expect(life.do('2026-01-10 15:02', declare('added-1'))).toMatchObject({ type: 'task-added' });
  });

  test('that the office takes back is told to the unit; one that the unit takes back is not', () => {
    const life = started();
    for (const actor of [STREET, OFFICE]) {
      life.do('2026-01-10 15:00', declare('dust-iii'), STREET);
      life.do('2026-01-10 15:10', takeBack('dust-iii'), actor);
    }
    const [byUnit, byOffice] = life.of('task.applicable').map(({ seq }) => seq);
    const told = life.of('notification.sent').flatMap(({ data }) => data.about);
    expect([told.includes(byUnit!), told.includes(byOffice!)]).toEqual([false, true]);
  });

  test('goes on through levels where the task only continues; the entry says where the reason is', () => {
    const life = started();
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'orange'));
    const declared = life.do('2026-01-10 16:30', declare('dust-ii'));
    life.do('2026-01-10 17:00', adjustOf('N3', '2026-01-10 17:00', 'red'));
    const assigned = life.of('task.assigned').findLast(({ unitId }) => unitId === 'street-a')!;
    expect(assigned.data.tasks).toContainEqual({
      id: 'dust-i',
      change: 'continued',
      status: 'not-applicable',
      notApplicable: { saidIn: (declared as { seq: number }).seq },
    });
  });

  test('of an earlier episode holds at the start: the entry names the reason and where it comes from', () => {
    const life = new Life({ ...binding, notApplicable: [earlier] });
    life.do(START, startOf(START));
    const assigned = life.of('task.assigned').find(({ unitId }) => unitId === 'street-a')!;
    const { unitId: _, ...notApplicable } = earlier;
    expect(assigned.data.tasks).toContainEqual({
      id: 'dust-iii',
      change: 'new',
      status: 'not-applicable',
      notApplicable,
    });
    expect(onStreet(life, 'dust-iii', '2026-01-10 14:01')).toMatchObject({
      status: 'not-applicable',
      notApplicable: { profile: 'dust-iii' },
    });
    expect(taskOn(life, 'dust-iii', '2026-01-10 14:01')).toMatchObject({ status: 'open' });
  });

  test('of an earlier episode, taken back: the entry names that one, and no change of level brings it back', () => {
    const profile = [earlier, { ...earlier, taskId: 'dust-ii', seq: 50 }];
    const life = new Life({ ...binding, notApplicable: profile });
    life.do(START, startOf(START));
    life.do('2026-01-10 15:00', takeBack('dust-iii'), STREET);
    expect(life.of('task.applicable')[0]!.data.withdraws).toEqual({ episodeId: 'e0', seq: 40 });
    life.do('2026-01-10 16:00', adjustOf('N2', '2026-01-10 16:00', 'orange'));
    expect(onStreet(life, 'dust-ii', '2026-01-10 16:01')).toMatchObject({ status: 'open' });
    life.do('2026-01-10 17:00', adjustOf('N3', '2026-01-10 17:00', 'yellow'));
    expect(onStreet(life, 'dust-iii', '2026-01-10 17:01')).toMatchObject({ status: 'open' });
  });
});

test('§4.3 progress is noted without completing', () => {
  const life = started();
  const note: CommandBody = {
    kind: 'noteProgress',
    unitId: 'education',
    taskId: 'dust-iii',
    note: '已停六成',
    attachmentIds: [],
  };
  expect(life.do('2026-01-10 15:00', note, UNIT)).toMatchObject({ status: 'accepted' });
  expect(life.of('task.progressed')).toMatchObject([{ unitId: 'education', data: { note: '已停六成' } }]);
  expect(taskOn(life, 'dust-iii', '2026-01-10 15:01')).toMatchObject({ status: 'open' });
  expect(life.do('2026-01-10 15:00', { ...note, taskId: 'nothing' })).toMatchObject({ type: 'task-unknown' });
});

describe('the office acts for a unit that rings', () => {
  const onBehalf = { reference: 'p1', hash: 'f'.repeat(64) };

  test.each([
    [{ kind: 'acknowledge', unitId: 'education', onBehalf }, 'unit.acknowledged'],
    [{ kind: 'reportImplementation', unitId: 'education', text: '已落实', onBehalf }, 'implementation.reported'],
    [{ ...complete('dust-iii'), onBehalf }, 'task.completed'],
  ] as Array<[CommandBody, string]>)('%#: the entry says so, and who rang', (body, kind) => {
    const life = started();
    life.do('2026-01-10 15:00', body, OFFICE);
    expect(life.entries.findLast((entry) => entry.kind === kind)).toMatchObject({
      unitId: 'education',
      actor: { role: 'office' },
      data: { onBehalf },
    });
  });

  test('by the link in a message the entry names the contact it was sent to', () => {
    const life = started();
    const link = { contact: 'liaison-1' };
    life.do(
      '2026-01-10 14:05',
      { kind: 'acknowledge', unitId: 'education', link },
      { accountId: 'link', role: 'unit' },
    );
    expect(life.of('unit.acknowledged')).toMatchObject([{ actor: { accountId: 'link' }, data: { link } }]);
  });
});

test('the edition’s tasks come before the added ones', () => {
  const life = started();
  life.do('2026-01-10 15:00', add(undefined, ['street-a']));
  const categories = unitPageOf(life.state, 'street-a', at('2026-01-10 15:01')).tasks.map(({ category }) => category);
  expect(categories.indexOf('added')).toBe(categories.length - 1);
  expect(binding.items.length).toBeGreaterThan(0);
});
