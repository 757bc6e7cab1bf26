import { expect, test } from '@jest/globals';
import type { Figure } from '../plan/types.js';
import { type ReportInForce, sumsOverDays } from './digest.js';
import { binding, Life, policy, startOf } from './testing/life.js';

const START = '2026-01-10 14:00';
const figures: Figure[] = [
  { id: 'toStop', name: '应停', unit: '家', acrossDays: 'most' },
  { id: 'stopped', name: '已停', unit: '家', outOf: 'toStop', countedBy: 'department', acrossDays: 'most' },
  { id: 'inspected', name: '检查', unit: '家次', countedBy: 'department' },
  { id: 'swept', name: '清扫', unit: '次' },
];
const dailyFigures = { department: figures, street: figures };
const life = new Life({ ...binding, policy: { ...policy, dailyFigures } });
life.do(START, startOf(START));

const report = (unitId: string, date: string, told: Record<string, number>): ReportInForce => ({
  unitId,
  date,
  content: { text: '正常', figures: told },
});

test('over several days what stands anew each day is not added up, and one kind of unit alone counts', () => {
  const sums = sumsOverDays(life.state, [
    report('education', '2026-01-10', { toStop: 10, stopped: 7, inspected: 3 }),
    report('education', '2026-01-11', { toStop: 12, stopped: 9, inspected: 4 }),
    report('street-a', '2026-01-11', { stopped: 5, inspected: 8 }),
  ]);
  expect(sums.map(({ id, sum, gap }) => [id, sum, gap])).toEqual([
    ['toStop', 12, undefined],
    ['stopped', 9, 3],
    ['inspected', 7, undefined],
  ]);
});

test('what was to be done stands before what has been, whichever list comes first', () => {
  const [toStop, stopped, ...others] = figures;
  const { state } = life;
  const lists = { street: [stopped!, ...others], department: [toStop!, stopped!] };
  const turned = { ...state, policy: { ...state.policy, dailyFigures: lists } };
  const sums = sumsOverDays(turned, [report('education', '2026-01-10', { toStop: 10, stopped: 7, swept: 1 })]);
  expect(sums.map(({ id }) => id)).toEqual(['toStop', 'stopped', 'swept']);
});

test('what nobody reported is not told', () => {
  expect(sumsOverDays(life.state, [])).toEqual([]);
});
