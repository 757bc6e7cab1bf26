/** Tells the public media (§3.1.4): a text again, and the last word at the lifting. */
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Draft } from '../entries.js';
import { namesOf } from '../state.js';
import type { BroadcastState, EpisodeState, NoticeState } from '../state-types.js';
import { draft, SYSTEM } from './decision.js';

export const repeatBroadcast = (state: EpisodeState, { noticeId: notice, seq: text }: BroadcastState): Draft[] =>
  withoutEarlier(state, [
    draft('broadcast.repeated', SYSTEM, { notice, text }, { clause: state.binding.rules.publishes }),
  ]);

/** Media that were told of a warning are told of its end, though nobody has written a text for it yet. */
export function lastWord(state: EpisodeState, lifting: NoticeState): Draft[] {
  const { broadcast, binding } = state;
  if (!broadcast) return [];
  const isWritten = broadcast.noticeId === lifting.noticeId && !broadcast.isOff;
  const data = {
    ...namesOf(lifting),
    effectiveAt: beijingIso(lifting.effectiveAt),
    ...(isWritten ? { text: broadcast.seq } : {}),
  };
  return withoutEarlier(state, [draft('broadcast.ended', SYSTEM, data, { clause: binding.rules.publishes })]);
}

/** What still waits for the media is not sent after what takes its place: an ill way gets the newest when it is well. */
export function withoutEarlier({ messages }: EpisodeState, drafts: Draft[]): Draft[] {
  const earlier = Object.values(messages).flatMap(({ key, to }) => (to.kind === 'media' ? [key] : []));
  if (earlier.length === 0) return drafts;
  return [...drafts, draft('notification.withdrawn', SYSTEM, { messages: earlier, reason: 'repeated' })];
}
