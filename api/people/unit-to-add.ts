import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { unitsMeant } from '../../lib/normal/unit.js';
import { quoted } from '../../lib/quoted.js';
import type { Edition } from '../../plan/edition/edition.js';
import type { UnitKind } from '../../plan/types.js';
import { Problem } from '../http/problems.js';
import type { Exact } from '../http/route.js';
import type { unitRequest } from './schemas.js';

/** A unit of the directory by its id, or a new one whose id is made of its name. */
export function unitToAdd(
  edition: Edition,
  { unitId, name, kind }: Exact<z.output<typeof unitRequest>>,
): { unitId: string; name: string; unitKind: UnitKind } {
  // A name or an alias in the directory (§2.2) means that unit.
  const named = name === undefined ? [] : unitsMeant(edition.units, name, edition.plan.edition.district);
  const known = edition.units.find((unit) => unit.unitId === unitId) ?? (named.length === 1 ? named[0] : undefined);
  if (!known && name !== undefined && kind !== undefined) return { unitId: idOf(name), name, unitKind: kind };
  if (!known)
    throw new Problem(
      'unit-unknown',
      `名录中没有${quoted(unitId ?? name ?? '')}这个单位，请核对 unitId，或者填写新单位的 name 和 kind。`,
    );
  return { unitId: known.unitId, name: known.name, unitKind: known.kind };
}

const idOf = (name: string): string => `unit-${createHash('sha256').update(name.trim()).digest('hex').slice(0, 12)}`;
