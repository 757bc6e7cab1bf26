/** All episodes with what was late in them, for those who inspect. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { usePageTitle } from '../../shared/title.js';
import { auditTexts as texts } from '../../texts/zh-CN/audit.js';
import { deskTexts } from '../../texts/zh-CN/desk.js';
import { EpisodeCells, LatenessCells, nameOfEpisode } from '../episode-cells.js';
import { useEpisodes } from '../episode-queries.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';

export function AuditPage(): ReactNode {
  usePageTitle(texts.title);
  const query = useEpisodes();
  return (
    <>
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      <PagedList query={query} none={deskTexts.episodes.none} more={deskTexts.episodes.more}>
        {(episodes) => (
          <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
            {episodes.map((episode) => (
              <AuditRow key={episode.episodeId} episode={episode} />
            ))}
          </ListTable>
        )}
      </PagedList>
    </>
  );
}

function AuditRow({ episode }: { episode: Schemas['Episode'] }) {
  const { episodeId } = episode;
  return (
    <tr>
      <EpisodeCells episode={episode} page="history" />
      <LatenessCells episode={episode} />
      <td className="number">{episode.lateness?.referrals}</td>
      <td>
        <Link to="/audit/compare" search={{ one: episodeId }} aria-label={texts.compareOf(nameOfEpisode(episode))}>
          {texts.compareWith}
        </Link>
      </td>
    </tr>
  );
}
