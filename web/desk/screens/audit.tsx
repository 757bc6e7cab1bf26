/** All episodes with what was late in them, for those who inspect. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { usePageTitle } from '../../shared/title.js';
import { auditTexts as texts } from '../../texts/zh-CN/audit.js';
import { deskTexts } from '../../texts/zh-CN/desk.js';
import { EpisodeCells, nameOfEpisode } from '../episode-cells.js';
import { useAccountability, useEpisodes } from '../episode-queries.js';
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
      <Lateness episodeId={episodeId} />
      <td>
        <Link to="/audit/compare" search={{ one: episodeId }} aria-label={texts.compareOf(nameOfEpisode(episode))}>
          {texts.compareWith}
        </Link>
      </td>
    </tr>
  );
}

/** Read for itself: a row is there before what is late in it has been counted. */
function Lateness({ episodeId }: { episodeId: string }) {
  const { data } = useAccountability(episodeId);
  const all = data ? [...data.items, data.office] : [];
  const sum = (of: 'late' | 'missed') => all.reduce((total, row) => total + row[of], 0);
  const referrals = data?.items.reduce((total, row) => total + row.referrals.length, 0);
  return (
    <>
      <td className="number">{data && sum('late')}</td>
      <td className={sum('missed') > 0 ? 'number bad-words' : 'number'}>
        {data && (
          <Link to="/audit/episodes/$episodeId/accountability" params={{ episodeId }}>
            {sum('missed')}
          </Link>
        )}
      </td>
      <td className="number">{referrals}</td>
    </>
  );
}
