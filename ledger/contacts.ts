/** Who is told, by holder: a unit's id, `office` or `city`. Personal data: never in an entry, replaced as a whole. */
import type { Contact } from '../plan/types.js';
import type { Database } from './database.js';

/** A contact as an entry may name it: `liaison:1` is its holder's first liaison. */
export interface ReferredContact extends Contact {
  reference: string;
}

/** A holder without a list has no contacts. */
export const contactsOf = async (database: Database, holder: string): Promise<Contact[]> =>
  (await contactListOf(database, holder)) ?? [];

/** The list of a holder, be it empty; `undefined` when there is none. */
export async function contactListOf({ db }: Database, holder: string): Promise<Contact[] | undefined> {
  const row = await db.selectFrom('contacts').select('list').where('holder', '=', holder).executeTakeFirst();
  return row?.list;
}

export async function referredContactsOf(database: Database, holder: string): Promise<ReferredContact[]> {
  const contacts = await contactsOf(database, holder);
  return contacts.map((contact, i) => {
    const number = contacts.slice(0, i + 1).filter(({ role }) => role === contact.role).length;
    return { ...contact, reference: `${contact.role}:${number}` };
  });
}

export async function replaceContacts({ db }: Database, holder: string, contacts: readonly Contact[]): Promise<void> {
  const list = JSON.stringify(contacts);
  await db
    .insertInto('contacts')
    .values({ holder, list })
    .onConflict((conflict) => conflict.column('holder').doUpdateSet({ list }))
    .execute();
}

/** Replaces a list by one that has somebody in it; an empty one only makes the holder known. */
export const giveContacts = (database: Database, holder: string, contacts: readonly Contact[]): Promise<void> =>
  contacts.length > 0 ? replaceContacts(database, holder, contacts) : seedContacts(database, { [holder]: contacts });

/** Gives holders that never had a list the edition's; who has one keeps it, an empty one too. */
export async function seedContacts({ db }: Database, lists: Record<string, readonly Contact[]>): Promise<void> {
  const rows = Object.entries(lists).map(([holder, list]) => ({ holder, list: JSON.stringify(list) }));
  if (rows.length === 0) return;
  await db
    .insertInto('contacts')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
