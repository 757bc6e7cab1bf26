/** Numbers of notices: one that came by telephone gets its number later, and a wrong one is corrected. */

import { isSameNumber } from '../../lib/normal/notice-number.js';
import type { WarningLevel } from '../../plan/types.js';
import { noticeName } from '../../plan/wording/words.js';
import type { Actor, CommandBody, Notice, OwnNotice, Refusal } from '../commands.js';
import { findNotice, noticesThatCount } from '../state.js';
import type { EpisodeState, NoticeState } from '../state-types.js';
import { type Decision, draft } from './decision.js';
import { refuse } from './refusals.js';

/**
 * What a notice has already repeats the entry that gave it. Another number, or another notice of the district, corrects it:
 * the office copies them from paper, and what it mistyped would otherwise go to the city.
 */
export function numberNotice(
  state: EpisodeState,
  { noticeId, number, ownNotice }: Extract<CommandBody, { kind: 'numberNotice' }>,
  actor: Actor,
): Decision {
  const { rules } = state.binding;
  const notice = findNotice(state, noticeId);
  if (!notice) return refuse('noticeUnknown', rules, { noticeId });
  const holder = number === undefined ? undefined : noticeWithNumber(state, number);
  if (holder && holder !== notice) return refuse('numberTaken', rules, { number: number!, noticeId: holder.noticeId });
  const { number: corrects } = notice;
  const numbered = number !== undefined && !holder && { number, ...(corrects === undefined ? {} : { corrects }) };
  const owned = ownNotice && !isSameOwn(ownNotice, notice.ownNotice) && { ownNotice };
  if (!numbered && !owned) return { repeats: (ownNotice ? notice.ownNoticeSeq : notice.numberedSeq) ?? notice.seq };
  return [draft('notice.numbered', actor, { noticeId, ...numbered, ...owned }, { clause: rules.adjusts })];
}

const isSameOwn = (one: OwnNotice, other: OwnNotice = {}): boolean =>
  one.number === other.number && one.title === other.title;

const noticeWithNumber = (state: EpisodeState, number: string): NoticeState | undefined =>
  state.notices.find((notice) => notice.number !== undefined && isSameNumber(notice.number, number));

/**
 * A notice that is entered again in another way: first by telephone and then from paper. One of the two has no number.
 * The office is told of the first, because only it knows whether they are one.
 */
export function alreadyEntered(state: EpisodeState, entered: Entered): Refusal | undefined {
  const known = noticesThatCount(state).find((notice) => isAlike(notice, entered));
  return known && refuse('noticeKnown', undefined, { name: noticeName(known), noticeId: known.noticeId });
}

interface Entered {
  kind: NoticeState['kind'];
  notice: Pick<Notice, 'number' | 'effectiveAt'>;
  cityLevel?: WarningLevel;
  level?: WarningLevel;
  expectedEndAt?: string;
}

export const isAlike = (known: NoticeState, { kind, notice, cityLevel, level, expectedEndAt }: Entered): boolean =>
  (known.number === undefined || notice.number === undefined) &&
  known.kind === kind &&
  known.effectiveAt === Date.parse(notice.effectiveAt) &&
  (kind === 'lift' ||
    (known.level === level &&
      known.cityLevel === cityLevel &&
      (expectedEndAt === undefined || instantOf(known.expectedEndAt) === instantOf(expectedEndAt))));

/** A time that may be absent. */
export const instantOf = (time: string | undefined): number | undefined =>
  time === undefined ? undefined : Date.parse(time);

/** The same number is the same notice. */
export function repeatOf(state: EpisodeState, { number }: Notice): { repeats: number } | undefined {
  const known = number === undefined ? undefined : noticeWithNumber(state, number);
  return known && { repeats: known.seq };
}
