/** What a delivery comes to: one message to each contact that can be reached. Pure. */
import { canonical } from '../episode/seal.js';
import type { Delivery, DeliveryResult } from '../episode/types.js';
import { sha256 } from '../ledger/chain.js';
import type { ReferredContact } from '../ledger/contacts.js';
import type { DeliveryKey } from '../ledger/deliveries.js';
import type { Message } from './channels/channel.js';
import type { Letter } from './mail/story.js';

export interface Outbound {
  key: DeliveryKey;
  contactHash: string;
  message: Message;
}

/** Whose contacts a delivery goes to: a unit's id, `office` or `city`. */
export const holderOf = ({ to }: Delivery): string => (to.kind === 'unit' ? to.unitId : to.kind);

/** Messages to the contacts with an address whose outcome is not recorded yet; `at` is when what they tell of happened. */
export const outboundOf = (
  episodeId: string,
  { key: delivery, settled }: Delivery,
  contacts: readonly ReferredContact[],
  letter: Letter,
  at: number,
): Outbound[] =>
  contacts.flatMap(({ reference, ...contact }) => {
    if (!contact.email || settled.includes(`${reference}/email`)) return [];
    const key = { episodeId, delivery, contact: reference, channel: 'email' };
    const message = {
      key: `${episodeId}/${delivery}/${reference}/email`,
      at,
      to: { name: contact.name, address: contact.email },
      ...letter,
    };
    return [{ key, contactHash: sha256(canonical(contact)), message }];
  });

/** Nobody to write to: that is an outcome too. */
export const UNREACHABLE: DeliveryResult = {
  contact: 'none',
  contactHash: sha256(''),
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};
