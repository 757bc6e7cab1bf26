import { figuresFor } from '../../episode/digest.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { invalidFields } from '../http/fields.js';

/** A larger figure is a mistake in typing and would ruin the district's sum. */
const MOST = 1_000_000;

/**
 * A daily report carries the figures of the unit (§5.1), whole numbers. Refuses with 400 and names those
 * allowed.
 */
export function requireKnownFigures(state: EpisodeState, unitId: string, figures: Record<string, number>): void {
  const known = figuresFor(state, unitId);
  const allowed = known.map(({ id, name, unit }) => `${id}（${name}，${unit}）`).join('、');
  const wrong = Object.entries(figures).flatMap(([id, value]) => {
    const field = `figures.${id}`;
    if (!known.some((figure) => figure.id === id)) {
      const choice = known.length === 0 ? '本单位没有可填的指标，请写在文字里' : `没有这项指标，可填：${allowed}`;
      return [{ field, detail: choice }];
    }
    const isSane = Number.isInteger(value) && value >= 0 && value <= MOST;
    return isSane ? [] : [{ field, detail: `应为 0 至 ${MOST} 的整数` }];
  });
  if (wrong.length > 0) throw invalidFields(wrong);
}
