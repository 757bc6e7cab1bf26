/** Tells who of a list is known: by id, else by name in the unit, whatever the role and however the name is spelt. */
import { normalMail } from '../../lib/normal/mail.js';
import { normalName } from '../../lib/normal/person.js';
import { mobileIn, phoneIn } from '../../lib/normal/telephone.js';
import { plain } from '../../lib/normal/text.js';
import type { Contact, KnownContact } from '../types.js';

type Entered = Contact & { contactId?: string };

/** The value of each field to compare. Fields that are missing here are compared as they stand. */
const NORMAL: { [field in keyof Contact]?: (value: string) => string } = {
  name: normalName,
  email: normalMail,
  phone: (value) => phoneIn(value) ?? plain(value),
  sms: (value) => mobileIn(value) ?? plain(value),
};

export const CONTACT_FIELDS = ['role', 'name', 'email', 'phone', 'sms', 'wecom', 'dingtalk', 'webhook'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

const normalOf = (field: ContactField, value: string | undefined): string | undefined =>
  value === undefined ? undefined : (NORMAL[field]?.(value) ?? value);

/** The fields in which two states of a contact differ by more than their spelling. */
export const changedFields = (before: Contact, after: Contact): ContactField[] =>
  CONTACT_FIELDS.filter((field) => normalOf(field, before[field]) !== normalOf(field, after[field]));

/** A contact as entered, with each value that is only spelt otherwise as it was first written. */
export function asFirstWritten<T extends Contact>(entered: T, known: Contact): T {
  const kept = CONTACT_FIELDS.filter(
    (field) => known[field] !== undefined && normalOf(field, known[field]) === normalOf(field, entered[field]),
  );
  return { ...entered, ...Object.fromEntries(kept.map((field) => [field, known[field]])) };
}

/** Ways to know a person who was entered without an id, the surest first. Only the last may be met by several. */
const WAYS: ReadonlyArray<(contact: Contact) => string> = [
  ({ role, name }) => `${role} ${name}`,
  ({ role, name }) => `${role} ${normalName(name)}`,
  ({ name, sms, email }) => `${normalName(name)} ${normalOf('sms', sms) ?? normalOf('email', email) ?? Number.NaN}`,
  ({ name }) => normalName(name),
];

/**
 * Gives every contact an id. One entered without an id is the person of that name in the list before, whose spelling stays.
 * Of namesakes the role tells them apart, then number or mail; where nothing does, nobody is taken for another. Ids are
 * never reused, because entries name them. The first list of a holder is numbered by role: `liaison:1`.
 */
export function identified(
  contacts: readonly Entered[],
  present: readonly KnownContact[] | undefined,
  newId: () => string,
): KnownContact[] {
  const taken = new Set(contacts.flatMap(({ contactId }) => contactId ?? []));
  const found = new Map<Entered, KnownContact>();
  for (const [i, way] of WAYS.entries()) {
    const waiting = contacts.filter((one) => one.contactId === undefined && !found.has(one));
    for (const one of waiting) {
      const isLike = (other: Contact) => way(other) === way(one);
      const known = (present ?? []).filter((other) => !taken.has(other.contactId) && isLike(other));
      const mayBeAnother = i > 0 && (known.length > 1 || waiting.filter(isLike).length > 1);
      if (known[0] && !mayBeAnother) {
        found.set(one, known[0]);
        taken.add(known[0].contactId);
      }
    }
  }
  return contacts.map((one) => {
    const known = found.get(one);
    if (known) return { ...asFirstWritten(one, known), contactId: known.contactId };
    const contactId = one.contactId ?? (present ? newId() : firstFree(one.role, taken));
    taken.add(contactId);
    return { ...one, contactId };
  });
}

function firstFree(role: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`${role}:${number}`)) number += 1;
  return `${role}:${number}`;
}
