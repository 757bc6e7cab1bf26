import { quoted } from '../../lib/quoted.js';
import type { Context } from '../engine/context.js';
import { isKnownUnit } from '../engine/known-unit.js';
import { invalidFields } from '../http/fields.js';

/** A unit of the directory, or one that has joined an episode. */
export async function requireUnit(context: Context, unitId: string | undefined): Promise<void> {
  if (unitId === undefined || (await isKnownUnit(context, unitId))) return;
  const detail = `名录中没有${quoted(unitId)}这个单位，请核对单位编号，例如 education`;
  throw invalidFields([{ field: 'unitId', detail }]);
}
