/** What a delivery comes to: one message to each contact that can be reached. Pure. */
import { canonical } from '../episode/seal.js';
import type { Delivery, DeliveryResult } from '../episode/types.js';
import { sha256 } from '../ledger/chain.js';
import type { ReferredContact } from '../ledger/contacts.js';
import type { DeliveryKey } from '../ledger/deliveries.js';
import type { Wording } from '../plan/messages/templates.js';
import type { Message } from './mail/mailer.js';

export interface Outbound {
  key: DeliveryKey;
  contactHash: string;
  message: Message;
}

/** Whose contacts a delivery goes to: a unit's id, `office` or `city`. */
export const holderOf = ({ to }: Delivery): string => (to.kind === 'unit' ? to.unitId : to.kind);

type Reachable = ReferredContact & { email: string };

/** Contacts with an address whose outcome is not recorded yet. */
export const outstanding = ({ settled }: Delivery, contacts: readonly ReferredContact[]): Reachable[] =>
  contacts.filter(
    (contact): contact is Reachable => !!contact.email && !settled.includes(`${contact.reference}/email`),
  );

/** The message to one contact; `at` is when what it tells of happened. */
export const outboundOf = (
  episodeId: string,
  { key: delivery }: Delivery,
  { reference, ...contact }: Reachable,
  { subject, text }: Wording,
  at: number,
): Outbound => ({
  key: { episodeId, delivery, contact: reference, channel: 'email' },
  contactHash: sha256(canonical(contact)),
  message: {
    key: `${episodeId}/${delivery}/${reference}/email`,
    at,
    to: { name: contact.name, address: contact.email },
    subject,
    text,
  },
});

/** Nobody to write to: that is an outcome too. */
export const UNREACHABLE: DeliveryResult = {
  contact: 'none',
  contactHash: sha256(''),
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};
