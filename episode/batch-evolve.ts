/**
 * Folds many entries at once. As an entry changes only the head, the unit it names and the messages it names, each is
 * folded over just those: a turn of 1,000 units would otherwise copy 1,000 units for each of its entries.
 */

import type { Entry } from './entries.js';
import { evolve } from './evolve.js';
import type { EpisodeState, Message } from './state-types.js';

/** A message that an entry makes, changes or ends. */
export interface MessageChange {
  key: string;
  before: Message | undefined;
  after: Message | undefined;
}

export interface Folding {
  fold(entry: Entry): MessageChange[];
  /** The state so far. Further entries change it: only the last one asked for is to be kept. */
  state(): EpisodeState;
}

export function beginFolding(before: EpisodeState): Folding {
  const units = { ...before.units };
  const messages = { ...before.messages };
  let head = before;
  return {
    fold(entry) {
      const named = messagesNamed(entry);
      const before = pick(messages, named);
      const part = evolve({ ...head, units: pick(units, entry.unitId ? [entry.unitId] : []), messages: before }, entry);
      for (const key of named) delete messages[key];
      Object.assign(messages, part.messages);
      Object.assign(units, part.units);
      head = part;
      const keys = [...new Set([...named, ...Object.keys(part.messages)])];
      return keys.map((key) => ({ key, before: before[key], after: part.messages[key] }));
    },
    state: () => ({ ...head, units, messages }),
  };
}

function messagesNamed({ data }: Entry): string[] {
  if ('message' in data) return [data.message];
  if (!('messages' in data)) return [];
  const further = ('byMail' in data && data.byMail) || [];
  return [...data.messages, ...further].map((one) => (typeof one === 'string' ? one : one.message));
}

const pick = <T>(all: Record<string, T>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])));
