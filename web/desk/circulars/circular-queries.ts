/** Readings of circulars. */
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../shared/api.js';
import { circularsQuery } from '../documents/paper-queries.js';
import { useAccountability } from '../episode-queries.js';
import { ofEpisode } from '../queries.js';

export const useCirculars = (episodeId: string) => useQuery(circularsQuery(episodeId));

export const useCircular = (episodeId: string, circularId: string) =>
  useQuery({
    queryKey: ofEpisode(episodeId, 'circulars', circularId),
    queryFn: () =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/circulars/{circularId}', { params: { path: { episodeId, circularId } } }),
      ),
  });

const MOST = 200;

/** What a circular may go back to: referrals, and problems that are not put right. */
export function useCircularGrounds(episodeId: string) {
  const referrals = useAccountability(episodeId).data?.items.flatMap((one) => one.referrals) ?? [];
  const problems = useQuery({
    queryKey: ofEpisode(episodeId, 'problems', 'for-circulars'),
    queryFn: () =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/problems', {
          params: { path: { episodeId }, query: { state: 'open', limit: MOST } },
        }),
      ),
  });
  return {
    referrals: referrals.map(({ seq, name, reason }) => ({ value: String(seq), label: `${name}：${reason}` })),
    problems: (problems.data?.items ?? []).map(({ problemId, name, what, where }) => ({
      value: problemId,
      label: `${name}：${where}，${what}`,
    })),
  };
}
