import { contactListOf } from '../../ledger/people/contacts.js';
import { findOverride, type StoredOverride } from '../../ledger/people/duty-overrides.js';
import { findImport, type RosterImport } from '../../ledger/people/roster-imports.js';
import { quoted } from '../../lib/quoted.js';
import { isHolder } from '../../plan/people/holders.js';
import type { Context } from '../engine/context.js';
import { notFound, Problem } from '../http/problems.js';

type Ids = Record<string, string>;

/** A unit of the directory, one added during an episode, or a body that is no unit. */
export async function theHolder({ database, edition }: Context, { unitId = '' }: Ids): Promise<string> {
  if (!isHolder(edition, unitId) && (await contactListOf(database, unitId)) === undefined)
    throw new Problem('unit-unknown', `名录中没有${quoted(unitId)}这个单位，请核对单位编号，例如 education。`);
  return unitId;
}

export async function theOverride(context: Context, ids: Ids): Promise<StoredOverride> {
  const holder = await theHolder(context, ids);
  const override = await findOverride(context.database, ids.overrideId ?? '');
  if (override?.holder !== holder) throw notFound('这条替班记录');
  return override;
}

export async function theImport({ database }: Context, { importId = '' }: Ids): Promise<RosterImport> {
  const one = await findImport(database, importId);
  if (!one) throw notFound('这次导入');
  return one;
}
