import type { ReportInForce } from '../../episode/digest.js';
import { unitsOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { Database } from '../database.js';
import { findEntries } from './reading.js';

/** The units' daily reports in force: of one day, or of all. */
export async function reportsInForce(database: Database, state: EpisodeState, date?: string): Promise<ReportInForce[]> {
  const seqs = unitsOf(state).flatMap(({ reports }) =>
    Object.entries(reports).flatMap(([day, { status, seq }]) =>
      (date === undefined || day === date) && status !== 'withdrawn' ? (seq ?? []) : [],
    ),
  );
  const entries = await findEntries(database, state.episodeId, seqs);
  return entries.flatMap((entry) =>
    entry.kind === 'report.submitted' || entry.kind === 'report.corrected'
      ? [{ unitId: entry.unitId, date: entry.data.date, content: entry.data.content }]
      : [],
  );
}
