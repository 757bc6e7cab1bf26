/**
 * A message as data: its lines by kind. The beginning of a template's line says the kind; the text part and the HTML part
 * are both made of the lines. A value never becomes markup, whatever it holds.
 */

const MARKS = [
  ['# ', 'heading'],
  ['## ', 'card'],
  ['- ', 'item'],
  ['> ', 'small'],
  ['=> ', 'link'],
] as const;

export type Line =
  | { kind: (typeof MARKS)[number][1] | 'step' | 'plain'; text: string; url?: string }
  | { kind: 'blank' };

/** Noncharacters of Unicode: no value can hold them, because they are taken out of it. */
const BEGIN = '\ufdd0';
const BREAK = '\ufdd1';
const PLACE = '\ufdd2';

/** Control characters, halves of characters, noncharacters, and what turns the direction of the text after it. */
const UNWANTED = /(?![\t\r\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/gu;

/** A value that stands for lines: `fillPlaces` puts them where it is alone on a line. */
export class Place {
  constructor(readonly name: string) {}
}

/** A value as it stands in a rendered template: its begin is marked, and it has no line breaks. */
export const markedValue = (value: unknown): string =>
  value instanceof Place ? `${PLACE}${value.name}` : BEGIN + plainValue(value).replace(/\r\n?|\n/g, BREAK);

/** A value as it stands in a line of its own: a subject, a short text. */
export const plainValue = (value: unknown): string => String(value).replace(UNWANTED, '');

/** The lines of a rendered template. */
export const linesOf = (rendered: string): Line[] => rendered.split('\n').map(lineOf);

function lineOf(written: string): Line {
  if (!/\S/.test(written.replaceAll(BEGIN, ''))) return { kind: 'blank' };
  const [mark = '', kind = /^\d+\. /.test(written) ? 'step' : 'plain'] =
    MARKS.find(([mark]) => written.startsWith(mark)) ?? [];
  const rest = written.slice(mark.length);
  if (kind !== 'link') return { kind, text: plain(rest) };
  const [label = '', ...url] = rest.split(BEGIN);
  return { kind, text: label.replace(/：?\s*$/, ''), url: url.join('').trim() };
}

const plain = (marked: string): string => marked.replaceAll(BEGIN, '').replaceAll(BREAK, '\n').trimEnd();

export const fillPlaces = (lines: readonly Line[], places: Readonly<Record<string, readonly Line[]>>): Line[] =>
  lines.flatMap((line) =>
    line.kind === 'plain' && line.text.startsWith(PLACE) ? (places[line.text.slice(PLACE.length)] ?? []) : [line],
  );

/** The text part: headings with a colon, clauses indented, an address on a line of its own. */
export const textOfLines = (lines: readonly Line[]): string =>
  lines
    .map(inText)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

function inText(line: Line): string {
  switch (line.kind) {
    case 'blank':
      return '';
    case 'heading':
      return `${line.text}：`;
    case 'card':
      return `【${line.text}】`;
    case 'small':
      return `　　${line.text}`;
    case 'link':
      return `${line.text}：\n${line.url}`;
    default:
      return line.text;
  }
}
