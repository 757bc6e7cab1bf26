/** What is read from the server, kept until it changes. Keys of all that belongs to an episode begin with its id. */
import { QueryClient } from '@tanstack/react-query';
import { ApiRefusal } from '../shared/api.js';
import { whenNews } from '../shared/news.js';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The stream of events says what has changed (live.ts); coming back to a page looks once more.
      staleTime: 5_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 3 && !(error instanceof ApiRefusal && error.status < 500),
      retryDelay: (failures) => Math.min(1000 * 2 ** failures, 15_000),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

export const ofEpisode = (episodeId: string, ...rest: readonly string[]) => ['episode', episodeId, ...rest] as const;
export const EPISODES = ['episodes'] as const;

whenNews((episodeId) => {
  if (episodeId === undefined) void queries.invalidateQueries();
  else for (const queryKey of [ofEpisode(episodeId), EPISODES]) void queries.invalidateQueries({ queryKey });
});
