/** Renders a message with sample values. */
import type { WarningLevel } from '../types.js';
import { type Addressee, EVENTS, isOfChannel, type MessageEvent, placeholdersFor } from './events.js';
import type { FrameValues } from './frame.js';
import type { BarSubject } from './html.js';
import { samplesAt } from './placeholders.js';
import { type MessageWords, messageOf, passingWriter, renderWording, wordingOf } from './render.js';
import { DESK } from './shared-placeholders.js';
import type { Messages } from './templates.js';

type Links = Omit<FrameValues, keyof typeof DESK>;
const NOTHING: Links = { recipient: '', acknowledgeLink: '', workLink: '', viewLink: '' };
const UNIT: Links = { ...NOTHING, recipient: '区教育局', workLink: 'https://qingkong.example/u?episode=1' };

const AROUND: Record<Addressee, Links> = {
  'notified-unit': { ...UNIT, acknowledgeLink: 'https://qingkong.example/a/eyJlIjoi…' },
  unit: UNIT,
  office: { ...NOTHING, viewLink: 'https://qingkong.example/episodes/1/board' },
  desk: NOTHING,
  city: NOTHING,
  media: NOTHING,
};

/** Uses the edition's words, or others that are only tried out. */
export function previewOf(
  messages: Messages,
  event: MessageEvent,
  level: WarningLevel,
  wording = wordingOf(messages, event, level),
): MessageWords {
  const topic = renderWording(wording, samplesAt(placeholdersFor(event), level), passingWriter());
  const frame = { ...AROUND[EVENTS[event].to], ...samplesAt(DESK, level) };
  return messageOf(messages, [topic], { frame, standing: standingAt(event, level), drill: false });
}

function standingAt(event: MessageEvent, level: WarningLevel): BarSubject {
  if (isOfChannel(event)) return event;
  if (event === 'revisions') return event;
  return event === 'lifting' || event === 'follow-up' ? 'over' : level;
}
