import type { Origin } from '../../district/entries.js';
import type { DistrictCommand } from '../../district/turn.js';
import type { Database } from '../database.js';
import { findEntry, findEpisode } from './reading.js';

/** The command of an episode's hand-over: the same whenever it is asked for. */
export async function handOverCommand(database: Database, { episodeId, seq }: Origin): Promise<DistrictCommand> {
  const entry = await findEntry(database, episodeId, seq);
  const state = await findEpisode(database, episodeId);
  if (entry?.kind !== 'review.saved' || entry.clause === undefined || !state)
    throw new Error(`entry ${seq} of ${episodeId} is no review`);
  const { revisions = [] } = entry.data.content;
  return {
    commandId: `hand-over ${episodeId}`,
    bodyHash: entry.data.contentHash,
    actor: { accountId: 'system', role: 'system' },
    body: {
      kind: 'handOver',
      from: { episodeId, seq },
      clause: entry.clause,
      reminders: state.policy.revisionReminders,
      revisions,
    },
  };
}

export const revisionsIn = ({ body }: DistrictCommand): number =>
  body.kind === 'handOver' ? body.revisions.length : 0;
