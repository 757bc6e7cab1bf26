/** The office issues the texts of a warning: to the units (§3.1.3), and to the public (§3.1.4). */

import { isUpToDate } from '../broadcast.js';
import type { Actor, IssueTextCommand } from '../commands.js';
import { findNotice } from '../state.js';
import type { EpisodeState } from '../state-types.js';
import { hashOfWords, issuedTextOf } from '../texts.js';
import { withoutEarlier } from './broadcast.js';
import { type Decision, draft } from './decision.js';
import { refuse } from './refusals.js';

/**
 * Another text of the same notice for the same audience corrects the one before. What a later notice in force has overtaken is
 * corrected for the record and not told the media.
 */
export function issueText(
  state: EpisodeState,
  {
    noticeId,
    audience,
    title,
    text,
    number,
    onPublicPages: asked = false,
    paper,
    broadcast: forMedia = false,
  }: IssueTextCommand,
  actor: Actor,
): Decision {
  const { rules } = state.binding;
  if (!findNotice(state, noticeId)) return refuse('noticeUnknown', rules, { noticeId });
  const onPublicPages = audience === 'public' && (asked || !state.drill);
  const broadcast = forMedia && audience === 'public' && isUpToDate(state, noticeId);
  const words = { title, text, ...(number && { number }), onPublicPages, ...(broadcast && { broadcast }) };
  const before = issuedTextOf(state, noticeId, audience);
  if (before?.hash === hashOfWords(words)) return refuse('textUnchanged', rules, { version: before.version });
  const version = (before?.version ?? 0) + 1;
  const data = { notice: noticeId, audience, version, ...words, ...(paper && { paper }) };
  const issued = draft('text.issued', actor, data, {
    clause: audience === 'units' ? rules.acknowledgement : rules.publishes,
  });
  return audience === 'public' ? withoutEarlier(state, [issued]) : [issued];
}
