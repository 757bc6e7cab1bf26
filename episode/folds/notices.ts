/** Changes that entries make to the notices, and to the response that they bring about. */
import type { Instant } from '../commands.js';
import type { EntryData } from '../entries.js';
import type { EpisodeState, NoticeState } from '../state-types.js';
import { endSuspensions } from './suspensions.js';

/** A notice answers what follows the expected end. */
export function addNotice({ endAskedAt: _, ...state }: EpisodeState, notice: NoticeState): EpisodeState {
  return { ...state, notices: [...state.notices, notice] };
}

export function enteredNotice(
  kind: NoticeState['kind'],
  data: Pick<EntryData['level.adjusted'], 'noticeId' | 'notice' | 'cityLevel' | 'level' | 'expectedEndAt'>,
  seq: number,
  enteredAt: Instant,
): NoticeState {
  const { number, received, ownNotice } = data.notice;
  const receivedAt = received?.at === undefined ? enteredAt : Date.parse(received.at);
  return {
    kind,
    noticeId: data.noticeId,
    ...(number === undefined ? {} : { number }),
    ...(ownNotice === undefined ? {} : { ownNotice }),
    ...(received === undefined ? {} : { received: { by: received.by, at: receivedAt } }),
    seq,
    enteredAt,
    issuedAt: Date.parse(data.notice.issuedAt),
    effectiveAt: Date.parse(data.notice.effectiveAt),
    cityLevel: data.cityLevel,
    level: data.level,
    ...(data.expectedEndAt === undefined ? {} : { expectedEndAt: data.expectedEndAt }),
    effect: 'to-come',
  };
}

/** A notice takes effect. Those that were entered before it and had not taken effect never will. */
export function takenEffect(state: EpisodeState, noticeId: string): EpisodeState {
  const place = state.notices.findIndex((notice) => notice.noticeId === noticeId);
  const notices = state.notices.map((notice, i): NoticeState => {
    if (i === place) return { ...notice, effect: 'taken' };
    return i < place && notice.effect === 'to-come' ? { ...notice, effect: 'overtaken' } : notice;
  });
  return { ...state, notices };
}

export const changeNotice = (state: EpisodeState, noticeId: string, change: Partial<NoticeState>): EpisodeState => ({
  ...state,
  notices: state.notices.map((notice) => (notice.noticeId === noticeId ? { ...notice, ...change } : notice)),
});

export const lifted = (state: EpisodeState, data: EntryData['response.cancelled']): EpisodeState => ({
  ...takenEffect(state, data.noticeId),
  phase: 'reporting',
  liftedAt: Date.parse(data.effectiveAt),
  suspensions: endSuspensions(state.suspensions, Date.parse(data.effectiveAt)),
  followUp: { dueAt: Date.parse(data.followUpDueAt), status: 'pending' },
  review: { dueAt: Date.parse(data.reviewDueAt), status: 'pending' },
});
