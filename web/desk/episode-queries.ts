/** Readings of an episode that several pages share. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answered, api } from '../shared/api.js';
import { EPISODES, ofEpisode } from './queries.js';

const MOST = 50;

export const readEpisode = (episodeId: string) =>
  answered(api.GET('/api/v1/episodes/{episodeId}', { params: { path: { episodeId } } }));

export const episodeQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId),
  queryFn: () => readEpisode(episodeId),
});

export const boardQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId, 'board'),
  queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/board', { params: { path: { episodeId } } })),
});

export const accountabilityQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId, 'accountability'),
  queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/accountability', { params: { path: { episodeId } } })),
});

export const useEpisode = (episodeId: string) => useQuery(episodeQuery(episodeId));
export const useBoard = (episodeId: string) => useQuery(boardQuery(episodeId));
export const useAccountability = (episodeId: string) => useQuery(accountabilityQuery(episodeId));

/** All of them, the newest first, page by page. */
export const useEpisodes = () =>
  useInfiniteQuery({
    queryKey: EPISODES,
    queryFn: ({ pageParam: cursor }) =>
      answered(api.GET('/api/v1/episodes', { params: { query: { ...(cursor && { cursor }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Those that are not over: real ones first, then drills, the newest first. */
export const useOpenEpisodes = () =>
  useQuery({
    queryKey: [...EPISODES, 'open'],
    queryFn: async () => {
      const { items } = await answered(api.GET('/api/v1/episodes', { params: { query: { limit: MOST } } }));
      const open = items.filter(({ phase, abandonedAt }) => phase !== 'closed' && abandonedAt === undefined);
      return [...open.filter(({ drill }) => !drill), ...open.filter(({ drill }) => drill)];
    },
  });

/** The people of a holder with their numbers, and who of them is on duty now. */
export function usePeople(unitId: string) {
  const path = { unitId };
  return useQuery({
    queryKey: ['people', unitId],
    queryFn: async () => {
      const [{ contacts }, { onDuty }] = await Promise.all([
        answered(api.GET('/api/v1/units/{unitId}/contacts', { params: { path } })),
        answered(api.GET('/api/v1/units/{unitId}/roster', { params: { path } })),
      ]);
      return { contacts, onDuty };
    },
  });
}

const MOST_ENTRIES = 200;

/** The last entries of these kinds, the newest first. */
export const useEntries = (episodeId: string, ...kinds: readonly string[]) =>
  useQuery({
    queryKey: ofEpisode(episodeId, 'entries', ...kinds),
    queryFn: () =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/history', {
          params: {
            path: { episodeId },
            query: { kind: kinds.join(','), order: 'newest', limit: MOST_ENTRIES },
          },
        }),
      ),
  });
