/**
 * Personal data of entries. The entry has a reference and a hash; the words are kept here and can be removed. A salt
 * keeps a name from being guessed by its hash.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { PersonalReference } from '../../episode/commands.js';
import { sha256 } from '../chain/chain.js';
import type { Database } from '../database.js';

interface Content {
  salt: string;
  text: string;
}

/** Keeps words under a new reference that begins with `name`. */
export async function keepPersonalData({ db }: Database, name: string, text: string): Promise<PersonalReference> {
  const reference = `${name}.${randomBytes(6).toString('hex')}`;
  const content = JSON.stringify({ salt: randomBytes(16).toString('hex'), text } satisfies Content);
  await db.insertInto('personal_data').values({ reference, content }).execute();
  return { reference, hash: sha256(content) };
}

/** Removes words. */
export async function forgetPersonalData({ db }: Database, { reference }: PersonalReference): Promise<void> {
  await db.deleteFrom('personal_data').where('reference', '=', reference).execute();
}

/** Words by reference. Removed or altered ones are left out. */
export async function readPersonalData(
  { db }: Database,
  references: readonly PersonalReference[],
): Promise<Map<string, string>> {
  if (references.length === 0) return new Map();
  const hashes = new Map(references.map(({ reference, hash }) => [reference, hash]));
  const rows = await db
    .selectFrom('personal_data')
    .select(['reference', 'content'])
    .where('reference', '=', sql<string>`any(${[...hashes.keys()]}::text[])`)
    .execute();
  return new Map(
    rows
      .filter(({ reference, content }) => sha256(content) === hashes.get(reference))
      .map(({ reference, content }) => [reference, (JSON.parse(content) as Content).text]),
  );
}
