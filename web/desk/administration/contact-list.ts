/** A list of contacts as it is typed, and the difference between two lists. */
import type { Schemas } from '../../shared/api.js';
import { peopleTexts } from '../../texts/zh-CN/people.js';

export type ListedContact = Schemas['KnownContact'];

const ADDRESSES = ['phone', 'sms', 'email', 'wecom', 'dingtalk', 'webhook'] as const;
const FIELDS = ['role', 'name', ...ADDRESSES] as const;
type Field = (typeof FIELDS)[number];

/** `rowId` tells new people apart, who have no id yet. */
export interface TypedContact extends Record<Exclude<Field, 'role'>, string> {
  rowId: string;
  contactId?: string | undefined;
  role: ListedContact['role'];
}

export const typedContact = (contact: Partial<ListedContact>, rowId: string): TypedContact => ({
  rowId,
  contactId: contact.contactId,
  role: contact.role ?? 'liaison',
  name: contact.name ?? '',
  phone: contact.phone ?? '',
  sms: contact.sms ?? '',
  email: contact.email ?? '',
  wecom: contact.wecom ?? '',
  dingtalk: contact.dingtalk ?? '',
  webhook: contact.webhook ?? '',
});

export const enteredContacts = (list: readonly TypedContact[]): Array<Schemas['Contact']> =>
  list.map(({ contactId, role, name, ...typed }) => ({
    ...(contactId !== undefined && { contactId }),
    role,
    name,
    ...Object.fromEntries(ADDRESSES.filter((way) => typed[way].trim() !== '').map((way) => [way, typed[way].trim()])),
  }));

/** What somebody else has changed, a line for each person. */
export function changesBetween(before: readonly ListedContact[], after: readonly ListedContact[]): string[] {
  const known = new Map(before.map((contact) => [contact.contactId, contact]));
  const present = new Set(after.map(({ contactId }) => contactId));
  const edited = after.flatMap((contact) => {
    const earlier = known.get(contact.contactId);
    if (!earlier) return [peopleTexts.added(contact.name)];
    const fields = FIELDS.filter((field) => earlier[field] !== contact[field]).map((field) => peopleTexts[field]);
    return fields.length > 0 ? [peopleTexts.edited(earlier.name, fields.join('、'))] : [];
  });
  const removed = before
    .filter(({ contactId }) => !present.has(contactId))
    .map(({ name }) => peopleTexts.removed(name));
  return [...edited, ...removed];
}
