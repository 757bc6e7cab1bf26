/** All episodes, the newest first. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { usePageTitle } from '../../shared/title.js';
import { deskTexts } from '../../texts/zh-CN/desk.js';
import { EpisodeCells, LatenessCells } from '../episode-cells.js';
import { useEpisodes } from '../episode-queries.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';

const texts = deskTexts.episodes;

export function EpisodesPage(): ReactNode {
  usePageTitle(texts.title);
  const query = useEpisodes();
  return (
    <>
      <h1>{texts.title}</h1>
      <PagedList query={query} none={texts.none} more={texts.more}>
        {(episodes) => <EpisodeTable episodes={episodes} />}
      </PagedList>
    </>
  );
}

const EpisodeTable = ({ episodes }: { episodes: ReadonlyArray<Schemas['Episode']> }) => (
  <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
    {episodes.map((episode) => (
      <tr key={episode.episodeId}>
        <EpisodeCells episode={episode} page="board" />
        <LatenessCells episode={episode} />
      </tr>
    ))}
  </ListTable>
);
