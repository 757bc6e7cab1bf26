/** Tells who of a list is known: by id, else by name in the unit, whatever the role and however the name is spelt. */
import { grouped } from '../../lib/grouped.js';
import { normalMail } from '../../lib/normal/mail.js';
import { looksMistyped, normalName } from '../../lib/normal/person.js';
import { mobileIn, phoneIn } from '../../lib/normal/telephone.js';
import { plain } from '../../lib/normal/text.js';
import type { Contact, KnownContact } from '../types.js';

type Entered = Contact & { contactId?: string };
/** A person as a list names him, which may not say in what role. */
type Named = Omit<Entered, 'role'> & Partial<Pick<Contact, 'role'>>;

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

interface Way {
  keyOf(contact: Named): string | undefined;
  /** Several who are alike are known by their order. */
  inOrder?: true;
}

/** By an address beside the name. A list may have one of them alone. */
const withAddress = (nameOf: (contact: Named) => string, inOrder?: true): Way[] =>
  (['sms', 'email', 'phone'] as const).map((field) => ({
    keyOf(contact) {
      const address = normalOf(field, contact[field]);
      return address === undefined ? undefined : `${nameOf(contact)} ${address}`;
    },
    ...(inOrder && { inOrder }),
  }));

/** Ways to know a person who was entered without an id, the surest first. */
const WAYS: readonly Way[] = [
  ...withAddress(({ role, name }) => `${role} ${name}`, true),
  { keyOf: ({ role, name }) => `${role} ${name}`, inOrder: true },
  { keyOf: ({ role, name }) => `${role} ${normalName(name)}` },
  ...withAddress(({ name }) => normalName(name)),
  { keyOf: ({ name }) => normalName(name) },
];

/** The people of the list before whom a new list means, by its entries. */
export function knownAmong<T extends Named>(
  contacts: readonly T[],
  present: readonly KnownContact[],
): Map<T, KnownContact> {
  const taken = new Set(contacts.flatMap(({ contactId }) => contactId ?? []));
  const found = new Map<T, KnownContact>();
  for (const one of contacts) {
    const known = present.find(({ contactId }) => contactId === one.contactId);
    if (known) found.set(one, known);
  }
  for (const { keyOf, inOrder = false } of WAYS) {
    const waiting = contacts.filter((one) => one.contactId === undefined && !found.has(one));
    const free = grouped(
      present.filter(({ contactId }) => !taken.has(contactId)),
      keyOf,
    );
    for (const [key, alike] of grouped(waiting, keyOf)) {
      const known = free.get(key) ?? [];
      if (!inOrder && (known.length > 1 || alike.length > 1)) continue;
      for (const [place, one] of alike.slice(0, known.length).entries()) {
        found.set(one, known[place]!);
        taken.add(known[place]!.contactId);
      }
    }
  }
  for (const [one, known] of mistyped(contacts, present, found)) found.set(one, known);
  return found;
}

/** Each is compared with each. A unit has fewer people. */
const MOST_MISTYPED = 100;

/** Nobody else has a person's own address: with it and a name that is nearly the same, his name was corrected or mistyped. */
function mistyped<T extends Named>(
  contacts: readonly T[],
  present: readonly KnownContact[],
  found: ReadonlyMap<T, KnownContact>,
): Array<[T, KnownContact]> {
  const ids = new Set([...found.values()].map(({ contactId }) => contactId));
  const waiting = contacts.filter((one) => one.contactId === undefined && !found.has(one));
  const free = present.filter(({ contactId }) => !ids.has(contactId));
  if (waiting.length > MOST_MISTYPED) return [];
  const areAlike = (one: Named, known: KnownContact) =>
    (['sms', 'email'] as const).some(
      (field) => one[field] !== undefined && normalOf(field, one[field]) === normalOf(field, known[field]),
    ) && looksMistyped(one.name, known.name);
  return waiting.flatMap((one): Array<[T, KnownContact]> => {
    const likely = free.filter((known) => areAlike(one, known));
    const isAlone = likely.length === 1 && waiting.filter((other) => areAlike(other, likely[0]!)).length === 1;
    return isAlone ? [[one, likely[0]!]] : [];
  });
}

/**
 * Gives every contact an id. One entered without an id is the person of that name in the list before, whose spelling stays.
 * Of namesakes the role tells them apart, then number or mail; where nothing does, nobody is taken for another. A name that
 * is nearly the same, with the same number or mail, is the same person's. Ids are
 * never reused, because entries name them. The first list of a holder is numbered by role: `liaison:1`.
 */
export function identified(
  contacts: readonly Entered[],
  present: readonly KnownContact[] | undefined,
  newId: () => string,
): KnownContact[] {
  const taken = new Set(contacts.flatMap(({ contactId }) => contactId ?? []));
  const found = knownAmong(contacts, present ?? []);
  return contacts.map((one) => {
    const known = one.contactId === undefined ? found.get(one) : undefined;
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
