/** The keys of messages: `unit:<unitId>:<seq>`, or the recipient's kind and the number of the entry that made it. */
import type { Recipient } from './entries.js';
import type { Message } from './state-types.js';

/** A message that has ended, as its key tells. */
export function readKey(key: string): Pick<Message, 'key' | 'about' | 'to'> {
  const [kind, ...rest] = key.split(':') as [Recipient['kind'], ...string[]];
  const to = kind === 'unit' ? { kind, unitId: rest.slice(0, -1).join(':') } : ({ kind } as Recipient);
  return { key, about: [Number(rest.at(-1))], to };
}
