/** The filters of the record of exports, as its address has them. */
import { ACCOUNT_ROLES, oneOf, wordIn } from '../search-words.js';
import { type TimedSearch, timedSearch } from '../timed-search.js';

export interface ExportsSearch extends TimedSearch {
  role?: (typeof ACCOUNT_ROLES)[number] | undefined;
  episode?: string | undefined;
}

export const exportsSearch = (search: Record<string, unknown>): ExportsSearch => ({
  role: oneOf(ACCOUNT_ROLES, search.role),
  episode: wordIn(search.episode),
  ...timedSearch(search),
});
