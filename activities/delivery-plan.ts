/** Plans the deliveries of a message: for each contact the ways to try, in order. Pure. */

import type { DeliveryResult } from '../episode/commands.js';
import { canonical } from '../episode/hash-chain.js';
import { urgencyOf } from '../episode/message-order.js';
import type { Message } from '../episode/state-types.js';
import { sha256 } from '../ledger/chain/chain.js';
import type { DeliveryKey, TakenHow } from '../ledger/deliveries.js';
import type { IssuedPaper } from '../ledger/papers.js';
import type { Chosen, PersonTold } from '../ledger/people/roster.js';
import { addressOf, comparableAddress, mainlandMobile } from '../plan/people/contacts.js';
import { reachesPerson, waysTo } from '../plan/rules/ways.js';
import type { Channel } from '../plan/types.js';
import type { MessageWords } from '../plan/wording/render.js';
import type { ChannelMessage } from './channels/channel.js';
import type { Broadcast } from './messages/broadcast.js';
import { isOfSeveral, type LinkedTelling, wordsForGroup, wordsTogether } from './messages/compose.js';

/** One message to one contact by one channel. */
export interface Attempt {
  key: DeliveryKey;
  channel: Channel;
  address: string;
}

/** One of a contact's ways (policy, `ways`): attempts in order, of which one has to succeed. */
export interface ContactWay {
  message: string;
  contact: string;
  contactHash: string;
  name: string;
  mention?: string;
  attempts: Attempt[];
  /** What the contact is told; absent of what was taken. */
  telling?: LinkedTelling;
  /** To public media, instead of that. */
  broadcast?: Broadcast;
  /** The address at which to act on it. */
  link?: string;
  /** Go with a mail. */
  files?: readonly IssuedPaper[];
  /** Messages of one occasion may be told together. */
  occasion: string;
  urgency: number;
  isNew: boolean;
  at: number;
  drill: boolean;
  /** Taken, but not recorded, because the worker was killed in between. */
  taken?: { channel: Channel } & TakenHow;
}

/** The holder whose contacts get a message. */
export const holderOf = ({ to }: Message): string => (to.kind === 'unit' ? to.unitId : to.kind);

/** A unit's step goes to its `whom`, the office's to its people on duty. All other messages go to everybody. */
export function whomOf({ to, deadlines, asks, again }: Message): Chosen {
  if (again?.contact !== undefined) return 'anybody';
  if (to.kind === 'unit') return to.whom ?? 'everyone';
  return to.kind === 'office' && (deadlines.length > 0 || asks) ? 'duty' : 'everyone';
}

export interface DeliveryContext {
  episodeId: string;
  message: Message;
  /** Channels that this installation has. */
  has: (channel: Channel) => boolean;
  /** The deliveries that were taken, by `contact/channel`. */
  taken: ReadonlyMap<string, TakenHow>;
  /** Moment of the reported entry. */
  at: number;
  drill: boolean;
}

/**
 * The message to a unit is one of several about the same: a notice, a suspension, steps of one kind. One person who
 * answers for two of the units is told of both at once.
 */
function occasionOf(message: Message): string {
  const { key, to, announces, suspensionId, deadlines, isReminder, again, urged } = message;
  if (to.kind !== 'unit' || again) return key;
  if (urged) return `urge ${deadlines.map(({ deadline, subject }) => `${deadline} ${subject}`).join('; ')}`;
  if (announces !== undefined) return `notice ${announces}`;
  if (suspensionId !== undefined) return `suspension ${suspensionId}`;
  return deadlines.length > 0 ? `step ${urgencyOf(message)} ${isReminder ?? false}` : key;
}

