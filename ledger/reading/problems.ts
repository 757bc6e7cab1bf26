/** The problems of daily reports, over all episodes. */
import { sql } from 'kysely';
import type { Entry, ReportedProblem } from '../../episode/entries.js';
import { problemIn } from '../../episode/problems.js';
import type { Phase } from '../../episode/state-types.js';
import { keyIn, type Page, pageOf } from '../../lib/cursor.js';
import { readBinding } from '../chain/binding.js';
import type { Database } from '../database.js';
import { entryOf, limitOf } from './reading.js';

export interface ProblemFilter {
  open?: boolean;
  drill?: boolean;
  episodeId?: string;
  unitId?: string;
  cursor?: string;
  limit?: number;
}

export interface ListedProblem {
  episodeId: string;
  phase: Phase;
  drill: boolean;
  unitId: string;
  name: string;
  open: boolean;
  /** The report that has its words. */
  report: Entry;
  words: ReportedProblem;
  /** The last entry that says that it was put right. */
  settlement?: Entry;
}

/** The last reported first. Throws `CursorUnknown`. */
export async function listProblems(database: Database, filter: ProblemFilter): Promise<Page<ListedProblem>> {
  const limit = limitOf(filter.limit);
  let query = database.db
    .selectFrom('problems as p')
    .innerJoin('episodes as e', 'e.episode_id', 'p.episode_id')
    .innerJoin('entries as report', (join) =>
      join.onRef('report.chain_id', '=', 'p.episode_id').onRef('report.seq', '=', 'p.seq'),
    )
    .leftJoin('entries as settlement', (join) =>
      join.onRef('settlement.chain_id', '=', 'p.episode_id').onRef('settlement.seq', '=', 'p.settled_seq'),
    )
    .innerJoin('episode_units as u', (join) =>
      join.onRef('u.episode_id', '=', 'p.episode_id').onRef('u.unit_id', '=', 'p.unit_id'),
    )
    .select(['p.episode_id', 'p.problem_id', 'p.unit_id', 'p.number', 'p.reported_at', 'p.open'])
    .select(['e.phase', 'e.drill', 'e.binding_hash', 'report.canonical', 'report.hash'])
    .select(['settlement.canonical as settlement', 'settlement.hash as settlement_hash'])
    .select(sql<string | null>`u.state -> 'added' ->> 'name'`.as('added_name'))
    .orderBy('p.reported_at', 'desc')
    .orderBy('p.episode_id', 'desc')
    .orderBy('p.number', 'desc')
    .limit(limit + 1);
  if (filter.open !== undefined) query = query.where('p.open', '=', filter.open);
  if (filter.drill !== undefined) query = query.where('e.drill', '=', filter.drill);
  if (filter.episodeId !== undefined) query = query.where('p.episode_id', '=', filter.episodeId);
  if (filter.unitId !== undefined) query = query.where('p.unit_id', '=', filter.unitId);
  if (filter.cursor !== undefined) {
    const [reportedAt, episodeId, number] = keyIn(filter.cursor, 'number', 'string', 'number');
    query = query.where(
      sql<boolean>`(p.reported_at, p.episode_id, p.number) < (${reportedAt}, ${episodeId}, ${number}::bigint)`,
    );
  }
  const page = pageOf(await query.execute(), limit, (row) => [row.reported_at, row.episode_id, row.number]);
  const items = page.items.map(async (row): Promise<ListedProblem> => {
    const { units } = await readBinding(database, row.binding_hash);
    const report = entryOf(row);
    const { settlement, settlement_hash: hash } = row;
    return {
      episodeId: row.episode_id,
      phase: row.phase as Phase,
      drill: row.drill,
      unitId: row.unit_id,
      name: row.added_name ?? units.find(({ unitId }) => unitId === row.unit_id)?.name ?? row.unit_id,
      open: row.open,
      report,
      words: problemIn(report, row.problem_id)!,
      ...(settlement !== null && hash !== null ? { settlement: entryOf({ canonical: settlement, hash }) } : {}),
    };
  });
  return { ...page, items: await Promise.all(items) };
}
