import { describe, expect, test } from '@jest/globals';
import type { ResponseLevel, TaskItem } from '../types.js';
import { clause } from './clauses.js';
import { changeOfLevel, endedAltogether, type HeldTask } from './transition.js';

const item = (id: string, level: ResponseLevel, replaces: TaskItem['replaces'] = [], units = ['u']): TaskItem => ({
  id,
  clause: clause('4.3'),
  levels: [level],
  category: 'mandatory',
  units,
  replaces,
});

// One line of succession that tightens, one that stays the same, a rule at Ⅲ alone, one only red has, a duty of all levels.
const items: TaskItem[] = [
  item('dust-iii', 'III'),
  item('dust-ii', 'II', [{ id: 'dust-iii', as: 'tightened' }]),
  item('dust-i', 'I', [{ id: 'dust-ii', as: 'continued' }]),
  item('sweep-iii', 'III'),
  item('sweep-ii', 'II', [{ id: 'sweep-iii', as: 'continued' }]),
  item('sweep-i', 'I', [{ id: 'sweep-ii', as: 'continued' }]),
  item('small-iii', 'III'),
  item('cars-i', 'I'),
  { ...item('duty', 'III'), levels: ['III', 'II', 'I'], category: 'duty' },
  { ...item('ends-iii', 'III'), endsOnRaise: true },
  item('others', 'III', [], ['v']),
];

const go = (held: Record<string, HeldTask>, to: ResponseLevel) => {
  const change = changeOfLevel(items, 'u', held, to);
  const next: Record<string, HeldTask> = { ...held };
  for (const id of change.ended) next[id] = { ...held[id]!, status: 'ended' };
  for (const task of change.tasks) next[task.id] = task;
  return { change, next };
};
const table = (held: Record<string, HeldTask>, to: ResponseLevel) =>
  Object.fromEntries(go(held, to).change.tasks.map((task) => [task.id, `${task.change} ${task.status}`]));
const start = (to: ResponseLevel) => go({}, to).next;
const done = (held: Record<string, HeldTask>) =>
  Object.fromEntries(
    Object.entries(held).map(([id, task]) => [
      id,
      task.status === 'open' ? { ...task, status: 'done' as const } : task,
    ]),
  );

