import type { Entry, EntryData } from '../../episode/entries.js';
import { nameOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { findEntries } from '../../ledger/reading/reading.js';
import type { Context } from './context.js';

export interface ReferralAnswer extends Pick<EntryData['unit.referred'], 'unitId' | 'to' | 'about' | 'reason'> {
  seq: number;
  at: string;
  name: string;
}

/** The referrals of an episode (§7), oldest first. */
export const referralsOf = async ({ database }: Context, state: EpisodeState): Promise<ReferralAnswer[]> =>
  referralsIn(state, await findEntries(database, state.episodeId, seqsOfReferrals(state)));

export const seqsOfReferrals = ({ referrals }: EpisodeState): number[] => referrals.map(({ seq }) => seq);

export const referralsIn = (state: EpisodeState, entries: readonly Entry[]): ReferralAnswer[] =>
  entries.flatMap((entry) =>
    entry.kind === 'unit.referred'
      ? [{ seq: entry.seq, at: entry.episodeTime, name: nameOf(state, entry.data.unitId), ...entry.data }]
      : [],
  );
