/**
 * The profile of each unit: the tasks of the plan that it has nothing to do for, as real episodes say. It is read off the
 * entries, so there is no second record that could differ. A drill neither adds nor takes away.
 */
import type { Entry } from '../../episode/entries.js';
import type { NotApplicableTask } from '../../plan/types.js';
import type { Database } from '../database.js';

const KINDS = ['task.not-applicable', 'task.applicable'] as const;
type Said = Extract<Entry, { kind: (typeof KINDS)[number] }>;

/** An episode carries its binding through every run: a longer profile than this would burst the engine's payloads. */
const MOST_BYTES = 100_000;

/** The newest first. What does not fit is asked again. */
export async function notApplicableTasks({ db }: Database): Promise<NotApplicableTask[]> {
  const rows = await db
    .selectFrom('entries')
    .innerJoin('episodes', 'episodes.episode_id', 'entries.chain_id')
    .select(['entries.chain_id as episodeId', 'entries.canonical'])
    .where('episodes.drill', '=', false)
    .where('entries.kind', 'in', KINDS)
    .execute();
  const said = rows.map(({ episodeId, canonical }) => ({ episodeId, entry: JSON.parse(canonical) as Said }));
  said.sort((one, other) => Date.parse(one.entry.at) - Date.parse(other.entry.at) || one.entry.seq - other.entry.seq);
  let profile: NotApplicableTask[] = [];
  for (const { episodeId, entry } of said) {
    const { unitId, seq, data } = entry;
    profile = profile.filter(
      (one) => one.unitId !== unitId || (one.taskId !== data.taskId && !isTakenBack(one, entry)),
    );
    if (entry.kind === 'task.not-applicable')
      profile.push({ unitId, taskId: data.taskId, reason: data.reason, episodeId, seq });
  }
  return fitting(profile.reverse());
}

/** A task may follow the one that was said to be not applicable; the entry names what it takes back. */
const isTakenBack = ({ episodeId, seq }: NotApplicableTask, { data }: Said): boolean =>
  'withdraws' in data && data.withdraws.episodeId === episodeId && data.withdraws.seq === seq;

function fitting(profile: readonly NotApplicableTask[]): NotApplicableTask[] {
  let bytes = 0;
  return profile.filter((one) => {
    bytes += Buffer.byteLength(JSON.stringify(one));
    return bytes <= MOST_BYTES;
  });
}
