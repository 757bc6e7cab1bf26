/** The episode that a unit works in, and its own page of it. */
import { useSearch } from 'wouter';
import { openSession } from '../shared/account.js';
import { answered, api, type Schemas } from '../shared/api.js';
import { clockFaceOf, type EpisodeClockFace } from '../shared/clock.js';
import { type PhoneReading, usePhoneRead } from './reads.js';

export type UnitTask = Schemas['UnitPage']['tasks'][number];

export interface CurrentWork {
  episodes: PhoneReading<{ items: ReadonlyArray<Schemas['Episode']> }>;
  /** All that are not closed. */
  open: ReadonlyArray<Schemas['Episode']>;
  episode: Schemas['Episode'] | undefined;
  clock: EpisodeClockFace | undefined;
  page: PhoneReading<Schemas['UnitPage']>;
  unitId: string;
}

/** `?episode=` names one; else the real one goes before drills. */
export function useCurrentWork(): CurrentWork {
  const named = new URLSearchParams(useSearch()).get('episode');
  const now = openSession.get();
  const unitId = now.kind === 'none' ? '' : (now.account.unitId ?? '');
  const episodes = usePhoneRead('episodes', () => answered(api.GET('/api/v1/episodes')));
  const items = episodes.data?.items ?? [];
  const open = items.filter(({ phase }) => phase !== 'closed');
  const episode = items.find(({ episodeId }) => episodeId === named) ?? open.find(({ drill }) => !drill) ?? open[0];
  const episodeId = episode?.episodeId ?? '';
  const path = { episodeId, unitId };
  const page = usePhoneRead(episodeId && `page/${episodeId}`, () =>
    answered(api.GET('/api/v1/episodes/{episodeId}/units/{unitId}', { params: { path } })),
  );
  return {
    episodes,
    open,
    episode,
    clock: episode && clockFaceOf(episode, episodes.readAt),
    page,
    unitId,
  };
}

/** A page of the unit, in the same episode. */
export const unitAddress = (path: string, { episode, open }: Pick<CurrentWork, 'episode' | 'open'>): string =>
  episode === undefined || open.length < 2 ? path : `${path}?episode=${encodeURIComponent(episode.episodeId)}`;

/** The address of the unit in the contract. */
export const unitResource = ({ episode, unitId }: Pick<CurrentWork, 'episode' | 'unitId'>): string =>
  `/api/v1/episodes/${encodeURIComponent(episode?.episodeId ?? '')}/units/${encodeURIComponent(unitId)}`;
