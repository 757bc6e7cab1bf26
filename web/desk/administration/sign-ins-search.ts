/** The filters of the sign-ins of all accounts, as their address has them. */
import { oneOf } from '../search-words.js';
import { type TimedSearch, timedSearch } from '../timed-search.js';

export const SIGN_IN_OUTCOMES = ['succeeded', 'failed'] as const;

export interface SignInsSearch extends TimedSearch {
  outcome?: (typeof SIGN_IN_OUTCOMES)[number] | undefined;
}

export const signInsSearch = (search: Record<string, unknown>): SignInsSearch => ({
  outcome: oneOf(SIGN_IN_OUTCOMES, search.outcome),
  ...timedSearch(search),
});
