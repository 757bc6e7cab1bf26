import type { DailyReportContent } from '../../episode/commands.js';
import { unitsOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { Database } from '../database.js';
import { findEntries } from './reading.js';

/** Contents in force of the units' daily reports: of one day, or of all. */
export async function reportsInForce(
  database: Database,
  state: EpisodeState,
  date?: string,
): Promise<DailyReportContent[]> {
  const seqs = unitsOf(state).flatMap(({ reports }) =>
    Object.entries(reports).flatMap(([day, { status, seq }]) =>
      (date === undefined || day === date) && status !== 'withdrawn' ? (seq ?? []) : [],
    ),
  );
  const entries = await findEntries(database, state.episodeId, seqs);
  return entries.flatMap(({ data }) => ('content' in data && 'figures' in data.content ? [data.content] : []));
}
