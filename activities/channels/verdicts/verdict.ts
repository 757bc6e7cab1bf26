import type { Blame } from '../../../episode/faults.js';

/** One row of a table: answers that it covers, the verdict, and where the meaning is published. */
export interface Verdict {
  /** Matches the code, or the words without addresses. */
  says: RegExp;
  fault: Blame;
  source: string;
}
