/** What each deadline is owed under: the clause that asks for it. */
import type { DeadlineKind } from '../plan/types.js';

export const CLAUSES: Record<DeadlineKind, string> = {
  acknowledgement: '3.1.3',
  implementation: '4.2',
  task: '4.3',
  report: '5.1',
  summary: '5.2',
  'follow-up': '5.1',
  review: '5.2',
};
