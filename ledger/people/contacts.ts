/** Contacts by holder, the id of a unit or a body. Personal data: never in an entry, replaced as a whole. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { hashOf } from '../../episode/hash-chain.js';
import { identified, type Unreachable, unreachableBecause } from '../../plan/people/contacts.js';
import type { Contact, KnownContact } from '../../plan/types.js';
import type { Database } from '../database.js';

/** A contact as an entry may name it, by its id. */
export interface ReferredContact extends Contact {
  reference: string;
}

/** A contact as somebody enters it: without an id it is somebody new. */
export type EnteredContact = Contact & { contactId?: string };

/** A holder without a list has no contacts. */
export const contactsOf = async (database: Database, holder: string): Promise<KnownContact[]> =>
  (await contactListOf(database, holder)) ?? [];

/** The list of a holder, be it empty; `undefined` when there is none. */
export const contactListOf = async (database: Database, holder: string): Promise<KnownContact[] | undefined> =>
  (await contactListsOf(database, [holder])).get(holder);

/** The lists of those that have one. */
export async function contactListsOf(
  { db }: Database,
  holders: readonly string[],
): Promise<Map<string, KnownContact[]>> {
  if (holders.length === 0) return new Map();
  const rows = await db.selectFrom('contacts').selectAll().where('holder', 'in', holders).execute();
  return new Map(rows.map(({ holder, list }) => [holder, list]));
}

export const referred = ({ contactId, ...contact }: KnownContact): ReferredContact => ({
  ...contact,
  reference: contactId,
});

export const replaceContacts = (
  database: Database,
  holder: string,
  contacts: readonly EnteredContact[],
  basis?: string,
): Promise<'replaced' | 'changed'> =>
  oneAtATime(database, async (alone) => {
    const present = await contactListOf(alone, holder);
    if (basis !== undefined && basis !== versionOf(present ?? [])) return 'changed';
    await writeContacts(alone, holder, identified(contacts, present, newContactId));
    return 'replaced';
  });

/** Names what a list holds: it changes with the list. */
export const versionOf = (contacts: readonly KnownContact[]): string => hashOf(contacts).slice(0, 32);

/** Not made of the person: entries name ids, and are kept for ever. */
export const newContactId = (): string => `p-${randomBytes(6).toString('hex')}`;

/** For a caller that holds the lock on the lists. */
export async function writeContacts({ db }: Database, holder: string, contacts: KnownContact[]): Promise<void> {
  const list = JSON.stringify(contacts);
  await db
    .insertInto('contacts')
    .values({ holder, list })
    .onConflict((conflict) => conflict.column('holder').doUpdateSet({ list }))
    .execute();
}

/** Replaces a list by one that has somebody in it; an empty one only makes the holder known. */
export async function giveContacts(
  database: Database,
  holder: string,
  contacts: readonly EnteredContact[],
): Promise<void> {
  if (contacts.length > 0) await replaceContacts(database, holder, contacts);
  else await seedContacts(database, { [holder]: contacts });
}

/** Gives holders that never had a list the edition's; a holder that has one keeps it, even an empty one. */
export async function seedContacts({ db }: Database, lists: Record<string, readonly Contact[]>): Promise<void> {
  const rows = Object.entries(lists).map(([holder, list]) => ({
    holder,
    list: JSON.stringify(identified(list, undefined, newContactId)),
  }));
  if (rows.length === 0) return;
  await db
    .insertInto('contacts')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The holders of whom no contact can be reached, with the reason; in the order given. */
export async function unreachableHolders(
  database: Database,
  holders: readonly string[],
): Promise<Array<{ holder: string; because: Unreachable }>> {
  const lists = await contactListsOf(database, holders);
  return holders.flatMap((holder) => {
    const because = unreachableBecause(lists.get(holder) ?? []);
    return because === undefined ? [] : [{ holder, because }];
  });
}

/** A lock on contacts and rosters: changes run one after the other, so that data read are still true when written. */
export const oneAtATime = <T>(database: Database, work: (alone: Database) => Promise<T>): Promise<T> =>
  database.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('qingkong contacts and roster'))`.execute(trx);
    return work({ ...database, db: trx });
  });
