/** The public record of one episode: what was issued to everybody, and the facts beside it. */
import type { Instant } from '../../episode/commands.js';
import { beginning, endOfResponse, isWithoutResponse, noticeInForce } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { PublicText } from '../../plan/edition/public-text.js';
import type { ResponseLevel, StatementSubject } from '../../plan/types.js';

/** A text of a notice, as it was issued to the public. `version` counts the texts of the same notice. */
export interface PublishedText {
  noticeId: string;
  version: number;
  title: string;
  text: string;
  number?: string;
  issuedAt: Instant;
}

export interface PublishedStatement {
  statementId: string;
  about: StatementSubject;
  title: string;
  text: string;
  issuedAt: Instant;
  corrects?: string;
  correctedBy?: string;
}

export interface PublishedReview {
  text: string;
  publishedAt: Instant;
}

export interface PublicEpisode {
  episodeId: string;
  drill: boolean;
  /** Without its units. */
  state: EpisodeState;
  /** The office's id in alerts, by its edition: it stays, whatever address the pages have. */
  sender: string;
  /** A level in the words of its edition, with the area of its start. */
  wordsAt(level: ResponseLevel): PublicText;
  /** In the order of issue. */
  texts: PublishedText[];
  /** In the order of issue. */
  statements: PublishedStatement[];
  review?: PublishedReview;
}

/** The public was told of the warning itself, and not only of something beside it. */
export const hasWarning = ({ texts }: PublicEpisode): boolean => texts.length > 0;

/** `ended`: a drill that nobody touched any more. */
export type PublicStanding = 'announced' | 'in-force' | 'lifted' | 'ended';

export function standingOf({ state }: PublicEpisode): PublicStanding {
  if (state.liftedAt !== undefined) return 'lifted';
  if (endOfResponse(state) !== undefined) return 'ended';
  return state.phase === 'announced' ? 'announced' : 'in-force';
}

/** From when, until when, and at which level, as the record has it. */
export function factsOf({ state }: PublicEpisode) {
  const { level } = noticeInForce(state);
  const expectedEndAt = state.notices.findLast(
    ({ kind, effect }) => kind !== 'lift' && effect !== 'overtaken',
  )?.expectedEndAt;
  const endedAt = endOfResponse(state);
  return {
    level,
    since: beginning(state).effectiveAt,
    ...(expectedEndAt === undefined ? {} : { expectedEndAt: Date.parse(expectedEndAt) }),
    ...(endedAt === undefined ? {} : { endedAt }),
    withoutResponse: endedAt !== undefined && isWithoutResponse(state),
  };
}

/** The title of a drill's text says so, once. */
export const markedTitle = ({ drill }: Pick<PublicEpisode, 'drill'>, title: string): string =>
  drill && !title.includes('【演练】') ? `【演练】${title}` : title;

/** The paragraphs of a text; empty lines part them. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
