import { beginningOf } from './graphemes.js';

const MOST_QUOTED = 40;

/** What somebody gave, between quotation marks and on one line, cut between two characters when it is long. */
export function quoted(given: string): string {
  const line = given
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .trim();
  const beginning = beginningOf(line, MOST_QUOTED);
  return `“${beginning}${beginning.length < line.length ? '…' : ''}”`;
}
