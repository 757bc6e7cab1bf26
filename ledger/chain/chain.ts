/**
 * A line of a chain: the bytes that are hashed, and the columns for searches. It knows nothing of what entries mean.
 */
import { createHash } from 'node:crypto';
import { canonical, GENESIS } from '../../episode/hash-chain.js';

/** The fields that every entry has, of an episode or of another chain. */
export interface Sealed {
  seq: number;
  kind: string;
  unitId?: string;
  actor?: { role: string; accountId: string };
  clause?: string;
  episodeTime?: string;
  previousHash: string;
  hash: string;
}

/** The columns that a chain is searched by; those of its entries that have none are empty. */
export interface SearchColumns {
  kind: string;
  unitId: string | null;
  actorRole: string | null;
  accountId: string | null;
  clause: string | null;
  episodeTime: number | null;
}

export interface ChainLine extends SearchColumns {
  seq: number;
  /** RFC 8785 text of the entry without its hash. */
  canonical: string;
  hash: string;
}

/** The last line of a chain, `START` for an empty one. */
export interface Tail {
  seq: number;
  hash: string;
}

export const START: Tail = { seq: 0, hash: GENESIS };

/**
 * The entries contradict the ledger. That is an alarm: nothing was changed, and a retry does not help before somebody
 * has looked.
 */
export class LedgerConflict extends Error {
  override name = 'LedgerConflict';
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The lines of a turn's entries. Throws `LedgerConflict` unless each follows the one before and has its own hash. */
export function chainLinesOf(chainId: string, entries: readonly Sealed[]): ChainLine[] {
  return entries.map(({ hash, ...entry }, i) => {
    const previous = entries[i - 1];
    if (previous && !follows(entry, previous))
      throw new LedgerConflict(`${chainId}: ${entry.seq} does not follow ${previous.seq}`);
    const text = canonical(entry);
    if (sha256(text) !== hash) throw new LedgerConflict(`${chainId}: ${entry.seq} does not have the hash it names`);
    return { seq: entry.seq, ...searchColumnsOf(entry), canonical: text, hash };
  });
}

export const searchColumnsOf = ({
  kind,
  unitId,
  actor,
  clause,
  episodeTime,
}: Pick<Sealed, 'kind' | 'unitId' | 'actor' | 'clause' | 'episodeTime'>): SearchColumns => ({
  kind,
  unitId: unitId ?? null,
  actorRole: actor?.role ?? null,
  accountId: actor?.accountId ?? null,
  clause: clause ?? null,
  episodeTime: episodeTime === undefined ? null : Date.parse(episodeTime),
});

export const follows = (entry: Pick<Sealed, 'seq' | 'previousHash'>, tail: Tail): boolean =>
  entry.seq === tail.seq + 1 && entry.previousHash === tail.hash;
