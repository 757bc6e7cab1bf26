import { GENESIS } from '../../episode/hash-chain.js';
import type { Database } from '../database.js';
import { START, type Tail } from './chain.js';

export interface ChainEnd {
  tail: Tail;
  /** Nothing is added any more. */
  isSealed: boolean;
}

/** How far the ledger has a chain. */
export async function chainEndOf({ db }: Database, chainId: string): Promise<ChainEnd> {
  const tail = await db
    .selectFrom('entries')
    .select(['seq', 'hash', 'kind'])
    .where('chain_id', '=', chainId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return tail
    ? { tail: { seq: tail.seq, hash: tail.hash }, isSealed: tail.kind === 'episode.closed' }
    : { tail: START, isSealed: false };
}

/** The hash of an entry, by its number; of number 0 what the first entry names. */
export async function hashAt({ db }: Database, chainId: string, seq: number): Promise<string | undefined> {
  if (seq === 0) return GENESIS;
  const row = await db
    .selectFrom('entries')
    .select('hash')
    .where('chain_id', '=', chainId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row?.hash;
}
