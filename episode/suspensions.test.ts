import { describe, expect, test } from '@jest/globals';
import { callingListOf } from './calling-list.js';
import type { CommandBody, Instant } from './commands.js';
import { MOST_SUSPENSIONS } from './suspensions.js';
import { adjustOf, at, Life, liftOf, startOf } from './testing/life.js';
import { stepsAbout } from './testing/steps.js';
import {
  DAY,
  happened,
  longer,
  NEXT,
  page,
  resumeOf,
  running,
  sound,
  suspendOf,
  taskAddedOf,
  told,
} from './testing/suspended-life.js';
import { boardOf, episodeViewOf, unitPageOf } from './views.js';

describe('measures are suspended', () => {
  test('at once and until somebody resumes: each unit that has them is told of both', () => {
    const life = running();
    expect(life.do(`${DAY} 15:00`, suspendOf(['small-iii']))).toMatchObject({ status: 'accepted' });
    expect(told(life, 'unit.suspended')).toEqual([['street-a', '01-10T15:00', ['small-iii']]]);
    expect(page(life, `${DAY} 15:00`, 'street-a').tasks.filter(({ suspended }) => suspended)).toMatchObject([
      { taskId: 'small-iii', suspended: { suspensionId: 's1', from: `${DAY}T15:00:00.000+08:00`, reason: '节日保障' } },
    ]);
    expect(boardOf(life.state, at(`${DAY} 15:00`)).units.map(({ tasks }) => tasks.suspended)).toEqual([0, 1, 0]);
    life.do(`${DAY} 18:00`, resumeOf());
    expect(told(life, 'unit.resumed')).toEqual([['street-a', '01-10T18:00', ['small-iii']]]);
    expect(page(life, `${DAY} 18:00`, 'street-a').tasks.some(({ suspended }) => suspended)).toBe(false);
    expect(happened(life).slice(1)).toEqual([
      'suspension.ordered 01-10T15:00',
      'response.suspended 01-10T15:00',
      'response.resumed 01-10T18:00',
    ]);
    expect(episodeViewOf(life.state, 0).suspensions).toMatchObject([
      {
        suspensionId: 's1',
        status: 'ended',
        ended: { at: `${DAY}T18:00:00.000+08:00`, by: 'order', reason: '节日结束' },
      },
    ]);
    sound(life, `${DAY} 18:00`);
  });

  test('from a time ahead until another: both come by themselves', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf(['dust-iii'], { from: `${DAY} 20:00`, until: `${NEXT} 08:00` }, ['street-b']));
    expect(told(life, 'unit.suspended')).toEqual([['street-b', '01-10T15:00', ['dust-iii']]]);
    expect(page(life, `${DAY} 15:00`, 'street-b').tasks.some(({ suspended }) => suspended)).toBe(false);
    life.passTo(`${NEXT} 09:00`);
    expect(happened(life).slice(2)).toEqual(['response.suspended 01-10T20:00', 'response.resumed 01-11T08:00']);
    expect(told(life, 'unit.resumed')).toEqual([['street-b', '01-11T08:00', ['dust-iii']]]);
    sound(life, `${NEXT} 09:00`);
  });

  test('one that has not begun is taken back', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf('all', { from: `${NEXT} 00:00` }));
    life.do(`${DAY} 16:00`, resumeOf());
    life.passTo(`${NEXT} 12:30`);
    expect(happened(life).slice(2)).toEqual(['response.resumed 01-10T16:00']);
    expect(life.of('response.resumed')[0]!.data).toMatchObject({ cancelled: true });
    expect(life.of('report.missed').map(({ data }) => data.date)).toEqual([DAY, DAY, DAY]);
    sound(life, `${NEXT} 12:30`);
  });

  test('an added task is neither missed nor chased: the time that was left counts from the resumption', () => {
    const life = running();
    life.do(`${DAY} 14:30`, taskAddedOf(`${DAY} 18:00`));
    life.do(`${DAY} 16:00`, suspendOf(['added-1']));
    life.passTo(`${NEXT} 08:00`);
    expect(page(life, `${NEXT} 08:00`).tasks.at(-1)!.deadline).toMatchObject({ status: 'suspended' });
    expect(life.of('task.missed')).toEqual([]);
    life.do(`${NEXT} 09:00`, resumeOf());
    expect(life.of('deadline.reopened')[0]!.data).toMatchObject({
      taskId: 'added-1',
      dueAt: `${NEXT}T11:00:00.000+08:00`,
    });
    life.passTo(`${NEXT} 11:01`);
    expect(stepsAbout(life.entries, 'task')).toEqual([
      '10:00 reminded duty',
      '11:00 escalated lead',
      '11:00 escalated office',
    ]);
    sound(life, `${NEXT} 11:01`);
  });

  test('what was missed before stays missed, and its chain ends', () => {
    const life = running({ edition: longer });
    life.do(`${DAY} 14:30`, suspendOf('all', { from: `${DAY} 18:30` }));
    life.passTo(`${DAY} 19:00`);
    expect(life.of('implementation.missed')).toHaveLength(3);
    const rung = () => callingListOf(life.state).flatMap(({ why }) => why.map(({ deadline }) => deadline));
    expect(rung()).not.toContain('implementation');
    const before = stepsAbout(life.entries, 'implementation');
    life.do(`${DAY} 20:00`, resumeOf());
    expect(rung()).toContain('implementation');
    life.passTo(`${NEXT} 09:00`);
    expect(stepsAbout(life.entries, 'implementation')).toEqual(before);
    sound(life, `${NEXT} 09:00`);
  });

  test('a message that presses and still waits is withdrawn, one that announces a task is not', () => {
    const away = { contact: 'lead', contactHash: 'h', channel: 'email' as const, outcome: 'deferred' as const };
    const life = running({ edition: longer, post: () => [{ ...away, reason: 'away' }] });
    life.do(`${DAY} 14:30`, taskAddedOf(`${DAY} 20:00`));
    life.passTo(`${DAY} 18:00`);
    life.take(at(`${DAY} 18:01`), []);
    const waiting = () =>
      Object.values(life.state.messages).filter(({ deadlines }) =>
        deadlines.some(({ deadline }) => deadline === 'implementation' || deadline === 'task'),
      );
    expect(waiting().map(({ deadlines }) => deadlines[0]!.deadline)).toEqual(
      expect.arrayContaining(['implementation', 'task']),
    );
    life.do(`${DAY} 18:10`, suspendOf('all'));
    expect(waiting().map(({ deadlines }) => deadlines[0]!.deadline)).toEqual(['task']);
  });

  test('a word of it that still waits never arrives after the word of its end, nor after the response', () => {
    const away = { contact: 'lead', contactHash: 'h', channel: 'email' as const, outcome: 'deferred' as const };
    const life = running({ post: () => [{ ...away, reason: 'away' }] });
    const waiting = () => {
      const words = [...life.of('unit.suspended'), ...life.of('unit.resumed')];
      return words.flatMap(({ kind, unitId, seq, data }) =>
        life.state.messages[`unit:${unitId}:${seq}`] ? [`${kind} ${data.suspensionId}`] : [],
      );
    };
    life.do(`${DAY} 15:00`, suspendOf(['small-iii']));
    life.do(`${DAY} 15:01`, suspendOf(['dust-iii'], {}, ['street-a']));
    expect(waiting()).toEqual(['unit.suspended s1', 'unit.suspended s2']);
    life.do(`${DAY} 15:02`, resumeOf('s1'));
    expect(waiting()).toEqual(['unit.suspended s2', 'unit.resumed s1']);
    life.do(`${DAY} 15:03`, adjustOf('N2', `${DAY} 15:03`, 'orange'));
    expect(waiting()).toEqual(['unit.resumed s1']);
    life.do(`${DAY} 15:04`, liftOf(`${DAY} 15:04`));
    expect(waiting()).toEqual([]);
    sound(life, `${DAY} 15:04`);
  });

  test('a task may be done all the same, in time', () => {
    const life = running();
    life.do(`${DAY} 14:30`, taskAddedOf(`${DAY} 18:00`));
    life.do(`${DAY} 16:00`, suspendOf(['added-1']));
    const done: CommandBody = {
      kind: 'completeTasks',
      unitId: 'education',
      taskIds: ['added-1'],
      note: '',
      attachmentIds: [],
    };
    expect(life.do(`${DAY} 19:00`, done)).toMatchObject({ status: 'accepted' });
    expect(life.of('task.completed')[0]!.data.late).toBe(false);
    life.do(`${DAY} 20:00`, resumeOf());
    expect(life.of('deadline.reopened')).toEqual([]);
    sound(life, `${DAY} 20:01`);
  });

  test('a completion that is taken back leaves the time that was left at the suspension', () => {
    const life = running();
    life.do(`${DAY} 14:30`, taskAddedOf(`${DAY} 18:00`));
    life.do(`${DAY} 16:00`, suspendOf(['added-1']));
    const about = { unitId: 'education', taskId: 'added-1' };
    const done: CommandBody = {
      kind: 'completeTasks',
      unitId: 'education',
      taskIds: ['added-1'],
      note: '',
      attachmentIds: [],
    };
    life.do(`${DAY} 19:00`, done);
    life.do(`${DAY} 20:00`, { kind: 'withdrawCompletion', ...about, reason: '报错了' });
    expect(life.of('task.withdrawn')[0]!.data.dueAt).toBe(`${DAY}T22:00:00.000+08:00`);
    life.do(`${NEXT} 09:00`, resumeOf());
    expect(life.of('deadline.reopened')[0]!.data.dueAt).toBe(`${NEXT}T11:00:00.000+08:00`);
    sound(life, `${NEXT} 09:01`);
  });

  test('entered late, what fell due within it is not missed: the clock stood still', () => {
    const life = running({ edition: longer });
    life.do(`${DAY} 14:30`, taskAddedOf(`${DAY} 17:30`));
    life.passTo(`${DAY} 18:30`);
    expect([life.of('task.missed').length, life.of('implementation.missed').length]).toEqual([1, 3]);
    life.do(`${DAY} 19:00`, suspendOf('all', { from: `${DAY} 17:00` }));
    const { tasks, implementation } = page(life, `${DAY} 19:00`);
    expect([tasks.at(-1)!.deadline!.status, implementation[0]!.status]).toEqual(['suspended', 'suspended']);
    expect(callingListOf(life.state).flatMap(({ why }) => why.map(({ deadline }) => deadline))).not.toContain('task');
    life.do(`${NEXT} 09:00`, resumeOf());
    expect(life.of('deadline.reopened').map(({ data }) => [data.deadline, data.dueAt.slice(5, 16)])).toEqual([
      ['implementation', '01-11T10:00'],
      ['task', '01-11T09:30'],
      ['implementation', '01-11T10:00'],
      ['implementation', '01-11T10:00'],
    ]);
    sound(life, `${NEXT} 09:01`);
  });

  test('a measure whose id ends with a change of level ends its suspension; nobody is told to resume', () => {
    const life = running();
    life.do(`${DAY} 15:00`, suspendOf(['dust-iii']));
    life.do(`${DAY} 16:00`, suspendOf(['duty']));
    life.do(`${DAY} 17:00`, adjustOf('N2', `${DAY} 17:00`, 'orange'));
    expect(life.of('response.resumed').map(({ data }) => [data.suspensionId, data.by])).toEqual([
      ['s1', 'measures-ended'],
    ]);
    expect(told(life, 'unit.resumed')).toEqual([]);
    const held = page(life, `${DAY} 17:00`).tasks.map(({ taskId, suspended }) => [taskId, suspended?.suspensionId]);
    expect(held).toEqual([
      ['dust-iii', undefined],
      ['dust-ii', undefined],
      ['duty', 's2'],
    ]);
    sound(life, `${DAY} 17:01`);
  });

  test('a unit whose measures all ended meanwhile gets no message to resume them', () => {
    const away = { contact: 'lead', contactHash: 'h', channel: 'email' as const, outcome: 'deferred' as const };
    const life = running({ post: () => [{ ...away, reason: 'away' }] });
    life.do(`${DAY} 14:30`, taskAddedOf(`${DAY} 18:00`));
    life.do(`${DAY} 15:00`, suspendOf(['dust-iii', 'added-1']));
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'orange'));
    life.do(`${DAY} 17:00`, resumeOf());
    expect(told(life, 'unit.resumed').map(([unitId, , taskIds]) => [unitId, taskIds])).toEqual([
      ['education', ['added-1']],
      ['street-a', []],
      ['street-b', []],
    ]);
    const words = Object.values(life.state.messages).filter(({ suspensionId }) => suspensionId !== undefined);
    expect(words.map(({ to }) => to)).toEqual([{ kind: 'unit', unitId: 'education' }]);
    sound(life, `${DAY} 17:00`);
  });
});

