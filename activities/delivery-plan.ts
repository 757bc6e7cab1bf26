/** Plans the deliveries of a message: for each contact the ways to try, in order. Pure. */

import type { DeliveryResult } from '../episode/commands.js';
import { canonical } from '../episode/hash-chain.js';
import type { Message } from '../episode/state-types.js';
import { sha256 } from '../ledger/chain/chain.js';
import type { DeliveryKey } from '../ledger/deliveries.js';
import type { ReferredContact } from '../ledger/people/contacts.js';
import type { MessageRecipients, PersonTold } from '../ledger/people/roster.js';
import { addressOf } from '../plan/people/contacts.js';
import { reachesPerson } from '../plan/rules/ways.js';
import type { Channel, Ways } from '../plan/types.js';
import type { MessageWords } from '../plan/wording/render.js';
import type { ChannelMessage } from './channels/channel.js';

/** One message to one contact by one channel. */
export interface Attempt {
  key: DeliveryKey;
  channel: Channel;
  message: ChannelMessage;
}

/** One of a contact's ways (policy, `ways`): attempts in order, of which one has to succeed. */
export interface ContactWay {
  message: string;
  contact: string;
  contactHash: string;
  attempts: Attempt[];
  /** Taken, but not recorded, because the worker was killed in between. */
  taken?: { channel: Channel; awaitsReceipt?: true };
}

/** The holder whose contacts get a message. */
export const holderOf = ({ to }: Message): string => (to.kind === 'unit' ? to.unitId : to.kind);

/** A unit's step goes to its `whom`, the office's to its people on duty. All other messages go to everybody. */
export function whomOf({ to, deadlines, asks }: Message): MessageRecipients {
  if (to.kind === 'unit') return to.whom ?? 'everyone';
  return to.kind === 'office' && (deadlines.length > 0 || asks) ? 'duty' : 'everyone';
}

/** A lead who is not on duty is told by his own ways (policy, `leadNoticeWays`) if others of the unit are told too. */
function waysOf({ ways, leadWays = ways }: Message, one: PersonTold, all: readonly PersonTold[]): Ways {
  const isLead = ({ role, isOnDuty }: PersonTold) => role === 'lead' && !isOnDuty;
  return isLead(one) && !all.every(isLead) ? leadWays : ways;
}

export interface DeliveryContext {
  episodeId: string;
  message: Message;
  /** Channels that this installation has. */
  has: (channel: Channel) => boolean;
  /** The deliveries that were taken, by `contact/channel`, and which of them get receipts. */
  taken: ReadonlyMap<string, { awaitsReceipt: boolean }>;
  /** Moment of the reported entry. */
  at: number;
  drill: boolean;
}

/** The remaining ways for the contacts of a message. `compose` writes the words for each contact. */
export async function contactWaysOf(
  { episodeId, message, has, taken, at, drill }: DeliveryContext,
  contacts: readonly PersonTold[],
  compose: (reference: string) => Promise<{ wording: MessageWords; link?: string }>,
): Promise<ContactWay[]> {
  const named = new Set<string>();
  const isNamed = (channel: Channel, address: string) => named.has(`${channel} ${address}`);
  const lines: ContactWay[] = [];
  for (const recipient of contacts) {
    const { reference, isOnDuty: _, ...contact } = recipient;
    const key = (channel: Channel) => `${reference}/${channel}`;
    for (const way of waysOf(message, recipient, contacts)) {
      const usable = way.flatMap((channel) => {
        const address = addressOf(contact, channel);
        return has(channel) && address && !isNamed(channel, address) ? [{ channel, address }] : [];
      });
      // A robot writes to a group and an endpoint to a program: one message for all contacts that name it.
      for (const { channel, address } of usable) if (!reachesPerson(channel)) named.add(`${channel} ${address}`);
      if (usable.length === 0) continue;
      const line = { message: message.key, contact: reference, contactHash: sha256(canonical(contact)) };
      const isUndelivered = (channel: Channel) => message.receipts?.[key(channel)] === 'undelivered';
      const reached = usable.find(({ channel }) => taken.has(key(channel)) && !isUndelivered(channel))?.channel;
      if (reached) {
        const how = {
          channel: reached,
          ...(taken.get(key(reached))!.awaitsReceipt && { awaitsReceipt: true as const }),
        };
        if (!message.settled.includes(key(reached))) lines.push({ ...line, attempts: [], taken: how });
        continue;
      }
      const open = usable.filter(({ channel }) => !message.settled.includes(key(channel)));
      if (open.length === 0) continue;
      const words = await compose(reference);
      lines.push({
        ...line,
        attempts: open.map(({ channel, address }) => ({
          key: { episodeId, message: message.key, contact: reference, channel },
          channel,
          message: {
            key: `${episodeId}/${message.key}/${key(channel)}`,
            at,
            ...(drill ? { drill } : {}),
            ...messageBy(channel, { ...contact, address }, words),
          },
        })),
      });
    }
  }
  return lines;
}

/** Mail and systems get the whole text, phones and groups the short one with its link. */
function messageBy(
  channel: Channel,
  { name, address, sms }: Pick<ReferredContact, 'name' | 'sms'> & { address: string },
  { wording, link }: { wording: MessageWords; link?: string },
): Pick<ChannelMessage, 'to' | 'subject' | 'text' | 'html' | 'link' | 'mention'> {
  const { subject, text, html, short } = wording;
  const message = { to: { name, address }, subject };
  const whole = link === undefined ? {} : { link };
  if (channel === 'email') return { ...message, text, html };
  if (channel === 'webhook') return { ...message, text, ...whole };
  return { ...message, text: short, ...whole, ...(sms === undefined ? {} : { mention: sms }) };
}

/** Contacts that no way can reach. That is an outcome too. */
export function mute({ message, has }: DeliveryContext, contacts: readonly PersonTold[]): DeliveryResult[] {
  const none = contacts.filter(
    (contact) =>
      !waysOf(message, contact, contacts).some((way) =>
        way.some((channel) => has(channel) && addressOf(contact, channel)),
      ),
  );
  const fresh = none.filter(({ reference }) => !message.settled.includes(`${reference}/none`));
  return fresh.map(({ reference, isOnDuty: _, ...contact }) => ({
    ...NOBODY,
    contact: reference,
    contactHash: sha256(canonical(contact)),
    reason: 'no-channel',
  }));
}

/** No contacts. */
export const NOBODY: DeliveryResult = {
  contact: 'none',
  contactHash: sha256(''),
  channel: 'none',
  outcome: 'failed',
  reason: 'no-contact',
};
