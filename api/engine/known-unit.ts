import { hasJoined } from '../../ledger/people/accounts.js';
import { unitUnknown } from '../http/problems.js';
import type { Context } from './context.js';

/** A unit of the directory, or one that has joined an episode. */
export async function theKnownUnit({ database, edition }: Context, { unitId = '' }: Record<string, string>) {
  const unit = edition.units.find((one) => one.unitId === unitId);
  if (unit) return { unitId, name: unit.name };
  if (!(await hasJoined(database, unitId))) throw unitUnknown(unitId);
  return { unitId, name: unitId };
}

/** A unit of the directory, or one that has joined an episode. */
export const isKnownUnit = async ({ database, edition }: Context, unitId: string): Promise<boolean> =>
  edition.units.some((unit) => unit.unitId === unitId) || (await hasJoined(database, unitId));
