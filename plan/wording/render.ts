/** Makes the words of a message from templates and values. */
import mustache from 'mustache';
import type { WarningLevel } from '../types.js';
import { fillPlaces, type Line, linesOf, markedValue, Place, plainValue, textOfLines } from './content.js';
import type { DeskValues, FrameValues, MessageEvent, Topic } from './events.js';
import { DRILL, DRILL_MARK, htmlOf } from './html.js';
import { type Messages, PARTS, type Wording } from './templates.js';

/** The words of a message as they are sent. Mail has text and HTML, phones and groups the short text. */
export interface MessageWords {
  subject: string;
  text: string;
  html: string;
  short: string;
}

/** The words for one of the events that a message tells of. */
export interface TopicWords {
  subject: string;
  text: Line[];
  details: Line[];
  short: string;
}

export type Topics = readonly [TopicWords, ...TopicWords[]];

/** Keeps every template it has parsed: good for the few of an edition, bad for ones that are only tried out. */
const editionWriter = new mustache.Writer();

const inOneLine = (rendered: string): string => rendered.replace(/\s+/g, ' ').trim();

/** The edition's words for an event at a level. */
export function wordingOf({ events }: Messages, event: MessageEvent, level: WarningLevel): Wording {
  const { levels, ...always } = events[event];
  const given = PARTS.map((part) => [part, levels?.[level]?.[part] ?? always[part] ?? '']);
  return Object.fromEntries(given) as Wording;
}

export const renderTopic = (messages: Messages, { event, level, values }: Topic, desk: DeskValues): TopicWords =>
  renderWording(wordingOf(messages, event, level), { ...desk, ...values });

export function renderWording(wording: Wording, values: object, writer = editionWriter): TopicWords {
  const line = (template: string) => inOneLine(writer.render(template, values, undefined, { escape: plainValue }));
  const lines = (template: string) => linesOf(writer.render(template, values, undefined, { escape: markedValue }));
  return {
    subject: line(wording.subject),
    text: lines(wording.text),
    details: lines(wording.details),
    short: line(wording.short),
  };
}

/** Renders templates that are only tried out. */
export const passingWriter = () => new mustache.Writer();

interface Around {
  frame: FrameValues;
  /** None after lifting. */
  level: WarningLevel | undefined;
  drill: boolean;
}

/**
 * Renders several events as one message, whose subject is that of the first. Drills are marked here, so that no template
 * can forget it (§8.2). The short text ends with the link on a line of its own, so that every phone recognises it.
 */
export function messageOf({ frame }: Messages, topics: Topics, around: Around): MessageWords {
  const all = (part: 'text' | 'details') => topics.flatMap((topic) => [...topic[part], BLANK]);
  const { text: framed } = renderWording({ ...EMPTY, text: frame.text }, { ...around.frame, ...PLACES });
  const body = topics.map(({ short }) => short).join('');
  const { short } = renderWording({ ...EMPTY, short: frame.short }, { ...around.frame, body });
  const lines = fillPlaces(framed, { body: all('text'), details: all('details') });
  const { acknowledgeLink, workLink, viewLink } = around.frame;
  const link = acknowledgeLink || workLink || viewLink;
  const mark = around.drill ? DRILL_MARK : '';
  const subject = mark + topics[0].subject;
  return {
    subject,
    text: `${around.drill ? `${DRILL}\n\n` : ''}${textOfLines(lines)}\n`,
    html: htmlOf({ subject, level: around.level, drill: around.drill, lines }),
    short: `${mark}${short}${link && `\n${link}`}`,
  };
}

const EMPTY: Wording = { subject: '', text: '', details: '', short: '' };
const BLANK: Line = { kind: 'blank' };
const PLACES = { body: new Place('body'), details: new Place('details') };
