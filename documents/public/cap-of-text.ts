/** The alert of a text that was issued to the public. */
import type { Instant } from '../../episode/commands.js';
import { noticeOf } from '../../episode/state.js';
import type { NoticeState } from '../../episode/state-types.js';
import { textIdOf } from '../../episode/texts.js';
import { beijingIso, HOUR } from '../../plan/rules/calendar.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { WarningLevel } from '../../plan/types.js';
import { warningName } from '../../plan/wording/words.js';
import { pathOf } from './addresses.js';
import type { CapAlert, CapInfo, CapReference } from './cap.js';
import { markedTitle, type PublicEpisode, type PublishedText, paragraphsOf } from './published.js';

export interface CapSource {
  senderName: string;
  publicUrl: string;
}

/** As the alerts of China's early-warning centres translate their colours. */
const SEVERITY: Record<WarningLevel, CapInfo['severity']> = { yellow: 'Moderate', orange: 'Severe', red: 'Extreme' };

/** `text` is one of the episode's. */
export function capOfText(episode: PublicEpisode, text: PublishedText, source: CapSource): CapAlert {
  const notice = noticeOf(episode.state, text.noticeId);
  const earlier = episode.texts.slice(0, episode.texts.indexOf(text)).filter((one) => changes(episode, text, one));
  const isLifting = notice.kind === 'lift';
  return {
    ...asNamed(episode, text),
    status: episode.drill ? 'Exercise' : 'Actual',
    // Nothing to cancel: the lifting is the first that the public hears of.
    msgType: earlier.length === 0 ? 'Alert' : isLifting ? 'Cancel' : 'Update',
    scope: 'Public',
    ...(episode.drill ? { note: '应急演练，不是真实预警' } : {}),
    references: earlier.map((one) => asNamed(episode, one)),
    info: infoOf(episode, text, notice, source),
  };
}

/**
 * All earlier ones, so that none is left standing with a reader who missed one between. A lifting is not cancelled by its
 * correction.
 */
const changes = ({ state }: PublicEpisode, by: PublishedText, one: PublishedText): boolean =>
  noticeOf(state, by.noticeId).kind !== 'lift' || noticeOf(state, one.noticeId).kind !== 'lift';

const asNamed = ({ episodeId, sender }: PublicEpisode, text: PublishedText): CapReference => ({
  sender,
  identifier: `${episodeId}-${textIdOf(text)}`,
  sent: momentOf(text.issuedAt),
});

function infoOf(
  episode: PublicEpisode,
  text: PublishedText,
  notice: NoticeState,
  { senderName, publicUrl }: CapSource,
): CapInfo {
  const { issuedAt } = text;
  const { area, advice } = episode.wordsAt(responseLevelOf(notice.level));
  const onset = notice.effectiveAt;
  const isLifting = notice.kind === 'lift';
  const end = notice.expectedEndAt === undefined ? Number.NaN : Date.parse(notice.expectedEndAt);
  return {
    language: 'zh-CN',
    category: 'Env',
    event: `重污染天气${warningName(notice.level)}`,
    severity: SEVERITY[notice.level],
    ...(isLifting ? LIFTED : { ...timeliness(onset - issuedAt), certainty: 'Likely' }),
    effective: momentOf(issuedAt),
    onset: momentOf(onset),
    // An end that nobody knows is left out: readers then keep the alert until it is cancelled.
    ...(!isLifting && end > Math.max(issuedAt, onset) ? { expires: momentOf(end) } : {}),
    senderName,
    headline: markedTitle(episode, text.title),
    description: paragraphsOf(text.text).join('\n'),
    ...(isLifting ? {} : { instruction: advice.join('\n') }),
    web: `${publicUrl}${pathOf.warning(episode.episodeId)}`,
    areaDesc: area,
  };
}

const LIFTED = { responseType: 'AllClear', urgency: 'Past', certainty: 'Observed' } as const;

/** By CAP's words: `Immediate` now, `Expected` within the hour, `Future` after it. */
const timeliness = (ahead: number): Pick<CapInfo, 'responseType' | 'urgency'> =>
  ahead <= 0
    ? { responseType: 'Avoid', urgency: 'Immediate' }
    : { responseType: 'Prepare', urgency: ahead <= HOUR ? 'Expected' : 'Future' };

/** `2026-01-10T14:00:00+08:00` */
const momentOf = (at: Instant): string => beijingIso(Math.floor(at / 1000) * 1000).replace(/\.\d+/, '');