describe('what makes no sense is refused', () => {
  const again = (first: CommandBody, second: CommandBody) => {
    const life = running();
    life.do(`${DAY} 15:00`, first);
    return life.do(`${DAY} 15:30`, second);
  };

  test.each<[string, CommandBody, string]>([
    ['an unknown measure', suspendOf(['dust-iii', 'nothing']), 'measure-unknown'],
    ['a measure of another level', suspendOf(['dust-i']), 'measure-not-in-force'],
    ['a measure that the unit does not have', suspendOf(['small-iii'], {}, ['education']), 'measure-not-in-force'],
    ['an unknown unit', suspendOf('all', {}, ['nobody']), 'unit-unknown'],
    [
      'an end before the beginning',
      suspendOf('all', { from: `${DAY} 18:00`, until: `${DAY} 17:00` }),
      'suspension-time',
    ],
    ['an end in the past', suspendOf('all', { from: `${DAY} 14:00`, until: `${DAY} 14:30` }), 'suspension-time'],
    ['a beginning before the response', suspendOf('all', { from: `${DAY} 13:59` }), 'suspension-time'],
    ['a beginning far ahead', suspendOf('all', { from: '2026-01-14 00:00' }), 'suspension-time'],
    ['an unknown suspension', resumeOf('s9'), 'suspension-unknown'],
  ])('%s', (_, body, type) => {
    expect(running().do(`${DAY} 15:00`, body)).toMatchObject({ status: 'refused', type });
  });

  test.each<[string, CommandBody, CommandBody, string | undefined]>([
    ['all again', suspendOf('all'), suspendOf('all'), 'suspension-overlaps'],
    ['a measure again, among others', suspendOf(['duty']), suspendOf(['dust-iii', 'duty']), 'suspension-overlaps'],
    [
      'all of a unit, already held with all',
      suspendOf('all'),
      suspendOf('all', {}, ['education']),
      'suspension-overlaps',
    ],
    [
      'a measure of another unit',
      suspendOf(['duty'], {}, ['education']),
      suspendOf(['duty'], {}, ['street-a']),
      undefined,
    ],
    [
      'the same afterwards',
      suspendOf(['duty'], { until: `${DAY} 18:00` }),
      suspendOf(['duty'], { from: `${DAY} 18:00` }),
      undefined,
    ],
    ['all over a measure', suspendOf(['duty']), suspendOf('all'), undefined],
    ['a task for a unit that pauses', suspendOf('all'), taskAddedOf(`${DAY} 20:00`), 'response-suspended'],
    ['resumed twice', suspendOf('all', { until: `${DAY} 15:10` }), resumeOf(), 'suspension-ended'],
  ])('%s', (_, first, second, type) => {
    expect(again(first, second)).toMatchObject(type ? { type } : { status: 'accepted' });
  });

  test('one more than the state can carry', () => {
    const life = running();
    for (let i = 0; i < MOST_SUSPENSIONS; i += 1) {
      expect(life.do(`${DAY} 15:00`, suspendOf(['duty']))).toMatchObject({ status: 'accepted' });
      life.do(`${DAY} 15:00`, resumeOf(`s${i + 1}`));
    }
    expect(life.do(`${DAY} 15:01`, suspendOf(['duty']))).toMatchObject({
      type: 'suspensions-too-many',
      detail: expect.stringContaining(`${MOST_SUSPENSIONS}次`),
    });
  });

  test('before the response, and once the lifting is noticed', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', `${NEXT} 08:00`));
    expect(life.do(`${DAY} 15:00`, suspendOf('all'))).toMatchObject({ type: 'response-not-started' });
    const lifting = running();
    lifting.do(`${DAY} 15:00`, suspendOf('all'));
    lifting.do(`${DAY} 16:00`, liftOf(`${DAY} 16:00`, `${NEXT} 00:00`));
    expect(lifting.do(`${DAY} 16:01`, suspendOf(['duty']))).toMatchObject({ type: 'episode-lifted' });
    expect(lifting.do(`${DAY} 16:02`, resumeOf())).toMatchObject({ status: 'accepted' });
  });
});

test('a measure that two suspensions hold goes on when neither does', () => {
  const life = running();
  life.do(`${DAY} 15:00`, suspendOf(['duty']));
  life.do(`${DAY} 15:10`, suspendOf('all'));
  life.do(`${DAY} 16:00`, resumeOf('s2'));
  const held = (when: Instant) =>
    unitPageOf(life.state, 'education', when)
      .tasks.filter(({ suspended }) => suspended)
      .map(({ taskId }) => taskId);
  expect(held(at(`${DAY} 16:00`))).toEqual(['duty']);
  life.do(`${DAY} 17:00`, resumeOf('s1'));
  expect(held(at(`${DAY} 17:00`))).toEqual([]);
  sound(life, `${DAY} 17:01`);
});
