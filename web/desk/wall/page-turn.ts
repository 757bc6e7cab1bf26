/** What is too much for one look turns over: a wall has nobody who scrolls. */
import { useNow } from '../../shared/clock.js';

const TURN = 15_000;

export interface PageTurn<T> {
  page: number;
  pages: number;
  shown: readonly T[];
}

export function usePageTurn<T>(all: readonly T[], most: number): PageTurn<T> {
  const turn = Math.floor(useNow(1000) / TURN);
  const pages = Math.max(1, Math.ceil(all.length / most));
  // Alike in length: none is left with a last one alone.
  const each = Math.ceil(all.length / pages);
  const page = turn % pages;
  return { page: page + 1, pages, shown: all.slice(page * each, (page + 1) * each) };
}
