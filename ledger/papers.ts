/** Papers as they left the house (§5.1), byte for byte. They are small and part of the record, so the database has them. */
import { sha256 } from './chain/chain.js';
import type { Database } from './database.js';

export interface IssuedPaper {
  /** File name of the download. */
  name: string;
  mediaType: string;
  content: Buffer;
}

/** Keeps a paper for good, before an entry names it. Answers its id: the lower-case hex SHA-256 of its bytes. */
export async function keepPaper({ db }: Database, { name, mediaType, content }: IssuedPaper): Promise<string> {
  const paperId = sha256(content);
  await db
    .insertInto('papers')
    .values({ paper_id: paperId, name, media_type: mediaType, content })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return paperId;
}

/** Throws when it was never kept. */
export async function keptPaper({ db }: Database, paperId: string): Promise<IssuedPaper> {
  const row = await db
    .selectFrom('papers')
    .select(['name', 'media_type', 'content'])
    .where('paper_id', '=', paperId)
    .executeTakeFirst();
  if (!row) throw new Error(`paper ${paperId} is not in the database`);
  return { name: row.name, mediaType: row.media_type, content: Buffer.from(row.content) };
}