/** The remaining ways for the contacts of a message. `tell` gives what each contact is told. */
export async function contactWaysOf(
  { episodeId, message, has, taken, at, drill }: DeliveryContext,
  contacts: readonly PersonTold[],
  tell: (reference: string) => Promise<Pick<ContactWay, 'link' | 'files' | 'broadcast'> & { telling: LinkedTelling }>,
): Promise<ContactWay[]> {
  const named = new Set<string>();
  const isNamed = (channel: Channel, address: string) => named.has(`${channel} ${address}`);
  const lines: ContactWay[] = [];
  for (const recipient of contacts) {
    const { reference, isOnDuty: _, ...contact } = recipient;
    const key = (channel: Channel) => `${reference}/${channel}`;
    for (const way of waysTo(message, recipient, contacts)) {
      const usable = way.flatMap((channel) => {
        const address = addressOf(contact, channel);
        return has(channel) && address && !isNamed(channel, address) ? [{ channel, address }] : [];
      });
      // A robot writes to a group and an endpoint to a program: one message for all contacts that name it.
      for (const { channel, address } of usable) if (!reachesPerson(channel)) named.add(`${channel} ${address}`);
      if (usable.length === 0) continue;
      const mention = contact.sms === undefined ? undefined : mainlandMobile(contact.sms);
      const line = {
        message: message.key,
        contact: reference,
        contactHash: sha256(canonical(contact)),
        name: contact.name,
        ...(mention === undefined ? {} : { mention }),
        occasion: occasionOf(message),
        urgency: urgencyOf(message),
        isNew: message.attempt === 0,
        at,
        drill,
      };
      const attempts = (by: typeof usable): Attempt[] =>
        by.map((one) => ({
          ...one,
          key: { episodeId, message: message.key, contact: reference, channel: one.channel },
        }));
      const isUndelivered = (channel: Channel) => message.receipts?.[key(channel)] === 'undelivered';
      const reached = usable.find(({ channel }) => taken.has(key(channel)) && !isUndelivered(channel))?.channel;
      if (reached) {
        const how = { channel: reached, ...taken.get(key(reached))! };
        if (!message.settled.includes(key(reached))) lines.push({ ...line, attempts: attempts(usable), taken: how });
        continue;
      }
      const open = usable.filter(({ channel }) => !message.settled.includes(key(channel)));
      if (open.length === 0) continue;
      lines.push({
        ...line,
        ...(await tell(reference)),
        attempts: attempts(open),
      });
    }
  }
  return lines;
}

/** Ways of one person, told by one message. The first gives its key, its link and its address as it is written. */
export type Together = [ContactWay, ...ContactWay[]];

/**
 * Ways that lead to the same person, because he has two roles in a unit or answers for two units, are told together; and so
 * is a group that stands for several units. An endpoint is a program, which is told of each unit by itself.
 */
export function toldTogether(lines: readonly ContactWay[]): Together[] {
  const groups = new Map<string, Together>();
  for (const [i, line] of lines.entries()) {
    const addresses = line.attempts.map(({ channel, address }) => `${channel} ${comparableAddress(channel, address)}`);
    const isAlone = line.attempts.some(({ channel }) => channel === 'webhook');
    const key = isAlone ? String(i) : [line.occasion, ...addresses].join('\n');
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()];
}

/** Phones and groups get the link beside their text. */
export function messageBy({ key, channel, address }: Attempt, lines: Together): ChannelMessage {
  const [{ name, at, drill, urgency, isNew, broadcast }] = lines;
  const tellings = lines.map(({ telling }) => telling!) as [LinkedTelling];
  const isToGroup = channel === 'wecom' || channel === 'dingtalk';
  const words = isToGroup ? wordsForGroup(tellings) : wordsTogether(tellings);
  // A link to acknowledge is one unit's.
  const link = isToGroup && isOfSeveral(tellings) ? tellings[0].frame.workLink : lines[0].link;
  const mentions = isToGroup ? [...new Set(lines.flatMap(({ mention }) => mention ?? []))] : [];
  const message = {
    key: `${key.episodeId}/${key.message}/${key.contact}/${channel}`,
    at,
    urgency,
    ...(isNew ? { isNew: true as const } : {}),
    ...(drill ? { drill: true as const } : {}),
    to: { name, address },
    ...(broadcast
      ? { subject: broadcast.subject, text: broadcast.text, broadcast: broadcast.facts }
      : wordsFor(channel, words)),
  };
  if (channel === 'email') return withFiles(message, lines);
  return { ...message, ...(link === undefined ? {} : { link }), ...(mentions.length > 0 && { mentions }) };
}

/** The same file for two units goes once. */
function withFiles(message: ChannelMessage, lines: Together): ChannelMessage {
  const files = [...new Set(lines.flatMap((line) => line.files ?? []))];
  return files.length === 0 ? message : { ...message, files };
}

/** Mail and systems get the whole text, phones and groups the short one. */
export function wordsFor(
  channel: Channel,
  { subject, text, html, short }: MessageWords,
): Pick<ChannelMessage, 'subject' | 'text' | 'html'> {
  if (channel === 'email') return { subject, text, html };
  return { subject, text: channel === 'webhook' ? text : short };
}

/** Contacts that no way can reach. That is an outcome too. */
export function mute({ message, has }: DeliveryContext, contacts: readonly PersonTold[]): DeliveryResult[] {
  const none = contacts.filter(
    (contact) =>
      !waysTo(message, contact, contacts).some((way) =>
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
