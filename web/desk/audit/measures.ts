/** What two episodes are compared by: numbers of a board and of its breaches. */
import type { Schemas } from '../../shared/api.js';
import { type BoardDeadline, type BoardUnit, deadlinesOnBoard } from '../board-cells.js';

export interface AnswerCounts {
  onTime: number;
  late: number;
  missed: number;
}

const OUTCOMES: Record<string, keyof AnswerCounts> = {
  acknowledged: 'onTime',
  submitted: 'onTime',
  met: 'onTime',
  late: 'late',
  missed: 'missed',
};

/** How all units answered one kind of deadline, so far. */
export function answersTo(units: readonly BoardUnit[], name: BoardDeadline['name']): AnswerCounts {
  const counts = { onTime: 0, late: 0, missed: 0 };
  for (const deadline of units.flatMap(deadlinesOnBoard)) {
    const outcome = deadline.name === name ? OUTCOMES[deadline.status] : undefined;
    if (outcome) counts[outcome] += 1;
  }
  return counts;
}

export interface TaskSum {
  done: number;
  total: number;
}

export const taskSumOf = (units: readonly BoardUnit[]): TaskSum => ({
  done: units.reduce((sum, { tasks }) => sum + tasks.done, 0),
  total: units.reduce((sum, { tasks }) => sum + tasks.total, 0),
});

export interface UnitPair {
  unitId: string;
  name: string;
  pair: Array<Schemas['Accountability']['items'][number] | undefined>;
}

/** Units that were late or failed in one of them, worst first. */
export function unitsInBoth(both: ReadonlyArray<Schemas['Accountability']>): UnitPair[] {
  const all = new Map(both.flatMap(({ items }) => items.map((item) => [item.unitId, item.name] as const)));
  const failures = ({ pair }: UnitPair) =>
    pair.reduce((sum, item) => sum + (item === undefined ? 0 : item.missed * 1000 + item.late), 0);
  return [...all]
    .map(([unitId, name]) => ({
      unitId,
      name,
      pair: both.map(({ items }) => items.find((item) => item.unitId === unitId)),
    }))
    .filter((row) => failures(row) > 0)
    .sort((one, other) => failures(other) - failures(one));
}
