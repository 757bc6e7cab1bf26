/** The names in `plan.yaml`: a name means a unit, or a group with every unit of its kind. */

import type { Unit } from '../types.js';
import type { Directory, Plan } from './schema.js';

/** The departments in the plan's order, then the directory's own units. */
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

/** Ids of the units that the names mean. A name that is neither unit nor group means none. */
export const unitsNamed = (names: readonly string[], plan: Plan, units: readonly Unit[]): string[] =>
  names.flatMap((name) => {
    const group = plan.groups.find((one) => one.group === name);
    return units.filter((unit) => (group ? unit.kind === group.kind : unit.unitId === name)).map((unit) => unit.unitId);
  });
