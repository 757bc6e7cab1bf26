/** A text as an office writes it: title, addressee, parts, signature, each on a line of its own. As a paper. */
import type { Block, Paper } from './paper.js';

const PART = /^[一二三四五六七八九十]+、/;
const SECTION = /^（[一二三四五六七八九十]+）/;
const DAY = /^\d{4}年\d{1,2}月\d{1,2}日$/;
const ENDS_A_SENTENCE = /[。；：！？，、.;:!?,]$/;
/** The longest name of an office; a longer last line is a sentence without its full stop. */
const MOST_IN_A_NAME = 40;

/**
 * The first line is the title, the next is the addressee if it ends in a colon. Lines that begin with `一、` or `（一）` and
 * end no sentence are headings. The last line is the signature if it can be a name, with or without a day after it.
 * `signedOn`: the day for a signature without one.
 */
export function paperOfText(
  text: string,
  { isDrill, date, signedOn }: Pick<Paper, 'isDrill' | 'date'> & { signedOn?: string },
): Paper {
  const [title = '', ...lines] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const addressee = lines[0]?.endsWith('：') ? lines.shift() : undefined;
  const signature = takeSignature(lines, signedOn);
  return {
    title,
    isDrill,
    date,
    ...(addressee === undefined ? {} : { addressee }),
    blocks: lines.map(blockOf),
    ...(signature ? { signature } : {}),
  };
}

function takeSignature(lines: string[], signedOn: string | undefined): Paper['signature'] {
  const day = DAY.test(lines.at(-1) ?? '') ? lines.at(-1) : undefined;
  const by = lines.at(day === undefined ? -1 : -2);
  if (by === undefined || by.length > MOST_IN_A_NAME || ENDS_A_SENTENCE.test(by) || isHeading(by)) return undefined;
  lines.splice(day === undefined ? -1 : -2);
  const date = day ?? signedOn;
  return { by, ...(date === undefined ? {} : { date }) };
}

const isHeading = (line: string): boolean => (PART.test(line) || SECTION.test(line)) && !ENDS_A_SENTENCE.test(line);

const blockOf = (line: string): Block =>
  isHeading(line) ? { kind: 'heading', level: PART.test(line) ? 1 : 2, text: line } : { kind: 'paragraph', text: line };
