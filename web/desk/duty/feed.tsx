/** What people did last, the newest first. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api } from '../../shared/api.js';
import { Queried } from '../../shared/states.js';
import { historyTexts } from '../../texts/zh-CN/history.js';
import type { BoardUnit } from '../board-cells.js';
import { EntryLines } from '../entry-lines.js';
import { ofEpisode } from '../queries.js';

const MOST = 8;
/** Without what the program writes by itself. */
export const PEOPLE = 'office,unit,supervisor';

export interface FeedProps {
  episodeId: string;
  units: readonly BoardUnit[];
  now: number;
}

export function Feed({ episodeId, units, now }: FeedProps): ReactNode {
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'feed'),
    queryFn: () =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/history', {
          params: { path: { episodeId }, query: { actor: PEOPLE, order: 'newest', limit: MOST } },
        }),
      ),
  });
  return (
    <section className="panel" aria-labelledby="feed">
      <h2 id="feed">{historyTexts.feed}</h2>
      <Queried query={query}>
        {({ items }) => <EntryLines episodeId={episodeId} entries={items} units={units} now={now} />}
      </Queried>
      <Link to="/episodes/$episodeId/history" params={{ episodeId }}>
        {historyTexts.all}
      </Link>
    </section>
  );
}
