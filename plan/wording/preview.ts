/** Renders a message with sample values. */
import type { WarningLevel } from '../types.js';
import { type Addressee, EVENTS, type FrameValues, type MessageEvent } from './events.js';
import { samplesAt } from './placeholders.js';
import { messageOf, passingWriter, renderWording, wordingOf } from './render.js';
import type { Messages, Wording } from './templates.js';

const NOTHING: FrameValues = { recipient: '', acknowledgeLink: '', workLink: '', viewLink: '' };
const EPISODE = 'https://qingkong.example/episodes/1';
const UNIT: FrameValues = { ...NOTHING, recipient: '区教育局', workLink: `${EPISODE}/units/education` };

const AROUND: Record<Addressee, FrameValues> = {
  'notified-unit': { ...UNIT, acknowledgeLink: 'https://qingkong.example/a/eyJlIjoi…' },
  unit: UNIT,
  office: { ...NOTHING, viewLink: EPISODE },
  city: NOTHING,
};

/** Uses the edition's words, or others that are only tried out. */
export function previewOf(
  messages: Messages,
  event: MessageEvent,
  level: WarningLevel,
  wording = wordingOf(messages, event, level),
): Wording {
  const { placeholders, to } = EVENTS[event];
  const topic = renderWording(wording, samplesAt(placeholders, level), passingWriter());
  return messageOf(messages, [topic], AROUND[to], false);
}
