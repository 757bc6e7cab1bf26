/** What an address says of a list of what happened: words in it, and from when until when. */
import { fromWallTime } from '../shared/beijing.js';
import { wordIn } from './search-words.js';

export interface TimedSearch {
  text?: string | undefined;
  /** Wall times of Beijing. */
  from?: string | undefined;
  to?: string | undefined;
}

export const timedSearch = ({ text, from, to }: Record<string, unknown>): TimedSearch => ({
  text: wordIn(text),
  from: wordIn(from),
  to: wordIn(to),
});

/** As the API takes it. */
export const timesAsked = ({ text, from, to }: TimedSearch) => ({
  ...(text && { text }),
  ...(from && { from: fromWallTime(from) }),
  ...(to && { to: fromWallTime(to) }),
});
