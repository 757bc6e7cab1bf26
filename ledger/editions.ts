/** The editions that episodes are bound to: their words are read from here, whatever the files say today. */
import { LRUCache } from 'lru-cache';
import { editionOfContent, type KeptEdition } from '../plan/edition/edition.js';
import type { Database } from './database.js';

/** Keeps an edition for good, before the first episode is bound to it. */
export async function keepEdition({ db }: Database, { hash, content }: KeptEdition): Promise<void> {
  await db
    .insertInto('editions')
    .values({ hash, content })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A content never changes under its hash, so each process reads it once. */
const read = new WeakMap<Database, LRUCache<string, KeptEdition>>();
const MOST_READ = 10;

/** The edition with this hash. Throws when it was never kept. */
export async function keptEdition(database: Database, hash: string): Promise<KeptEdition> {
  const editions = read.get(database) ?? new LRUCache<string, KeptEdition>({ max: MOST_READ });
  read.set(database, editions);
  const edition = editions.get(hash) ?? (await readEdition(database, hash));
  editions.set(hash, edition);
  return edition;
}

async function readEdition({ db }: Database, hash: string): Promise<KeptEdition> {
  const row = await db.selectFrom('editions').select('content').where('hash', '=', hash).executeTakeFirst();
  if (!row) throw new Error(`edition ${hash} is not in the database`);
  return editionOfContent(row.content);
}
