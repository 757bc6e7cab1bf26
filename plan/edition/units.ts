/** The names in `plan.yaml`: a name means a unit, or every unit of a kind. */

import type { Unit, UnitKind } from '../types.js';
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

/** Ids of the units that the names mean. A name that is neither unit nor kind means none. */
export const unitsNamed = (names: readonly string[], plan: Plan, units: readonly Unit[]): string[] =>
  names.flatMap((name) => {
    const kind = kindNamed(plan, name);
    return units.filter((unit) => (kind ? unit.kind === kind : unit.unitId === name)).map((unit) => unit.unitId);
  });

/**
 * The entry of a list that is about a unit: the one that names it, or else the one that names its kind. A unit that
 * joined an episode (§2.2) is in no list, so its kind is.
 */
export const entryFor = <T extends { units: string[] }>(
  entries: readonly T[],
  plan: Plan,
  { unitId, kind }: Pick<Unit, 'unitId' | 'kind'>,
): T | undefined =>
  entries.find(({ units }) => units.includes(unitId)) ??
  entries.find(({ units }) => units.some((name) => kindNamed(plan, name) === kind));

const kindNamed = (plan: Plan, name: string): UnitKind | undefined =>
  plan.unitKinds.find(({ named }) => named === name)?.kind;

/** The names that have their duty under a clause of annex 1. */
export const namesOfDuty = ({ units, unitKinds }: Plan, clause: string | undefined): string[] => [
  ...units.flatMap(({ unitId, duty }) => (duty === clause ? [unitId] : [])),
  ...unitKinds.flatMap(({ named, duty }) => (duty === clause ? [named] : [])),
];
