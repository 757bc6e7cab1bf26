import { describe, expect, test } from '@jest/globals';
import { breachesOf } from './breaches.js';
import { callingListOf } from './calling-list.js';
import type { Actor, CommandBody } from './commands.js';
import { owedBy } from './owed.js';
import { whyObsolete } from './resends.js';
import { at, Life, liftOf, startOf } from './testing/life.js';
import { suspendOf } from './testing/suspended-life.js';
import { boardOf, unitPageOf } from './views.js';

const START = '2026-01-10 14:00';
const EDUCATION: Actor = { accountId: 'education', role: 'unit' };
const add = (dueAt?: string, unitIds = ['education', 'street-a']): CommandBody => ({
  kind: 'addTask',
  unitIds,
  text: '当日完成全部工地复查',
  ...(dueAt === undefined ? {} : { dueAt }),
});
const cancel = (unitIds?: string[], taskId = 'added-1'): CommandBody => ({
  kind: 'cancelTask',
  taskId,
  ...(unitIds && { unitIds }),
  reason: '市里已统一安排',
});
const complete: CommandBody = {
  kind: 'completeTasks',
  unitId: 'education',
  taskIds: ['added-1'],
  note: '',
  attachmentIds: [],
};

function started(dueAt?: string): Life {
  const life = new Life();
  life.do(START, startOf(START));
  life.do('2026-01-10 15:00', add(dueAt));
  return life;
}

const taskOf = (life: Life, when: string, unitId = 'education') =>
  unitPageOf(life.state, unitId, at(when)).tasks.find(({ taskId }) => taskId === 'added-1');

