/** Changes that entries make to what the office owes and is asked. */
import type { Instant, RevisionWords } from '../commands.js';
import type { EntryData } from '../entries.js';
import type { EpisodeState, Message } from '../state-types.js';
import { hashOfWords } from '../texts.js';
import { broadcastBegun } from './broadcast.js';
import { addMessage } from './messages.js';

export function askOffice(
  state: EpisodeState,
  asks: NonNullable<Message['asks']>,
  seq: number,
  now: Instant,
): EpisodeState {
  const key = `office:${seq}`;
  const asking = addMessage(state, key, { kind: 'office' }, seq, now);
  return { ...asking, messages: { ...asking.messages, [key]: { ...asking.messages[key]!, asks } } };
}

/** The revisions that its last draft asks for. */
export function reviewAsking(
  { revisions: _, ...review }: NonNullable<EpisodeState['review']>,
  asked: readonly RevisionWords[] = [],
): NonNullable<EpisodeState['review']> {
  return asked.length > 0 ? { ...review, revisions: asked.length } : review;
}

export function takenOffOffice(
  { followUp, review }: EpisodeState,
  { deadline }: EntryData['deadline.withdrawn'],
): Pick<EpisodeState, 'followUp' | 'review'> {
  if (deadline === 'follow-up' && followUp) return { followUp: { ...followUp, status: 'withdrawn' } };
  if (deadline === 'review' && review) return { review: { ...review, status: 'withdrawn' } };
  return {};
}

export function textIssued(
  state: EpisodeState,
  data: EntryData['text.issued'],
  seq: number,
  issuedAt: Instant,
): EpisodeState {
  const { notice, audience, version, ...words } = data;
  const issued = { version, seq, hash: hashOfWords(words), issuedAt };
  const texts = { ...state.texts, [notice]: { ...state.texts[notice], [audience]: issued } };
  return broadcastBegun({ ...state, texts }, data, seq, issuedAt);
}
