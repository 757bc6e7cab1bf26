/** Units in a sentence: a few by name, and many as an office writes them, so that nobody is left out or made up. */
import { kindOf, nameOf, unitsOf } from '../episode/state.js';
import type { EpisodeState } from '../episode/state-types.js';

const MOST_NAMED = 10;
const MOST_EXCEPTED = 3;

/** `甲街道、乙街道`; of more than ten `全部责任单位`, `除区教育局外的其他责任单位`, or `区教育局……、各街道办事处`. */
export function unitsInWords(state: EpisodeState, unitIds: readonly string[]): string {
  const named = (ids: readonly string[]) => ids.map((unitId) => nameOf(state, unitId));
  if (unitIds.length <= MOST_NAMED) return named(unitIds).join('、');
  const all = unitsOf(state).map(({ unitId }) => unitId);
  const others = all.filter((unitId) => !unitIds.includes(unitId));
  if (others.length === 0) return '全部责任单位';
  if (others.length <= MOST_EXCEPTED) return `除${named(others).join('、')}外的其他责任单位`;
  const isStreet = (unitId: string) => kindOf(state, unitId) === 'street';
  if (others.some(isStreet) || !unitIds.some(isStreet)) return named(unitIds).join('、');
  return [...named(unitIds.filter((unitId) => !isStreet(unitId))), '各街道办事处'].join('、');
}
