/** What the public media are told (§3.1.4): the text of the public as it was issued, or that the warning is lifted. */

import { textOfLines } from '../../plan/wording/content.js';
import { DRILL_MARK } from '../../plan/wording/html.js';
import { renderTopic } from '../../plan/wording/render.js';
import { timeInWords } from '../../plan/wording/words.js';
import type { BroadcastFacts } from '../channels/channel.js';
import { levelInForce, levelValues } from './common-values.js';
import type { EntryOf, MessageInput } from './message-input.js';

export interface Broadcast {
  subject: string;
  text: string;
  facts: BroadcastFacts;
}

const DRILL_TEXT = `${DRILL_MARK}以下文字用于应急演练，不是真实预警，请勿对外播放。`;

/** `undefined` of a message that is not for the media. Drills are marked here, so that no text can forget it (§8.2). */
export function broadcastOf(input: MessageInput): Broadcast | undefined {
  const { state } = input;
  for (const entry of input.entries) {
    const told = wordsOf(entry, input);
    if (!told) continue;
    const { occasion, subject, text, number, noticeId } = told;
    const level = state.notices.find((one) => one.noticeId === noticeId && one.kind !== 'lift')?.level;
    return {
      subject: state.drill ? `${DRILL_MARK}${subject}` : subject,
      text: state.drill ? `${DRILL_TEXT}\n\n${text}` : text,
      facts: {
        occasion,
        episodeId: state.episodeId,
        drill: state.drill,
        ...(level && { warningLevel: level }),
        ...(number && { number }),
      },
    };
  }
  return undefined;
}

interface Told extends Pick<BroadcastFacts, 'occasion' | 'number'> {
  subject: string;
  text: string;
  noticeId: string;
}

function wordsOf(entry: MessageInput['entries'][number], input: MessageInput): Told | undefined {
  switch (entry.kind) {
    case 'text.issued':
      return asIssued(entry, 'issued');
    case 'broadcast.repeated':
      return asIssued(input.texts.get(entry.data.text)!, 'repeated');
    case 'broadcast.ended': {
      const { text, noticeId, effectiveAt } = entry.data;
      if (text !== undefined) return asIssued(input.texts.get(text)!, 'ended');
      return { occasion: 'ended', noticeId, ...endInWords(effectiveAt, input) };
    }
    default:
      return undefined;
  }
}

const asIssued = ({ data }: EntryOf<'text.issued'>, occasion: Told['occasion']): Told => ({
  occasion,
  subject: data.title,
  text: data.text,
  noticeId: data.notice,
  ...(data.number && { number: data.number }),
});

function endInWords(effectiveAt: string, input: MessageInput): Pick<Told, 'subject' | 'text'> {
  const { messages, plan } = input.edition;
  const level = levelInForce(input);
  const values = {
    ...levelValues(level),
    district: plan.edition.district,
    liftedAt: timeInWords(effectiveAt),
  };
  const { subject, text } = renderTopic(messages, { event: 'broadcast-ended', level, values }, input.desk);
  return { subject, text: textOfLines(text) };
}
