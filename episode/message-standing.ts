/** How a message stands: told from the entry that changes it. */

import { arrivesBy } from '../plan/rules/ways.js';
import type { Channel } from '../plan/types.js';
import type { MessageChange } from './batch-evolve.js';
import type { Entry } from './entries.js';
import { isArrival } from './folds/receipts.js';

/** `waiting`: it has not ended. Ended, it has reached a person, or nobody, or became needless before it did. */
export const MESSAGE_STANDINGS = ['waiting', 'reached', 'failed', 'withdrawn'] as const;
export type MessageStanding = (typeof MESSAGE_STANDINGS)[number];

/** After an entry; `undefined`: as before. Of a message that has ended it may still be told that it arrived. */
export function standingAfter(
  { kind, data }: Entry,
  { key, before, after }: MessageChange,
): MessageStanding | undefined {
  if (after) return 'waiting';
  const arrived =
    kind === 'notification.delivered' ||
    (kind === 'notification.sent' && isArrival({ messages: before ? { [key]: before } : {} }, data)) ||
    (kind === 'notification.sent' && data.crossed !== undefined && arrivesBy(data.to, data.channel));
  if (before?.reached || arrived) return 'reached';
  if (!before) return undefined;
  if (kind !== 'notification.withdrawn') return 'failed';
  return data.reason === 'no-receipt' ? 'reached' : 'withdrawn';
}

/** How often a channel took a message, and how often it did not arrive for good, by its own word or the gateway's. */
export interface DeliveryCount {
  channel: Channel;
  taken: number;
  failed: number;
}
