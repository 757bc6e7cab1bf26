/** Previewed files of contacts and roster, which wait for confirmation. */
import { hashOf } from '../../episode/hash-chain.js';
import type { DutyRow } from '../../plan/people/roster.js';
import type { Database } from '../database.js';
import { contactListsOf, oneAtATime, writeContacts } from './contacts.js';
import type { ContactsAndDuties, ImportContent, ImportScope } from './import-content.js';
import { dutyRowsOf, type StoredRow, writeDays } from './roster.js';

export interface RosterImport {
  importId: string;
  accountId: string;
  madeAt: number;
  /** The preview that was shown. */
  preview: unknown;
  /** The changes. Emptied when no longer needed, absent when the file has errors. */
  content?: ImportContent;
  confirmedAt?: number;
}

export async function contactsAndDutiesIn(
  database: Database,
  { contacts, days }: ImportScope,
): Promise<ContactsAndDuties> {
  const lists = await contactListsOf(database, contacts);
  const dates = days.map(({ date }) => date).toSorted();
  const holders = [...new Set(days.map(({ holder }) => holder))];
  const rows = dates.length === 0 ? [] : await dutyRowsOf(database, holders, { from: dates[0]!, until: dates.at(-1)! });
  const byDay = rowsByDay(rows);
  return {
    contacts: Object.fromEntries(contacts.map((holder) => [holder, lists.get(holder) ?? []])),
    days: days.map(({ holder, date }) => ({ holder, date, rows: byDay.get(`${holder} ${date}`) ?? [] })),
  };
}

function rowsByDay(rows: readonly StoredRow[]): Map<string, DutyRow[]> {
  const days = new Map<string, DutyRow[]>();
  for (const { holder, ...row } of rows) {
    const day = days.get(`${holder} ${row.date}`);
    if (day) day.push(row);
    else days.set(`${holder} ${row.date}`, [row]);
  }
  return days;
}

export const basisOf = (present: ContactsAndDuties): string => hashOf(present);

/** Keeps a preview until it is confirmed. A known id keeps its first preview. Old previews are deleted. */
export async function keepImport({ db }: Database, one: RosterImport, forgetBefore: number): Promise<void> {
  await db.deleteFrom('roster_imports').where('made_at', '<', forgetBefore).execute();
  await db
    .insertInto('roster_imports')
    .values({
      import_id: one.importId,
      account_id: one.accountId,
      made_at: one.madeAt,
      preview: JSON.stringify(one.preview),
      content: one.content === undefined ? null : JSON.stringify(one.content),
    })
    .onConflict((conflict) => conflict.column('import_id').doNothing())
    .execute();
}

export async function findImport({ db }: Database, importId: string): Promise<RosterImport | undefined> {
  const row = await db.selectFrom('roster_imports').selectAll().where('import_id', '=', importId).executeTakeFirst();
  return (
    row && {
      importId: row.import_id,
      accountId: row.account_id,
      madeAt: row.made_at,
      preview: row.preview,
      ...(row.content === null ? {} : { content: row.content }),
      ...(row.confirmed_at === null ? {} : { confirmedAt: row.confirmed_at }),
    }
  );
}

/** Writes exactly the preview. If the data have changed since, writes nothing and answers `changed`. */
export const applyImport = (
  database: Database,
  importId: string,
  { scope, basis, changes }: ImportContent,
  at: number,
): Promise<'applied' | 'changed'> =>
  oneAtATime(database, async (alone) => {
    if (basisOf(await contactsAndDutiesIn(alone, scope)) !== basis) return 'changed';
    for (const [holder, list] of Object.entries(changes.contacts)) await writeContacts(alone, holder, list);
    await writeDays(alone, changes.days);
    await alone.db
      .updateTable('roster_imports')
      .set({ confirmed_at: at, content: null })
      .where('import_id', '=', importId)
      .execute();
    return 'applied';
  });
