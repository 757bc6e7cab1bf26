/** Makes the words of a message from templates and values. */
import mustache from 'mustache';
import type { WarningLevel } from '../types.js';
import { fillPlaces, type Line, linesOf, markedValue, Place, plainValue, textOfLines } from './content.js';
import type { MessageEvent, Topic } from './events.js';
import type { DeskValues, FrameValues } from './frame.js';
import { type BarSubject, barOf, DRILL, DRILL_MARK, htmlOf, TEST, TEST_MARK } from './html.js';
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

/** What a message tells for one of several units: its name, and its link where it has one. */
export interface FurtherUnit {
  name: string;
  acknowledgeLink?: string;
}

/** Keeps every template it has parsed: good for the few of an edition, bad for ones that are only tried out. */
const editionWriter = new mustache.Writer();

const inOneLine = (rendered: string): string => rendered.replace(/\s+/g, ' ').trim();

/** The edition's words for an event at a level. An alarm has none. */
export function wordingOf({ events }: Messages, event: MessageEvent, level?: WarningLevel): Wording {
  const { levels, ...always } = events[event];
  const given = PARTS.map((part) => [part, (level && levels?.[level]?.[part]) ?? always[part] ?? '']);
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
  standing: BarSubject;
  drill: boolean;
  /** Units whose topics follow those of the recipient, because one person answers for them too. */
  further?: readonly FurtherUnit[];
}

/**
 * Renders several events as one message, whose subject is that of the first. Drills and tests are marked here, so that no
 * template can forget it (§8.2). The short text ends with the link on a line of its own, so that every phone recognises it.
 */
export function messageOf({ frame }: Messages, topics: Topics, around: Around): MessageWords {
  const all = (part: 'text' | 'details') => topics.flatMap((topic) => [...topic[part], BLANK]);
  const { text: framed } = renderWording({ ...EMPTY, text: frame.text }, { ...around.frame, ...PLACES });
  const body = topics.map(({ short }) => short).join('');
  const { acknowledgeLink, workLink, viewLink, recipient } = around.frame;
  const { further = [] } = around;
  const others = further.filter((unit) => unit.acknowledgeLink !== undefined);
  const whose = others.length > 0 ? `以下链接只用于${recipient}，其余单位请登录或在邮件中确认。` : '';
  const { short } = renderWording({ ...EMPTY, short: frame.short }, { ...around.frame, body: body + whose });
  const told = withLinks(fillPlaces(framed, { body: all('text'), details: all('details') }), others);
  const isTest = around.standing === 'channel-test';
  const lines: Line[] = isTest ? [{ kind: 'plain', text: TEST }, ...told] : told;
  const link = acknowledgeLink || workLink || viewLink;
  const mark = around.drill ? DRILL_MARK : isTest ? TEST_MARK : '';
  const subject = `${mark}${topics[0].subject}${further.length > 0 ? `（${recipient}等${further.length + 1}个单位）` : ''}`;
  return {
    subject,
    text: `${around.drill ? `${DRILL}\n\n` : ''}${textOfLines(lines)}\n`,
    html: htmlOf({ subject, bar: barOf(around.standing), drill: around.drill, lines }),
    short: `${mark}${short}${link && `\n${link}`}`,
  };
}

/** The links of further units follow the first one. */
function withLinks(lines: Line[], units: readonly FurtherUnit[]): Line[] {
  const place = lines.findIndex(({ kind }) => kind === 'link') + 1;
  const links = units.map(
    ({ name, acknowledgeLink: url = '' }): Line => ({ kind: 'link', text: `${name}：一键确认`, url }),
  );
  return [...lines.slice(0, place), ...links, ...lines.slice(place)];
}

const EMPTY: Wording = { subject: '', text: '', details: '', short: '' };
const BLANK: Line = { kind: 'blank' };
const PLACES = { body: new Place('body'), details: new Place('details') };
