/**
 * What an episode needs whose ledger and engine do not end alike, decided from their ends alone (docs/design.md, "The
 * ledger").
 */

import type { Tail } from '../../ledger/chain/chain.js';
import type { ChainEnd } from '../../ledger/chain/end.js';
import type { AppendInput } from '../../workflows/contract.js';

/** How far the engine has an episode, by its last run. */
export interface EngineEnd {
  isRunning: boolean;
  /** The last entry that it knows to be stored. */
  stored: Tail;
  /** The last entry of an append under way: perhaps stored. */
  asked?: Tail;
}

/**
 * `begin-again`: the engine is older, and goes on from the ledger. `complete`: the ledger is older, and gets the turns that
 * it lacks. The others touch nothing. `contradiction`: both have the entry, and it differs. `gap`: the engine does not hold
 * these turns any more.
 */
export type Mending =
  | { kind: 'nothing' }
  | { kind: 'begin-again'; engineSeq: number }
  | { kind: 'complete'; turns: AppendInput[] }
  | { kind: 'contradiction'; seq: number }
  | { kind: 'gap'; firstSeq: number; lastSeq: number };

/** `lacking`: the engine is ahead, and its turns decide. */
export type EndsCompared = Exclude<Mending, { kind: 'complete' | 'gap' }> | { kind: 'lacking' };

/** `hashAtStored`: of the ledger's entry with the number of the last one that the engine knows to be stored. */
export function compare({ tail }: ChainEnd, engine: EngineEnd, hashAtStored: string | undefined): EndsCompared {
  const { stored, asked, isRunning } = engine;
  if (stored.seq > tail.seq) return { kind: 'lacking' };
  if (hashAtStored !== stored.hash) return { kind: 'contradiction', seq: stored.seq };
  // A turn is stored whole. The answer to its append may have been lost: the run asks again, and that is a retry.
  const knows = stored.seq === tail.seq || (asked?.seq === tail.seq && asked.hash === tail.hash);
  // An ended run is begun again by the worker's own look (worker/revive.ts).
  return knows || !isRunning ? { kind: 'nothing' } : { kind: 'begin-again', engineSeq: stored.seq };
}

/**
 * The turns between the ledger's end and the engine's, found backwards by their hashes: of turns that were asked for and
 * never stored none is on the way.
 */
export function turnsBetween(
  turns: readonly AppendInput[],
  { tail }: Pick<ChainEnd, 'tail'>,
  { stored }: Pick<EngineEnd, 'stored'>,
): Exclude<Mending, { kind: 'nothing' | 'begin-again' }> {
  const byLastHash = new Map(turns.map((turn) => [turn.entries.at(-1)?.hash, turn]));
  const between: AppendInput[] = [];
  let end = stored;
  while (end.seq > tail.seq) {
    const turn = byLastHash.get(end.hash);
    if (!turn) return { kind: 'gap', firstSeq: tail.seq + 1, lastSeq: end.seq };
    between.unshift(turn);
    end = beforeTurn(turn);
  }
  const meets = end.seq === tail.seq && end.hash === tail.hash;
  return meets ? { kind: 'complete', turns: between } : { kind: 'contradiction', seq: tail.seq };
}

/** The entry that a turn follows. */
export function beforeTurn({ entries: [first] }: AppendInput): Tail {
  return { seq: first!.seq - 1, hash: first!.previousHash };
}
