import type { Clause } from '../../plan/rules/clauses.js';
import type { Actor, Refusal, Through } from '../commands.js';
import type { Draft, EntryData, EntryKind } from '../entries.js';

/**
 * What a command comes to: entries of which the first is its own, the number of the entry by which it already
 * stands, or a refusal.
 */
export type Decision = Draft[] | { standsBy: number } | Refusal;

/** What happens by itself, such as a deadline that passes. */
export const SYSTEM: Actor = { accountId: 'system', role: 'system' };

export interface DraftOptions {
  unitId?: string | undefined;
  clause?: Clause | undefined;
}

export function draft<K extends EntryKind>(
  kind: K,
  actor: Actor,
  data: EntryData[K],
  { unitId, clause }: DraftOptions = {},
): Draft {
  return {
    kind,
    ...(unitId === undefined ? {} : { unitId }),
    actor,
    ...(clause === undefined ? {} : { clause }),
    data,
  } as Draft;
}

/** Who was behind a unit's command, as its entry tells. */
export const throughOf = ({ onBehalf, link }: Through): Through => ({
  ...(onBehalf === undefined ? {} : { onBehalf }),
  ...(link === undefined ? {} : { link }),
});
