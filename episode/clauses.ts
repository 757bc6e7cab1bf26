/** The rule that each deadline is owed under. */
import type { Rule } from '../plan/rules/clauses.js';
import type { DeadlineKind } from '../plan/types.js';

export const RULE_OF_DEADLINE: Record<DeadlineKind, Rule> = {
  acknowledgement: 'acknowledgement',
  lifting: 'lifts',
  implementation: 'implementation',
  task: 'stricter',
  report: 'daily',
  summary: 'summary',
  circular: 'circulars',
  measures: 'circulars',
  'follow-up': 'followUp',
  review: 'review',
};
