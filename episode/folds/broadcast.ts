/** Changes that entries make to what the public media are told. */
import { MEDIA_WAYS } from '../../plan/rules/ways.js';
import type { Instant } from '../commands.js';
import type { EntryData } from '../entries.js';
import type { EpisodeState } from '../state-types.js';
import { addMessage } from './messages.js';

const tellMedia = (state: EpisodeState, seq: number, now: Instant): EpisodeState =>
  addMessage(state, `media:${seq}`, { kind: 'media' }, seq, now, {
    policy: { noticeWays: MEDIA_WAYS, leadNoticeWays: MEDIA_WAYS },
  });

/** A text of the public that is not for the media ends the repeating of the one before. */
export function broadcastBegun(
  state: EpisodeState,
  { notice: noticeId, audience, broadcast }: EntryData['text.issued'],
  seq: number,
  now: Instant,
): EpisodeState {
  if (audience !== 'public') return state;
  if (broadcast) {
    const told = tellMedia(state, seq, now);
    return state.liftedAt === undefined ? { ...told, broadcast: { noticeId, seq, at: now } } : told;
  }
  return state.broadcast ? { ...state, broadcast: { ...state.broadcast, isOff: true } } : state;
}

export const broadcastRepeated = (state: EpisodeState, seq: number, now: Instant): EpisodeState =>
  tellMedia({ ...state, broadcast: { ...state.broadcast!, at: now } }, seq, now);

export function broadcastEnded({ broadcast: _, ...state }: EpisodeState, seq: number, now: Instant): EpisodeState {
  return tellMedia(state, seq, now);
}
