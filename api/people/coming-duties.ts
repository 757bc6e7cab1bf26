import type { Database } from '../../ledger/database.js';
import { type StoredOverride, storedOverrides } from '../../ledger/people/duty-overrides.js';
import { dutyRowsOf, LAST_DAY, type StoredRow } from '../../ledger/people/roster.js';
import { beijingDate } from '../../plan/rules/calendar.js';

/** The duties of some holders from today on: rows of their rosters, and substitutions that are not over. */
export interface ComingDuties {
  today: string;
  rows: readonly StoredRow[];
  substitutions: readonly StoredOverride[];
}

export const NO_DUTIES: ComingDuties = { today: '', rows: [], substitutions: [] };

export async function comingDutiesOf(
  database: Database,
  holders: readonly string[],
  now: number,
): Promise<ComingDuties> {
  const today = beijingDate(now);
  const rows = await dutyRowsOf(database, holders, { from: today, until: LAST_DAY });
  const overrides = await storedOverrides(database, holders, { from: now, until: Number.MAX_SAFE_INTEGER });
  return { today, rows, substitutions: overrides.filter(({ cancelledAt }) => cancelledAt === undefined) };
}
