/** Who a name in `plan.yaml` stands for: a unit, or a group that means every unit of its kind. */

import type { Unit } from '../types.js';
import type { Directory, Plan } from './schema.js';

/** The departments of the plan in its order, then the directory's own units. */
export function directoryUnitsOf(plan: Plan, directory: Pick<Directory, 'units'>): Unit[] {
  const departments = plan.units.map(({ unitId, name, aliases }) => ({
    unitId,
    name,
    kind: 'department' as const,
    aliases,
  }));
  const others = directory.units.flatMap(({ unitId, name, kind, aliases = [] }) =>
    name && kind ? [{ unitId, name, kind, aliases }] : [],
  );
  return [...departments, ...others];
}

/** Ids of the units that names stand for; a name that is neither unit nor group stands for none. */
export const unitsNamed = (names: readonly string[], plan: Plan, units: readonly Unit[]): string[] =>
  names.flatMap((name) => {
    const group = plan.groups.find((one) => one.group === name);
    return units.filter((unit) => (group ? unit.kind === group.kind : unit.unitId === name)).map((unit) => unit.unitId);
  });
