/** Rolling broadcast (§3.1.4): which text the public media are told again, and when. */
import { MINUTE } from '../plan/rules/calendar.js';
import type { Instant } from './commands.js';
import { policyInForce } from './policy.js';
import { isReviewPublished } from './state.js';
import type { BroadcastState, EpisodeState } from './state-types.js';

/** No later notice is in force: media that repeat yellow while orange is in force would mislead. */
export const isUpToDate = ({ notices }: EpisodeState, noticeId: string): boolean =>
  notices.findIndex((one) => one.noticeId === noticeId) >= notices.findLastIndex(({ effect }) => effect === 'taken');

/**
 * What is repeated next, and when. Example with 60 minutes at red: issued at 14:10, repeated at 15:10, 16:10 …, by night too; after
 * an outage from 15:00 to 20:00 once at 20:00, then at 21:00. While a notice is in force whose text nobody has issued,
 * nothing is.
 */
export function nextBroadcast(state: EpisodeState): { of: BroadcastState; at: Instant } | undefined {
  const { broadcast, liftedAt, abandoned } = state;
  if (!broadcast || broadcast.isOff || liftedAt !== undefined || abandoned || isReviewPublished(state))
    return undefined;
  if (!isUpToDate(state, broadcast.noticeId)) return undefined;
  return { of: broadcast, at: broadcast.at + policyInForce(state).broadcastEveryMinutes * MINUTE };
}
