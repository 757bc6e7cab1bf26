/** The office issues the texts of a warning: to the units (§3.1.3), and to the public (§3.1.4). */
import type { Actor, IssueTextCommand } from '../commands.js';
import { findNotice } from '../state.js';
import type { EpisodeState } from '../state-types.js';
import { hashOfWords, issuedTextOf } from '../texts.js';
import { type Decision, draft } from './decision.js';
import { refuse } from './refusals.js';

/** Another text of the same notice for the same audience corrects the one before. */
export function issueText(
  state: EpisodeState,
  { noticeId, audience, title, text, number, onPublicPages: asked = false, paper }: IssueTextCommand,
  actor: Actor,
): Decision {
  const { rules } = state.binding;
  if (!findNotice(state, noticeId)) return refuse('noticeUnknown', rules, { noticeId });
  const onPublicPages = audience === 'public' && (asked || !state.drill);
  const words = { title, text, ...(number && { number }), onPublicPages };
  const before = issuedTextOf(state, noticeId, audience);
  if (before?.hash === hashOfWords(words)) return refuse('textUnchanged', rules, { version: before.version });
  const version = (before?.version ?? 0) + 1;
  const data = { notice: noticeId, audience, version, ...words, ...(paper && { paper }) };
  return [
    draft('text.issued', actor, data, { clause: audience === 'units' ? rules.acknowledgement : rules.publishes }),
  ];
}
