import { contactListOf } from '../../ledger/people/contacts.js';
import { findOverride, type StoredOverride } from '../../ledger/people/duty-overrides.js';
import { findImport, type RosterImport } from '../../ledger/people/roster-imports.js';
import { isHolder } from '../../plan/people/holders.js';
import type { Context } from '../engine/context.js';
import { notFound, unitUnknown } from '../http/problems.js';

type Ids = Record<string, string>;

/** A unit of the directory, one added during an episode, or a body that is no unit. */
export async function theHolder({ database, edition }: Context, { unitId = '' }: Ids): Promise<string> {
  if (!isHolder(edition, unitId) && (await contactListOf(database, unitId)) === undefined) throw unitUnknown(unitId);
  return unitId;
}

export async function theOverride(context: Context, ids: Ids): Promise<StoredOverride> {
  const holder = await theHolder(context, ids);
  const { overrideId = '' } = ids;
  const override = await findOverride(context.database, overrideId);
  if (override?.holder !== holder) throw notFound('override', overrideId);
  return override;
}

export async function theImport({ database }: Context, { importId = '' }: Ids): Promise<RosterImport> {
  const one = await findImport(database, importId);
  if (!one) throw notFound('import', importId);
  return one;
}
