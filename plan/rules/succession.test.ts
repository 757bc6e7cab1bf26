import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { editionsFolder, loadEditionById } from '../edition/edition.js';
import { RESPONSE_LEVELS, type ResponseLevel } from '../types.js';
import { changeOfLevel, type HeldTask, type LevelChange } from './transition.js';

const { plan, items } = loadEditionById('shuimogou-2025');
/** What belongs to one level: the measures, and a duty that a measure of a higher level takes the place of. */
const measures = items.filter(({ levels }) => levels.length === 1);
/** Each measure as if one unit answered for all of them. */
const ofOneUnit = measures.map((measure) => ({ ...measure, units: ['all'] }));

const route: ResponseLevel[] = ['III', 'II', 'I', 'II', 'III'];
/** The changes along the route; the unit does everything at each level before the next. */
function walk(levels: readonly ResponseLevel[]): LevelChange[] {
  let held: Record<string, HeldTask> = {};
  return levels.map((level) => {
    const change = changeOfLevel(ofOneUnit, 'all', held, level);
    held = {
      ...held,
      ...Object.fromEntries(change.ended.map((id) => [id, { ...held[id]!, status: 'ended' as const }])),
      ...Object.fromEntries(change.tasks.map((task) => [task.id, { ...task, status: 'done' as const }])),
    };
    return change;
  });
}

const expected = readFileSync(join(editionsFolder(), 'shuimogou-2025', 'succession.expected.txt'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#') && !line.startsWith('id '))
  .map((line) => line.split(/\s+/))
  .map(([id, ...changes]) => ({ id: id!, changes }));

describe('§4.3.2 to §4.3.4: what follows what across levels, as the office reads it', () => {
  test('the table holds every measure', () => {
    expect(expected.map(({ id }) => id).sort()).toEqual(measures.map(({ id }) => id).sort());
  });

  const steps = walk(route);

  test.each(expected)('$id over Ⅲ, Ⅱ, I, Ⅱ, Ⅲ', ({ id, changes }) => {
    expect(steps.map((step) => step.tasks.find((task) => task.id === id)?.change ?? '-')).toEqual(changes);
  });

  test('what is done stays done if continued or eased, and is open again if new or tightened', () => {
    for (const { tasks } of steps)
      for (const { change, status } of tasks)
        expect(status).toBe(change === 'continued' || change === 'eased' ? 'done' : 'open');
  });

  test.each([
    { from: 'III', to: 'II' },
    { from: 'II', to: 'I' },
    { from: 'III', to: 'I' },
  ] as const)('raising $from to $to ends nothing that has no successor unless the edition says so', ({ from, to }) => {
    const [, raised] = walk([from, to]);
    const inForce = new Map(measures.map((measure) => [measure.id, measure]));
    const follows = (id: string, lower: string): boolean =>
      inForce.get(id)!.replaces.some((link) => link.id === lower || follows(link.id, lower));
    for (const ended of raised!.ended) {
      const succeeded = raised!.tasks.some((task) => follows(task.id, ended));
      expect(succeeded || inForce.get(ended)!.endsOnRaise === true).toBe(true);
    }
    expect(raised!.tasks.length).toBeGreaterThan(0);
  });

  test('a task that follows another reaches every unit that had it', () => {
    const byId = new Map(items.map((item) => [item.id, item]));
    for (const item of items)
      for (const { id } of item.replaces) expect(item.units).toEqual(expect.arrayContaining(byId.get(id)!.units));
  });

  test('every reading is marked as the office’s, with a line why', () => {
    const readings = plan.items.flatMap((item) => [...item.replaces, ...(item.onRaise ? [item.onRaise] : [])]);
    expect(readings.length).toBeGreaterThan(50);
    for (const { by, why } of readings) expect({ by, long: why.length > 3 }).toEqual({ by: 'office', long: true });
  });

  test('the levels are those of §4.1, low to high', () => {
    expect(plan.responseLevels.map(({ level }) => level)).toEqual([...RESPONSE_LEVELS]);
  });
});
