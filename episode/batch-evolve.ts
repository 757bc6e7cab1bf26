/**
 * Folds many entries at once. As an entry changes only the head, the unit it names and the messages it names, each is
 * folded over just those: a turn of 1,000 units would otherwise copy 1,000 units for each of its entries.
 */

import type { Entry } from './entries.js';
import { evolve } from './evolve.js';
import type { EpisodeState } from './state-types.js';

export interface Folding {
  fold(entry: Entry): void;
  state(): EpisodeState;
}

export function beginFolding(before: EpisodeState): Folding {
  const units = { ...before.units };
  const deliveries = { ...before.deliveries };
  let head = before;
  return {
    fold(entry) {
      const messages = messagesNamed(entry);
      const part = evolve(
        { ...head, units: pick(units, entry.unitId ? [entry.unitId] : []), deliveries: pick(deliveries, messages) },
        entry,
      );
      for (const key of messages) delete deliveries[key];
      Object.assign(deliveries, part.deliveries);
      Object.assign(units, part.units);
      head = part;
    },
    state: () => ({ ...head, units, deliveries }),
  };
}

function messagesNamed({ data }: Entry): string[] {
  if ('delivery' in data) return [data.delivery];
  if (!('deliveries' in data)) return [];
  return data.deliveries.map((one) => (typeof one === 'string' ? one : one.delivery));
}

const pick = <T>(all: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])));
