/** Contacts, and the channels that reach them (§6.6). */
import { mailIn, normalMail } from '../../lib/normal/mail.js';
import { mobileIn, phoneIn } from '../../lib/normal/telephone.js';
import { compact } from '../../lib/normal/text.js';
import { arrivesBy } from '../rules/ways.js';
import { CHANNELS, type Channel, type Contact } from '../types.js';

/** The bodies that have contacts beside the units. */
export const BODIES = ['office', 'city', 'committee', 'supervisor', 'media'] as const;

/** A number that takes SMS, as machines write it: eleven digits, or with the country’s code. */
export const MOBILE = /^((\+86)?1[3-9]\d{9}|\+(?!86)\d{6,15})$/;

export const CONTACT_ID = /^[a-z0-9]+([:-][a-z0-9]+)*$/;

/** The number to ring: a telephone before a mobile, which may be off. */
export const numberToRing = ({ phone, sms }: Pick<Contact, 'phone' | 'sms'>): string | undefined => phone ?? sms;

const DIALABLE = /^\+?\d{5,15}$/;

/** The address of a contact by a channel. A voice gateway cannot dial an extension, and takes the mobile then. */
export function addressOf(contact: Contact, channel: Channel): string | undefined {
  const { email, sms } = contact;
  if (channel === 'email') return email && (mailIn(email) ?? email);
  if (channel === 'sms') return sms && (mobileIn(sms) ?? sms);
  if (channel !== 'call') return contact[channel];
  const numbers = [contact.phone, contact.sms].flatMap((number) =>
    number === undefined ? [] : (phoneIn(number) ?? []),
  );
  return numbers.find((number) => DIALABLE.test(number));
}

/** A mobile of the mainland in eleven digits; `undefined` for any other number. */
export function mainlandMobile(number: string): string | undefined {
  const mobile = mobileIn(number);
  return mobile?.startsWith('+') ? undefined : mobile;
}

/** The form of an address in which it is compared and counted: one person, however his address is written. */
export function comparableAddress(channel: Channel, address: string): string {
  if (channel === 'email') return normalMail(address);
  if (channel === 'sms' || channel === 'call') return mobileIn(address) ?? phoneIn(address) ?? compact(address);
  return compact(address);
}

/** A reserved domain: a contact with it is a placeholder. */
const PLACEHOLDER = /\.example$/i;

/** The channels of a contact that are placeholders. */
export const placeholdersOf = ({ email }: Contact): Channel[] => (email && PLACEHOLDER.test(email) ? ['email'] : []);

/** The channels that reach a contact. A telephone is none: a person has to ring, or a gateway that may not be there. */
export const workingChannelsOf = (contact: Contact): Channel[] =>
  CHANNELS.filter((channel) => channel !== 'call' && contact[channel] && !placeholdersOf(contact).includes(channel));

/** Whether a holder's contact can be told of anything: a person by mail or SMS, public media by their endpoint. */
export const canBeTold = (holder: string, contact: Contact): boolean =>
  workingChannelsOf(contact).some((channel) => arrivesBy(holder, channel));

/**
 * The reason why nobody of a holder's list can be reached: it is empty, has only telephones and group robots, or has
 * placeholders. An office may do without public media.
 */
export type Unreachable = 'no-contact' | 'no-channel' | 'placeholder';

export function unreachableBecause(holder: string, contacts: readonly Contact[]): Unreachable | undefined {
  if (contacts.some((contact) => canBeTold(holder, contact))) return undefined;
  if (contacts.length === 0) return holder === 'media' ? undefined : 'no-contact';
  return contacts.some((contact) => placeholdersOf(contact).length > 0) ? 'placeholder' : 'no-channel';
}
