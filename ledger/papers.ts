/** Papers as they left the house (§5.1), byte for byte. They are small and part of the record, so the database has them. */
import { sql } from 'kysely';
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

/** A paper that the record names is missing or altered: the database lost it, or somebody changed it. */
export class PaperDamaged extends Error {
  override name = 'PaperDamaged';
}

/** Throws `PaperDamaged`. */
export async function keptPaper({ db }: Database, paperId: string): Promise<IssuedPaper> {
  const row = await db
    .selectFrom('papers')
    .select(['name', 'media_type', 'content'])
    .where('paper_id', '=', paperId)
    .executeTakeFirst();
  if (!row) throw new PaperDamaged(`paper ${paperId} is not in the database`);
  if (sha256(row.content) !== paperId) throw new PaperDamaged(`paper ${paperId} has other bytes`);
  return { name: row.name, mediaType: row.media_type, content: Buffer.from(row.content) };
}

/**
 * What is wrong with these papers: their bytes are no longer those of their hash, or they are gone. Of those that are gone, `lost`
 * are no news: the record says so.
 */
export async function faultsOfPapers({ db }: Database, ids: readonly string[], lost: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; gone: boolean }>`
    select id, paper_id is null as gone from unnest(${ids}::text[]) as named (id)
    left join papers on paper_id = id
    where paper_id is null or encode(sha256(content), 'hex') <> id`.execute(db);
  const gone = rows.filter((row) => row.gone);
  return [
    ...rows.filter((row) => !row.gone).map(({ id }) => `公文原件 ${id} 的内容与散列值不符`),
    ...(gone.length > lost ? gone.map(({ id }) => `公文原件 ${id} 不在库中`) : []),
  ];
}
