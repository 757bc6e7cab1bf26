/** An episode in the words of the public pages. */

import { pathOf } from '../../documents/public/addresses.js';
import {
  factsOf,
  markedTitle,
  type PublicEpisode,
  type PublishedStatement,
  type PublishedText,
  paragraphsOf,
  standingOf,
} from '../../documents/public/published.js';
import { noticeOf } from '../../episode/state.js';
import { textIdOf } from '../../episode/texts.js';
import { beijingDate, beijingIso } from '../../plan/rules/calendar.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { StatementSubject, WarningLevel } from '../../plan/types.js';
import { levelName, timeInWords, warningName } from '../../plan/wording/words.js';

export const inBeijingWords = (at: number): string => timeInWords(beijingIso(at));

/** A colour is never the only sign: words, and as many bars as the level is high. */
const BARS: Record<WarningLevel, string> = { yellow: '▮', orange: '▮▮', red: '▮▮▮' };
const levelView = (level: WarningLevel) => ({ level, levelName: levelName(level), bars: BARS[level] });

const ENDED = { lifted: '解除', ended: '结束' } as const;

/** In a list: what it was and when, and whether it is over. */
export function warningRow(episode: PublicEpisode) {
  const { level, since, endedAt } = factsOf(episode);
  const standing = standingOf(episode);
  const isOver = standing === 'lifted' || standing === 'ended';
  return {
    href: pathOf.warning(episode.episodeId),
    name: markedTitle(episode, `重污染天气${warningName(level)}`),
    since: inBeijingWords(since),
    isOver,
    ...(isOver && endedAt !== undefined ? { ended: `已于${inBeijingWords(endedAt)}${ENDED[standing]}` } : {}),
    now: standing === 'announced' ? '已发布，尚未生效' : '正在生效',
  };
}

/** The card of a warning that is announced, in force, or over. */
export function warningCard(episode: PublicEpisode) {
  const { level, expectedEndAt, endedAt, withoutResponse } = factsOf(episode);
  const { pollutant, area, danger, advice } = episode.wordsAt(responseLevelOf(level));
  const standing = standingOf(episode);
  const isOver = standing === 'lifted' || standing === 'ended';
  return {
    ...levelView(level),
    ...warningRow(episode),
    isDrill: episode.drill,
    pollutant,
    area,
    announced: standing === 'announced',
    ...(isOver
      ? { withoutResponse }
      : {
          until: expectedEndAt === undefined ? '未定，以解除通知为准' : `预计至${inBeijingWords(expectedEndAt)}`,
          danger,
          advice,
          coming: comingOf(episode),
        }),
    ...(isOver && endedAt !== undefined ? { endedAt: inBeijingWords(endedAt), endedHow: ENDED[standing] } : {}),
  };
}

/** What the public was told of, and what has not taken effect. */
function comingOf({ state, texts }: PublicEpisode): string[] {
  const told = new Set(texts.map(({ noticeId }) => noticeId));
  return state.notices
    .filter(({ kind, noticeId, effect }) => kind !== 'start' && effect === 'to-come' && told.has(noticeId))
    .map(({ kind, effectiveAt, level }) =>
      kind === 'lift'
        ? `自${inBeijingWords(effectiveAt)}起解除`
        : `自${inBeijingWords(effectiveAt)}起调整为${warningName(level)}`,
    );
}

/** The texts of a warning, newest first, each of which a correction of the same notice takes the place of. */
export const textViews = (episode: PublicEpisode, isServed: (text: PublishedText) => boolean) =>
  [...episode.texts].reverse().map((text) => {
    const corrected = episode.texts.findLast(({ noticeId }) => noticeId === text.noticeId)!;
    return {
      key: textIdOf(text),
      title: markedTitle(episode, text.title),
      number: text.number,
      at: inBeijingWords(text.issuedAt),
      ...(corrected === text ? {} : { corrected: `已于${inBeijingWords(corrected.issuedAt)}更正` }),
      isLifting: noticeOf(episode.state, text.noticeId).kind === 'lift',
      paragraphs: paragraphsOf(text.text),
      ...(isServed(text) ? { cap: pathOf.cap(episode.episodeId, text) } : {}),
    };
  });

const SUBJECTS: Record<StatementSubject, string> = { concern: '回应关切', rumour: '澄清不实信息' };

/** In a list and on its own page; what corrects it is linked from it, and what it corrects too. */
export function statementView(
  episode: PublicEpisode,
  { statementId, about, title, issuedAt, corrects, correctedBy }: PublishedStatement,
) {
  const at = (id: string | undefined) => {
    const other = episode.statements.find((one) => one.statementId === id);
    return other && { href: pathOf.statement(episode.episodeId, other.statementId), title: other.title };
  };
  return {
    href: pathOf.statement(episode.episodeId, statementId),
    title: markedTitle(episode, title),
    subject: SUBJECTS[about],
    at: inBeijingWords(issuedAt),
    isCorrected: correctedBy !== undefined,
    correctedBy: at(correctedBy),
    corrects: at(corrects),
  };
}

export const reviewRow = (episode: PublicEpisode) => ({
  href: pathOf.review(episode.episodeId),
  title: reviewTitle(episode),
  at: inBeijingWords(episode.review!.publishedAt),
});

export const reviewTitle = (episode: PublicEpisode): string =>
  markedTitle(episode, `重污染天气应急响应总结评估（${inBeijingWords(factsOf(episode).since).slice(0, -6)}启动）`);

/** The Beijing year in which it began. */
export const yearOf = (episode: PublicEpisode): number => Number(beijingDate(factsOf(episode).since).slice(0, 4));