describe('§4.3 a task that was added is taken back', () => {
  test('for all that have it: each is told, the first entry has the reason, and it counts no more', () => {
    const life = started();
    const total = boardOf(life.state, at('2026-01-10 15:01')).units[0]!.tasks.total;
    expect(life.do('2026-01-10 15:10', cancel())).toMatchObject({ status: 'accepted' });
    const [first, second] = life.of('task.cancelled');
    expect(first).toMatchObject({ unitId: 'education', clause: '4.3', data: { reason: '市里已统一安排' } });
    expect(second).toMatchObject({ unitId: 'street-a', data: { reasonIn: first!.seq } });
    const told = life.of('notification.sent').filter(({ data }) => [first!.seq, second!.seq].includes(data.about[0]!));
    expect(new Set(told.map(({ unitId }) => unitId))).toEqual(new Set(['education', 'street-a']));
    for (const unitId of ['education', 'street-a'])
      expect(taskOf(life, '2026-01-10 15:11', unitId)).toMatchObject({ status: 'ended', cancelledSeq: first!.seq });
    expect(boardOf(life.state, at('2026-01-10 15:11')).units[0]!.tasks.total).toBe(total - 1);
  });

  test('for one unit; whoever has done it keeps it done', () => {
    const life = started();
    life.do('2026-01-10 15:05', complete);
    life.do('2026-01-10 15:10', cancel());
    expect(life.of('task.cancelled').map(({ unitId }) => unitId)).toEqual(['street-a']);
    expect(taskOf(life, '2026-01-10 15:11')).toMatchObject({ status: 'done' });
    expect(life.do('2026-01-10 15:12', cancel(['education']))).toMatchObject({ type: 'task-done' });
  });

  test('its time is owed no more, and nobody is reminded of it', () => {
    const life = started('2026-01-10T18:00:00+08:00');
    life.do('2026-01-10 15:10', cancel(['education']));
    expect(life.of('deadline.withdrawn')).toMatchObject([
      { unitId: 'education', data: { deadline: 'task', taskId: 'added-1', reason: 'task-cancelled' } },
    ]);
    life.passTo('2026-01-10 18:01');
    expect(life.of('task.missed').map(({ unitId }) => unitId)).toEqual(['street-a']);
  });

  test('what was missed stays missed, and is pressed and rung for no more', () => {
    const life = started('2026-01-10T18:00:00+08:00');
    life.passTo('2026-01-10 18:01');
    const rung = () => callingListOf(life.state).filter(({ unitId }) => unitId === 'street-a');
    const before = rung().flatMap(({ why }) => why.map(({ deadline }) => deadline));
    expect(before).toContain('task');
    life.do('2026-01-10 18:10', cancel());
    const unit = life.state.units['street-a']!;
    expect(breachesOf(life.state, unit)).toContainEqual(
      expect.objectContaining({ deadline: 'task', outcome: 'missed' }),
    );
    expect(owedBy(life.state, unit, at('2026-01-10 18:11')).map(({ deadline }) => deadline)).not.toContain('task');
    expect(rung().flatMap(({ why }) => why.map(({ deadline }) => deadline))).not.toContain('task');
    const steps = life.of('deadline.escalated').length;
    life.passTo('2026-01-11 09:00');
    const later = life.of('deadline.escalated').slice(steps);
    expect(later.flatMap(({ data }) => data.deadlines.map(({ deadline }) => deadline))).not.toContain('task');
  });

  test('one that a suspension holds does not come back with the resumption', () => {
    const life = started('2026-01-10T18:00:00+08:00');
    life.do('2026-01-10 15:10', suspendOf(['added-1']));
    life.do('2026-01-10 15:20', cancel());
    life.passTo('2026-01-10 18:01');
    expect(life.of('deadline.reopened')).toEqual([]);
    expect(life.of('task.missed')).toEqual([]);
    // Nothing is left that the suspension could hold.
    expect(life.of('response.resumed')).toHaveLength(1);
  });

  test('a unit takes back what it asked of itself, and is not told of it', () => {
    const life = started();
    life.do('2026-01-10 15:05', add(undefined, ['education']), EDUCATION);
    expect(life.do('2026-01-10 15:06', cancel(['education'], 'added-1'), EDUCATION)).toMatchObject({
      type: 'task-of-office',
    });
    expect(life.do('2026-01-10 15:07', cancel(['education'], 'added-2'), EDUCATION)).toMatchObject({
      status: 'accepted',
    });
    const [{ seq } = { seq: 0 }] = life.of('task.cancelled');
    expect(life.of('notification.sent').filter(({ data }) => data.about.includes(seq))).toEqual([]);
  });

  test('the word of it is of use until the response ends, that of the task is not', () => {
    const life = started();
    life.do('2026-01-10 15:10', cancel());
    const word = (matter: object) =>
      whyObsolete(life.state, 'education', {
        kind: 'resend',
        message: 'unit:education:1',
        about: [1],
        ways: [],
        deadlines: [],
        matter: matter as { taskId: string },
      });
    expect(word({ taskId: 'added-1', cancelled: true })).toBeUndefined();
    expect(word({ taskId: 'added-1' })).toContain('不再要求');
    life.do('2026-01-11 14:00', liftOf('2026-01-11 14:00'));
    expect(word({ taskId: 'added-1', cancelled: true })).toBe('应急响应已经终止');
  });

  test.each<[string, (life: Life) => void, CommandBody, string, string]>([
    ['twice', (life) => life.do('2026-01-10 15:10', cancel()), cancel(), 'task-ended', '已经撤销'],
    ['one of the plan', () => undefined, cancel(undefined, 'duty'), 'task-not-added', '暂停措施'],
    ['one that nobody has', () => undefined, cancel(undefined, 'added-9'), 'task-unknown', 'added-9'],
    ['for a unit that does not have it', () => undefined, cancel(['street-b']), 'task-unknown', 'added-1'],
    ['for a unit that is none', () => undefined, cancel(['nobody']), 'unit-unknown', 'nobody'],
    [
      'after the response',
      (life) => life.do('2026-01-11 14:00', liftOf('2026-01-11 14:00')),
      cancel(),
      'episode-lifted',
      '',
    ],
  ])('not %s', (_, before, command, type, detail) => {
    const life = started();
    before(life);
    expect(life.do('2026-01-11 15:00', command)).toMatchObject({ type, detail: expect.stringContaining(detail) });
  });

  test('done after it was taken back: refused, with the reason that it need not be done', () => {
    const life = started();
    life.do('2026-01-10 15:10', cancel());
    expect(life.do('2026-01-10 15:11', complete)).toMatchObject({
      type: 'task-ended',
      detail: expect.stringContaining('无需办理'),
    });
  });
});
