/** Contacts by holder, the id of a unit or a body. Personal data: never in an entry, replaced as a whole. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { hashOf } from '../../episode/hash-chain.js';
import { type Unreachable, unreachableBecause } from '../../plan/people/contacts.js';
import { identified } from '../../plan/people/identify.js';
import type { Contact, KnownContact } from '../../plan/types.js';
import type { Database } from '../database.js';

/** The id under which an entry names a contact. */
export interface ReferredContact extends Contact {
  reference: string;
}

/** A contact as entered. Without an id it is a new person. */
export type EnteredContact = Contact & { contactId?: string };

/** A holder without a list has no contacts. */
export const contactsOf = async (database: Database, holder: string): Promise<KnownContact[]> =>
  (await contactListOf(database, holder)) ?? [];

/** The list of a holder, possibly empty. `undefined` when there is none. */
export const contactListOf = async (database: Database, holder: string): Promise<KnownContact[] | undefined> =>
  (await contactListsOf(database, [holder])).get(holder);

/** The lists of the holders that have one. */
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

/** The version of a list, which changes with its content. */
export const versionOf = (contacts: readonly KnownContact[]): string => hashOf(contacts).slice(0, 32);

/** Ids say nothing of the person, because entries keep them for ever. */
export const newContactId = (): string => `p-${randomBytes(6).toString('hex')}`;

/** The caller holds the lock on the lists. */
export async function writeContacts({ db }: Database, holder: string, contacts: KnownContact[]): Promise<void> {
  const list = JSON.stringify(contacts);
  await db
    .insertInto('contacts')
    .values({ holder, list })
    .onConflict((conflict) => conflict.column('holder').doUpdateSet({ list }))
    .execute();
}

/** Replaces a list by one with people in it. An empty one only makes the holder known. */
export async function giveContacts(
  database: Database,
  holder: string,
  contacts: readonly EnteredContact[],
): Promise<void> {
  if (contacts.length > 0) await replaceContacts(database, holder, contacts);
  else await seedContacts(database, { [holder]: contacts });
}

/** Gives the edition's list to holders that never had one. A holder with a list keeps it, even an empty one. */
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

/** Holders whose contacts are all unreachable, with the reason, in the order given. */
export async function unreachableHolders(
  database: Database,
  holders: readonly string[],
): Promise<Array<{ holder: string; because: Unreachable }>> {
  const lists = await contactListsOf(database, holders);
  return holders.flatMap((holder) => {
    const because = unreachableBecause(holder, lists.get(holder) ?? []);
    return because === undefined ? [] : [{ holder, because }];
  });
}

/** A lock on contacts and rosters. Changes run one after the other, so that data are still true when written. */
export const oneAtATime = <T>(database: Database, work: (alone: Database) => Promise<T>): Promise<T> =>
  database.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('qingkong contacts and roster'))`.execute(trx);
    return work({ ...database, db: trx });
  });
