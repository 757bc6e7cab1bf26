/** Views of an episode's notices and of its expected end. */
import { beijingIso } from '../plan/rules/calendar.js';
import type { HowReceived, WarningLevel } from '../plan/types.js';
import { noticeName } from '../plan/wording/words.js';
import type { Instant, OwnNotice } from './commands.js';
import { beginning, nextEffect } from './state.js';
import type { EpisodeState, NoticeState } from './state-types.js';

/** Nothing ends by itself: the office is asked what follows. */
export interface ExpectedEndView {
  at: string;
  passed: boolean;
  /** When the office was last asked and no notice has answered. */
  askedAt?: string;
}

export interface NoticeView {
  noticeId: string;
  kind: NoticeState['kind'];
  number?: string;
  ownNotice?: OwnNotice;
  /** The number, or how it came. */
  name: string;
  received?: { by: HowReceived; at: string };
  enteredAt: string;
  issuedAt: string;
  effectiveAt: string;
  cityLevel: WarningLevel;
  level: WarningLevel;
  expectedEndAt?: string;
  /** Overtaken: a later notice took effect first, and this one never will. */
  effect: NoticeState['effect'];
}

/** Of the response, or before it of the notice that is to begin it. */
export function plannedStart(state: EpisodeState): Instant {
  const next = state.phase === 'announced' ? nextEffect(state) : undefined;
  return next && next.kind !== 'lift' ? next.effectiveAt : beginning(state).effectiveAt;
}

/** Of the last notice but the lifting, in force or not. */
export function expectedEndOf(state: EpisodeState, now: Instant): ExpectedEndView | undefined {
  const at = state.notices.findLast(({ kind }) => kind !== 'lift')?.expectedEndAt;
  return at === undefined
    ? undefined
    : {
        at,
        passed: state.liftedAt === undefined && Date.parse(at) < now,
        ...(state.endAskedAt === undefined ? {} : { askedAt: beijingIso(state.endAskedAt) }),
      };
}

export const noticeView = ({
  seq: _,
  numberedSeq: __,
  ownNoticeSeq: ___,
  received,
  enteredAt,
  issuedAt,
  effectiveAt,
  ...notice
}: NoticeState): NoticeView => ({
  ...notice,
  name: noticeName({ ...notice, ...(received && { received }) }),
  ...(received && { received: { by: received.by, at: beijingIso(received.at) } }),
  enteredAt: beijingIso(enteredAt),
  issuedAt: beijingIso(issuedAt),
  effectiveAt: beijingIso(effectiveAt),
});
