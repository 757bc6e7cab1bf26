import { HOUR } from '../../plan/rules/calendar.js';
import type { Clause } from '../../plan/rules/clauses.js';
import type { Actor, Refusal, Through } from '../commands.js';
import type { Draft, EntryData, EntryKind, UnitEntryData } from '../entries.js';

/**
 * The result of a command: entries, of which the first is its own; the number of the entry it repeats; or a refusal.
 */
export type Decision = Draft[] | { repeats: number } | Refusal;

/** The actor of things that happen by themselves, such as a deadline that passes. */
export const SYSTEM: Actor = { accountId: 'system', role: 'system' };

/** How far back a notice or a suspension may take effect. */
export const MAX_BACK = 31 * 24 * HOUR;

type Cited = { clause?: Clause };
type OptionsOf<K extends EntryKind> = K extends keyof UnitEntryData
  ? [options: Cited & { unitId: string }]
  : [options?: Cited & { unitId?: string | undefined }];

export function draft<K extends EntryKind>(
  kind: K,
  actor: Actor,
  data: EntryData[K],
  ...[options = {}]: OptionsOf<K>
): Draft {
  const { unitId, clause }: Cited & { unitId?: string | undefined } = options;
  return {
    kind,
    ...(unitId === undefined ? {} : { unitId }),
    actor,
    ...(clause === undefined ? {} : { clause }),
    data,
  } as Draft;
}

/** The person behind a unit's command, as its entry names them. */
export const throughOf = ({ onBehalf, link, call }: Through): Through => ({
  ...(onBehalf === undefined ? {} : { onBehalf }),
  ...(link === undefined ? {} : { link }),
  ...(call === undefined ? {} : { call }),
});
