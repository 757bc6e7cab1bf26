/** The filters of a history, as its address has them. */
import { oneOf, wordIn } from './search-words.js';

export const ACTORS = ['office', 'unit', 'all'] as const;

export interface HistorySearch {
  unit?: string | undefined;
  kind?: string | undefined;
  clause?: string | undefined;
  text?: string | undefined;
  /** Wall times of Beijing. */
  from?: string | undefined;
  to?: string | undefined;
  /** Absent: people alone. `all`: also what the program wrote by itself. */
  actor?: (typeof ACTORS)[number] | undefined;
}

export const historySearch = ({
  unit,
  kind,
  clause,
  text,
  from,
  to,
  actor,
}: Record<string, unknown>): HistorySearch => ({
  unit: wordIn(unit),
  kind: wordIn(kind),
  clause: wordIn(clause),
  text: wordIn(text),
  from: wordIn(from),
  to: wordIn(to),
  actor: oneOf(ACTORS, actor),
});
