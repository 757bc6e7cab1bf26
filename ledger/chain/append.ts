/** The append: a turn's entries and the change they make to the read model, in one statement. */

import { type RawBuilder, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { Entry } from '../../episode/entries.js';
import { begin } from '../../episode/state.js';
import type { EpisodeState, UnitState } from '../../episode/state-types.js';
import type { Binding } from '../../plan/types.js';
import { tellOfAppend, tellOfRevisions } from '../changes.js';
import type { Database } from '../database.js';
import { unitStates } from '../reading/reading.js';
import { readBinding, storedBindingFor } from './binding.js';
import { type ChainLine, chainLinesOf, follows, LedgerConflict, START, type Tail } from './chain.js';
import { type EpisodeHead, type Folded, foldTurn, stateOf } from './fold.js';
import {
  insertBinding,
  insertCommands,
  insertEntries,
  insertEpisode,
  updateEpisode,
  upsertMessages,
  upsertProblems,
  upsertUnits,
} from './writes.js';

export interface Append {
  /** An episode's chain has the id of the episode. */
  chainId: string;
  /** Given with an episode's first entries. */
  binding?: Binding;
  applied: ReadonlyArray<{ commandId: string; bodyHash: string; seq: number }>;
  entries: readonly Entry[];
}

export type Appended = { status: 'stored' } | { status: 'refused'; type: 'episode-active' };

/**
 * Appends a turn. Entries that are stored already, with the same hashes, are a retry and add nothing. Throws
 * `LedgerConflict` when a number exists with another hash or a number is left out. A real episode is refused while
 * another is announced or active (docs/design.md, "The ledger"); then nothing is stored.
 */
export async function append(database: Database, turn: Append): Promise<Appended> {
  const lines = chainLinesOf(turn.chainId, turn.entries);
  const [first] = turn.entries;
  if (!first) return { status: 'stored' };

  const stored = await lookUp(database, turn);
  if (first.seq <= stored.tail.seq) return assertStoredAlike(database, turn.chainId, lines);
  if (!follows(first, stored.tail)) {
    throw new LedgerConflict(
      `${turn.chainId}: ${first.seq} does not follow ${stored.tail.seq}, the last that is stored`,
    );
  }

  const before = await stateBefore(database, turn, stored);
  try {
    await write(database, turn, lines, before && foldTurn(before, turn.entries));
    return { status: 'stored' };
  } catch (error) {
    if (violates(error, 'one_real_episode')) return { status: 'refused', type: 'episode-active' };
    // A concurrent attempt stored this turn first. Check again: same hashes are a success, others a conflict.
    if (violates(error, 'entries_pkey', 'episodes_pkey')) return append(database, turn);
    throw error;
  }
}

interface StateBefore {
  tail: Tail;
  episode: { head: EpisodeHead; binding_hash: string } | null;
  units: UnitState[];
}

/** Reads the state before the turn in one statement, so that all of it is of one moment. */
async function lookUp({ db }: Database, { chainId, entries }: Append): Promise<StateBefore> {
  const unitIds = [...new Set(entries.flatMap(({ unitId }) => unitId ?? []))];
  const { tail, episode, units } = await db
    .selectNoFrom((q) => [
      jsonObjectFrom(
        q.selectFrom('entries').select(['seq', 'hash']).where('chain_id', '=', chainId).orderBy('seq', 'desc').limit(1),
      ).as('tail'),
      jsonObjectFrom(q.selectFrom('episodes').select(['head', 'binding_hash']).where('episode_id', '=', chainId)).as(
        'episode',
      ),
      jsonArrayFrom(unitStates(q, chainId, unitIds)).as('units'),
    ])
    .executeTakeFirstOrThrow();
  return { tail: tail ?? START, episode, units: units.map(({ state }) => state) };
}

/** The district's chain has no read model: it is folded when somebody reads it (district.ts). */
async function stateBefore(
  database: Database,
  turn: Append,
  { episode, units }: StateBefore,
): Promise<EpisodeState | undefined> {
  if (episode) return stateOf(episode.head, await readBinding(database, episode.binding_hash), units);
  return turn.binding && begin(turn.chainId, turn.binding);
}

async function write({ db }: Database, turn: Append, lines: ChainLine[], folded: Folded | undefined): Promise<void> {
  const { chainId, binding, applied } = turn;
  const readModel = folded
    ? [
        ...(binding ? newEpisode(chainId, binding, folded.head) : [updateEpisode(chainId, folded.head)]),
        upsertUnits(chainId, folded.units),
        upsertProblems(chainId, folded.problems),
        upsertMessages(chainId, folded.messages),
      ]
    : [];
  const parts = [insertEntries(chainId, lines), insertCommands(chainId, applied), ...readModel];
  const named = parts.map((part, i) => sql`${sql.id(`part_${i}`)} as (${part})`);
  const told = folded ? tellOfAppend(chainId, turn.entries) : tellOfRevisions();
  await sql`with ${sql.join(named)} ${told}`.execute(db);
}

function newEpisode(episodeId: string, binding: Binding, head: EpisodeHead): Array<RawBuilder<unknown>> {
  const stored = storedBindingFor(binding);
  return [insertBinding(stored), insertEpisode(episodeId, stored.hash, head)];
}

async function assertStoredAlike({ db }: Database, chainId: string, lines: ChainLine[]): Promise<Appended> {
  const rows = await db
    .selectFrom('entries')
    .select(['seq', 'hash'])
    .where('chain_id', '=', chainId)
    .where('seq', '>=', lines[0]!.seq)
    .orderBy('seq')
    .limit(lines.length)
    .execute();
  const differing = lines.find(({ seq, hash }, i) => rows[i]?.seq !== seq || rows[i]?.hash !== hash);
  if (differing) throw new LedgerConflict(`${chainId}: ${differing.seq} is stored otherwise`);
  return { status: 'stored' };
}

const violates = (error: unknown, ...constraints: string[]): boolean =>
  error instanceof Error && 'constraint' in error && constraints.includes(String(error.constraint));
