/** Problems that units told in their daily reports. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { dateInWords, momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';
import { ofEpisode } from '../queries.js';
import { EXACT } from '../search-words.js';

const texts = episodeTexts.problems;
const route = getRouteApi('/episodes/$episodeId/problems');
const FILTERS = ['all', 'open', 'resolved'] as const;

export function EpisodeProblemsPage(): ReactNode {
  const { episodeId } = route.useParams();
  const { state } = route.useSearch();
  const query = useInfiniteQuery({
    queryKey: ofEpisode(episodeId, 'problems', state ?? 'all'),
    queryFn: ({ pageParam: cursor }) =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/problems', {
          params: { path: { episodeId }, query: { ...(state && { state }), ...(cursor && { cursor }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {() => (
        <>
          <nav className="tiles" aria-label={texts.title}>
            {FILTERS.map((filter) => {
              const wanted = filter === 'all' ? undefined : filter;
              return (
                <Link
                  key={filter}
                  from="/episodes/$episodeId/problems"
                  search={{ state: wanted }}
                  className="tile"
                  activeProps={{}}
                  activeOptions={EXACT}
                >
                  {texts.filters[filter]}
                </Link>
              );
            })}
          </nav>
          <PagedList query={query} none={texts.none} more={texts.more}>
            {(rows) => <ProblemTable rows={rows} />}
          </PagedList>
        </>
      )}
    </EpisodeFrame>
  );
}

const ProblemTable = ({ rows }: { rows: ReadonlyArray<Schemas['ProblemRow']> }) => (
  <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
    {rows.map(({ problemId, name, what, where, reportedOn, handedTo, until, open, resolvedAt, note }) => (
      <tr key={`${name} ${problemId}`}>
        <th scope="row">{name}</th>
        <td>{what}</td>
        <td>{where}</td>
        <td>{dateInWords(reportedOn)}</td>
        <td>
          <Chip tone={open ? 'warn' : 'good'}>
            {open || resolvedAt === undefined ? texts.open : texts.resolved(momentInWords(resolvedAt))}
          </Chip>{' '}
          {handedTo && texts.handedTo(handedTo)} {until && texts.until(momentInWords(until))} {note}
        </td>
      </tr>
    ))}
  </ListTable>
);