describe('§4.3 succession of tasks across levels', () => {
  test('of the ended tasks, only those without a successor have ended altogether', () => {
    const altogether = (held: Record<string, HeldTask>, to: ResponseLevel) => {
      const { tasks, ended } = changeOfLevel(items, 'u', held, to);
      return endedAltogether(
        items,
        ended,
        tasks.map(({ id }) => id),
      );
    };
    expect(altogether(start('III'), 'II')).toEqual(['ends-iii']);
    expect(altogether(start('III'), 'I')).toEqual(['ends-iii']);
    expect(altogether(start('I'), 'III')).toEqual(['cars-i']);
  });

  test('a start gives everything of the level, new and open, to the units that answer for it', () => {
    expect(table({}, 'III')).toEqual({
      'dust-iii': 'new open',
      'sweep-iii': 'new open',
      'small-iii': 'new open',
      duty: 'new open',
      'ends-iii': 'new open',
    });
  });

  test('raising tightens, continues, carries on tasks without a successor, and ends only those that the edition ends', () => {
    const { change } = go(done(start('III')), 'II');
    expect(change).toEqual({
      tasks: [
        { id: 'dust-ii', change: 'tightened', status: 'open' },
        { id: 'sweep-ii', change: 'continued', status: 'done' },
        { id: 'duty', change: 'continued', status: 'done' },
        { id: 'small-iii', change: 'continued', status: 'done' },
      ],
      ended: ['dust-iii', 'sweep-iii', 'ends-iii'],
    });
  });

  test('raising by two levels follows the chain and is tightened if any link is', () => {
    expect(table(start('III'), 'I')).toMatchObject({
      'dust-i': 'tightened open',
      'sweep-i': 'continued open',
      'cars-i': 'new open',
      'small-iii': 'continued open',
    });
  });

  test('lowering eases milder tasks, continues equal ones, and ends those without a counterpart', () => {
    const { change } = go(done(start('I')), 'III');
    expect(change.tasks).toEqual([
      { id: 'dust-iii', change: 'eased', status: 'done' },
      { id: 'sweep-iii', change: 'continued', status: 'done' },
      { id: 'small-iii', change: 'new', status: 'open' },
      { id: 'duty', change: 'continued', status: 'done' },
      { id: 'ends-iii', change: 'new', status: 'open' },
    ]);
    expect(change.ended).toEqual(['dust-i', 'sweep-i', 'cars-i']);
  });

  test('a task done before a higher level replaced it is still done when it comes back', () => {
    const atOne = go({ ...start('III'), 'dust-iii': { status: 'done', change: 'new', seq: 7 } }, 'I').next;
    expect(atOne['dust-i']!.status).toBe('open');
    expect(table(atOne, 'III')['dust-iii']).toBe('eased done');
  });

  test('up and down again: the rule at Ⅲ alone goes on throughout', () => {
    let held = start('III');
    for (const level of ['II', 'I', 'II', 'III'] as const) {
      held = go(held, level).next;
      expect(held['small-iii']!.status).toBe('open');
    }
  });

  test('a lower entry that gave way to a higher level alone comes back when that level is left', () => {
    const skipping = [item('a', 'III'), item('c', 'I', [{ id: 'a', as: 'tightened' }])];
    const atTwo = { a: { status: 'done', change: 'continued' } } as const;
    const atOne = changeOfLevel(skipping, 'u', atTwo, 'I');
    expect(atOne).toEqual({ tasks: [{ id: 'c', change: 'tightened', status: 'open' }], ended: ['a'] });
    const back = changeOfLevel(
      skipping,
      'u',
      { a: { status: 'ended', change: 'continued' }, c: { status: 'done', change: 'tightened' } },
      'II',
    );
    expect(back).toEqual({ tasks: [{ id: 'a', change: 'eased', status: 'done' }], ended: ['c'] });
    const neverHeld = changeOfLevel(skipping, 'u', { c: { status: 'open', change: 'new' } }, 'II');
    expect(neverHeld).toEqual({ tasks: [], ended: ['c'] });
  });

  describe('本辖区不涉及: a task that the unit has nothing to do for', () => {
    const said = (held: Record<string, HeldTask>, id: string): Record<string, HeldTask> => ({
      ...held,
      [id]: { ...held[id]!, status: 'not-applicable', notApplicable: 'said' },
    });

    test('stays so if it continues or is eased, and is open again if it is tightened', () => {
      const raised = table(said(said(start('III'), 'sweep-iii'), 'dust-iii'), 'II');
      expect(raised).toMatchObject({ 'sweep-ii': 'continued not-applicable', 'dust-ii': 'tightened open' });
      expect(table(said(start('II'), 'dust-ii'), 'III')).toMatchObject({ 'dust-iii': 'eased not-applicable' });
    });

    test('is so again when it comes back from a higher level, where there was work', () => {
      const { next } = go(said(start('III'), 'dust-iii'), 'II');
      expect(table(done(next), 'III')['dust-iii']).toBe('eased not-applicable');
    });

    const byProfile = (profile: string[], to: ResponseLevel, held: Record<string, HeldTask> = {}) =>
      Object.fromEntries(
        changeOfLevel(items, 'u', held, to, profile).tasks.map((task) => [
          task.id,
          task.status === 'not-applicable' ? `like ${task.like}` : task.status,
        ]),
      );

    test.each([
      ['itself', ['dust-iii'], 'III', 'dust-iii', 'like dust-iii'],
      ['one that it only continues, over two levels', ['sweep-iii'], 'I', 'sweep-i', 'like sweep-iii'],
      ['a harder one', ['dust-ii'], 'III', 'dust-iii', 'like dust-ii'],
      ['a milder one: it is asked again', ['dust-iii'], 'II', 'dust-ii', 'open'],
      ['another unit’s, or one that is no more', ['gone', 'cars-i'], 'III', 'dust-iii', 'open'],
    ] as const)('by the unit’s profile of %s', (_name, profile, to, id, standing) => {
      expect(byProfile([...profile], to)[id]).toBe(standing);
    });

    test('what was taken back in this episode is not brought back by the profile', () => {
      const held: Record<string, HeldTask> = {
        'dust-iii': { status: 'open', change: 'new', applies: true },
        'sweep-iii': { status: 'open', change: 'new', applies: true },
      };
      expect(byProfile(['dust-iii', 'dust-ii', 'sweep-ii'], 'II', held)).toMatchObject({
        'dust-ii': 'open',
        'sweep-ii': 'open',
      });
    });
  });
});
