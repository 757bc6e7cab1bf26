import type { DistrictState } from '../../district/entries.js';
import { DISTRICT_CHAIN, withoutDone } from '../../district/state.js';
import { MOST_REMEMBERED, remember } from '../../episode/recent-commands.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { Database } from '../database.js';
import { findEpisode } from '../reading/reading.js';
import { LedgerConflict } from './chain.js';
import { hasDistrict, readDistrict } from './district.js';
import { foldedEntries, verify } from './verification.js';

/** Episodes whose record is not sealed, real ones first. */
export const openEpisodes = async ({ db }: Database): Promise<Array<{ episodeId: string; drill: boolean }>> =>
  db
    .selectFrom('episodes')
    .select(['episode_id as episodeId', 'drill'])
    .where('phase', '<>', 'closed')
    .orderBy('drill')
    .execute();

/** A chain that is to have a run. */
export interface OpenChain {
  chainId: string;
  drill: boolean;
}

/** The open episodes, real ones first, and the district's chain once it has begun: it has no end. */
export async function openChains(database: Database): Promise<OpenChain[]> {
  const episodes = (await openEpisodes(database)).map(({ episodeId, drill }) => ({ chainId: episodeId, drill }));
  return (await hasDistrict(database)) ? [...episodes, { chainId: DISTRICT_CHAIN, drill: false }] : episodes;
}

/** The sealed record after this one in the order of ids; after the last one the first again. */
export async function sealedAfter({ db }: Database, episodeId = ''): Promise<string | undefined> {
  const sealed = db
    .selectFrom('episodes')
    .select('episode_id')
    .where('phase', '=', 'closed')
    .orderBy('episode_id')
    .limit(1);
  const after = await sealed.where('episode_id', '>', episodeId).executeTakeFirst();
  return (after ?? (await sealed.executeTakeFirst()))?.episode_id;
}

/**
 * A chain after its last turn, folded from its entries, for a new run. Throws `LedgerConflict` when the chain does not
 * hold.
 */
export async function foldedState(database: Database, chainId: string): Promise<EpisodeState | DistrictState> {
  const state = chainId === DISTRICT_CHAIN ? await foldedDistrict(database) : await foldedEpisode(database, chainId);
  const commands = await database.db
    .selectFrom('commands')
    .select(['command_id', 'body_hash', 'seq'])
    .where('chain_id', '=', chainId)
    .orderBy('seq', 'desc')
    .limit(MOST_REMEMBERED)
    .execute();
  return {
    ...state,
    commands: commands
      .reverse()
      .reduce<EpisodeState['commands']>(
        (known, { command_id, body_hash, seq }) => remember(known, command_id, { bodyHash: body_hash, seq }),
        [],
      ),
  };
}

const foldedEpisode = async (database: Database, episodeId: string): Promise<EpisodeState> =>
  (await foldedEntries(database, episodeId)).state;

async function foldedDistrict(database: Database): Promise<DistrictState> {
  const { valid, differences } = await verify(database, DISTRICT_CHAIN);
  if (!valid) throw new LedgerConflict(`${DISTRICT_CHAIN}: ${differences[0]}`);
  return withoutDone((await readDistrict(database)).state);
}

/** The messages of a chain that wait or are under way, by key. */
export async function waitingMessages(database: Database, chainId: string): Promise<string[]> {
  const state =
    chainId === DISTRICT_CHAIN ? (await readDistrict(database)).state : await findEpisode(database, chainId);
  return Object.keys(state?.messages ?? {});
}
