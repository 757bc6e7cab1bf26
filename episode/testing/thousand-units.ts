import type { Binding, TaskItem } from '../../plan/types.js';
import { binding } from './life.js';

const units = Array.from({ length: 1_000 }, (_, n) => ({
  unitId: `street-${n}`,
  name: `第${n}街道办事处`,
  kind: 'street' as const,
  aliases: [],
}));

export const THOUSAND_IDS = units.map(({ unitId }) => unitId);

const items = Array.from(
  { length: 40 },
  (_, n): TaskItem => ({
    id: `mandatory-measure-${n}`,
    clause: binding.items[0]!.clause,
    levels: ['III', 'II', 'I'],
    category: 'mandatory',
    units: THOUSAND_IDS,
    replaces: [],
  }),
);

/** A thousand street offices, each with forty tasks at every level. */
export const THOUSAND_UNITS: Binding = { ...binding, units, items };

/** The engine takes payloads of 2 MiB, and ends a run that sends more. */
export const ENGINE_TAKES = 2 * 1_024 * 1_024;
