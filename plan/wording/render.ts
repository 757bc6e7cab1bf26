/** Makes the words of a message from templates and values. It is text, not HTML: values are not escaped. */
import mustache from 'mustache';
import type { WarningLevel } from '../types.js';
import type { FrameValues, MessageEvent, Topic } from './events.js';
import { type Messages, PARTS, type Wording } from './templates.js';

const AS_TEXT = { escape: (value: unknown) => String(value) };

/** Keeps every template it has parsed: good for the few of an edition, bad for ones that are only tried out. */
const editionWriter = new mustache.Writer();

const inOneLine = (rendered: string): string => rendered.replace(/\s+/g, ' ').trim();

/** The edition's words for an event at a level. */
export function wordingOf({ events }: Messages, event: MessageEvent, level: WarningLevel): Wording {
  const { levels, ...always } = events[event];
  const given = PARTS.map((part) => [part, levels?.[level]?.[part] ?? always[part]]);
  return Object.fromEntries(given) as Wording;
}

export const renderTopic = (messages: Messages, { event, level, values }: Topic): Wording =>
  renderWording(wordingOf(messages, event, level), values);

export function renderWording(wording: Wording, values: object, writer = editionWriter): Wording {
  const render = (template: string) => writer.render(template, values, undefined, AS_TEXT);
  return {
    subject: inOneLine(render(wording.subject)),
    text: render(wording.text).trim(),
    short: inOneLine(render(wording.short)),
  };
}

/** Renders templates that are only tried out. */
export const passingWriter = () => new mustache.Writer();

/**
 * Renders several events as one message, whose subject is that of the first. Drills are marked here, so that no template
 * can forget it (§8.2).
 */
export function messageOf(
  { frame }: Messages,
  topics: readonly [Wording, ...Wording[]],
  around: FrameValues,
  drill: boolean,
): Wording {
  const all = (part: 'text' | 'short', between: string) => topics.map((topic) => topic[part]).join(between);
  const { text } = renderWording({ ...EMPTY, text: frame.text }, { ...around, body: all('text', '\n\n') });
  const { short } = renderWording({ ...EMPTY, short: frame.short }, { ...around, body: all('short', '') });
  const message = { subject: topics[0].subject, text: `${text}\n`, short };
  return drill ? marked(message) : message;
}

const EMPTY: Wording = { subject: '', text: '', short: '' };

const marked = ({ subject, text, short }: Wording): Wording => ({
  subject: `【演练】${subject}`,
  text: `【演练】本邮件用于应急演练，不是真实预警。\n\n${text}`,
  short: `【演练】${short}`,
});
