/** The office's calls to a unit. */
import type { EpisodeState, UnitState } from '../state-types.js';

/** Somebody who was reached by telephone makes the unit reachable again. */
export function called(
  state: EpisodeState,
  unitId: string,
  last: NonNullable<UnitState['calls']>['last'],
): EpisodeState {
  const before = state.units[unitId]!;
  const { unreachable: _, ...reached } = { ...before, deliveries: { ...before.deliveries, reached: true as const } };
  const unit: UnitState = last.outcome === 'reached' ? reached : before;
  const calls = { count: (before.calls?.count ?? 0) + 1, last };
  return { ...state, units: { ...state.units, [unitId]: { ...unit, calls } } };
}
