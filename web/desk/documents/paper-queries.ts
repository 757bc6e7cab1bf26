/** Readings of an episode's papers, which their own pages and the page of all papers share. */
import { answered, api } from '../../shared/api.js';
import { ofEpisode } from '../queries.js';

/** A page of the list: no response lasts longer. */
const DAYS = 100;

export const textsQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId, 'texts'),
  queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/texts', { params: { path: { episodeId } } })),
});

export const digestsQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId, 'digests'),
  queryFn: () =>
    answered(
      api.GET('/api/v1/episodes/{episodeId}/digests', { params: { path: { episodeId }, query: { limit: DAYS } } }),
    ),
});

export const circularsQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId, 'circulars'),
  queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/circulars', { params: { path: { episodeId } } })),
});

export const followUpQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId, 'follow-up'),
  queryFn: () =>
    answered(api.GET('/api/v1/episodes/{episodeId}/follow-up-report', { params: { path: { episodeId } } })),
});

export const reviewQuery = (episodeId: string) => ({
  queryKey: ofEpisode(episodeId, 'review'),
  queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/review', { params: { path: { episodeId } } })),
});
