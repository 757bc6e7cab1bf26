/** The filters of the record of exports, as its address has them. */
import { ACCOUNT_ROLES, oneOf, wordIn } from '../search-words.js';

export interface ExportsSearch {
  role?: (typeof ACCOUNT_ROLES)[number] | undefined;
  text?: string | undefined;
  episode?: string | undefined;
  /** Wall times of Beijing. */
  from?: string | undefined;
  to?: string | undefined;
}

export const exportsSearch = ({ role, text, episode, from, to }: Record<string, unknown>): ExportsSearch => ({
  role: oneOf(ACCOUNT_ROLES, role),
  text: wordIn(text),
  episode: wordIn(episode),
  from: wordIn(from),
  to: wordIn(to),
});
