/** Every paper of an episode, on one page: how each stands, and its files. */
import { useQueries } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { Queried } from '../../shared/states.js';
import { documentTexts } from '../../texts/zh-CN/documents.js';
import { Originals } from '../documents/originals.js';
import { paperGroups } from '../documents/paper-groups.js';
import { circularsQuery, digestsQuery, followUpQuery, reviewQuery, textsQuery } from '../documents/paper-queries.js';
import { EpisodePapers } from '../documents/paper-table.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { useBoard } from '../episode-queries.js';
import { useIsOffice } from '../role.js';

const texts = documentTexts;
const route = getRouteApi('/episodes/$episodeId/documents');

export function DocumentsPage(): ReactNode {
  const { episodeId } = route.useParams();
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {(episode) => (
        <div className="stack">
          <div>
            <p className="muted">{texts.hint}</p>
            <AllPapers episode={episode} />
            <LedgersOfUnits episodeId={episodeId} />
          </div>
          <Originals episodeId={episodeId} />
        </div>
      )}
    </EpisodeFrame>
  );
}

function AllPapers({ episode }: { episode: Schemas['Episode'] }) {
  const isOffice = useIsOffice();
  const { episodeId } = episode;
  const [ofNotices, digests, circulars, followUp, review] = useQueries({
    queries: [
      textsQuery(episodeId),
      digestsQuery(episodeId),
      circularsQuery(episodeId),
      followUpQuery(episodeId),
      reviewQuery(episodeId),
    ],
  });
  const all = [ofNotices, digests, circulars, followUp, review];
  const read = {
    data: ofNotices.data &&
      digests.data &&
      circulars.data &&
      followUp.data &&
      review.data && {
        texts: ofNotices.data,
        digests: digests.data,
        circulars: circulars.data,
        followUp: followUp.data,
        review: review.data,
      },
    error: all.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => Promise.all(all.map(({ refetch }) => refetch())),
  };
  return (
    <Queried query={read}>
      {(papers) => <EpisodePapers groups={paperGroups({ episode, isOffice, ...papers })} />}
    </Queried>
  );
}

function LedgersOfUnits({ episodeId }: { episodeId: string }) {
  const units = useBoard(episodeId).data?.units ?? [];
  return (
    <details className="not-printed">
      <summary>{texts.ofUnits}</summary>
      <p className="chips">
        {units.map(({ unitId, name }) => (
          <a key={unitId} href={`/api/v1/episodes/${episodeId}/units/${unitId}/ledger.xlsx`} download="">
            {name}
          </a>
        ))}
      </p>
    </details>
  );
}
