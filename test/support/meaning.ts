import type { Entry } from '../../episode/entries.js';

/** Entries without times, numbers, hashes and notifications. */
export const meaningOf = (entries: readonly Entry[]) =>
  entries
    .filter(({ kind }) => !kind.startsWith('notification.'))
    .map(({ kind, unitId, clause, data }) => ({
      kind,
      unitId,
      clause,
      data: JSON.parse(
        JSON.stringify(data, (key, value) =>
          ['saved', 'corrects', 'withdraws', 'message', 'clock'].includes(key) ||
          /^\d{4}-\d\d-\d\dT/.test(String(value))
            ? undefined
            : value,
        ),
      ),
    }));
