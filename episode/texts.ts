/** Texts of a warning: which are issued, and which are not yet (§3.1.3 to §3.1.5). */
import { TEXT_AUDIENCES, type TextAudience } from '../plan/types.js';
import type { WarningWords } from './commands.js';
import type { EntryData } from './entries.js';
import { hashOf } from './hash-chain.js';
import { noticesThatCount, own, shortHash } from './state.js';
import type { EpisodeState, IssuedText, StatementState } from './state-types.js';

/** By it the same words are known again. */
export const hashOfWords = ({
  title,
  text,
  number = '',
  onPublicPages,
  broadcast,
}: WarningWords & { broadcast?: boolean }): string =>
  shortHash(hashOf({ title, text, number, onPublicPages, ...(broadcast && { broadcast }) }));

export const hashOfStatement = ({
  about,
  title,
  text,
  onPublicPages,
}: Omit<EntryData['statement.issued'], 'statementId'>): string =>
  shortHash(hashOf({ about, title, text, onPublicPages }));

export const hashOfAppearance = ({ medium, at, url = '', attachmentIds = [] }: EntryData['appearance.noted']): string =>
  shortHash(hashOf({ medium, at: Date.parse(at), url, attachmentIds }));

/** By an id that came from outside. */
export const issuedTextOf = (state: EpisodeState, noticeId: string, audience: TextAudience): IssuedText | undefined =>
  own(state.texts, noticeId)?.[audience];

/** `n1-2` is the second text of a notice for the public. A statement has an id of its own, `t1`. */
export const textIdOf = ({ noticeId, version }: { noticeId: string; version: number }): string =>
  `${noticeId}-${version}`;

export const statementOf = ({ statements }: EpisodeState, statementId: string): StatementState | undefined =>
  statements.find((one) => one.statementId === statementId);

/** Whether the public was told this: a text that a later version has taken the place of, too. */
export function isPublished(state: EpisodeState, textId: string): boolean {
  if (statementOf(state, textId)) return true;
  const [, noticeId = '', version] = /^(n\d+)-([1-9]\d{0,8})$/.exec(textId) ?? [];
  return Number(version) <= (issuedTextOf(state, noticeId, 'public')?.version ?? 0);
}

/**
 * What nobody has issued of the notices that count, as long as something can be. A drill tells the public nothing unless the
 * office wants it, so there only the units' texts are missed.
 */
export function textsToIssue(state: EpisodeState): Array<{ noticeId: string; audience: TextAudience }> {
  if (state.phase === 'closed' || state.abandoned) return [];
  const audiences = TEXT_AUDIENCES.filter((audience) => audience === 'units' || !state.drill);
  return noticesThatCount(state).flatMap(({ noticeId }) =>
    audiences
      .filter((audience) => !issuedTextOf(state, noticeId, audience))
      .map((audience) => ({ noticeId, audience })),
  );
}
