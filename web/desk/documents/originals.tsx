/** What has left the house, byte for byte, the newest first: a correction takes nothing away. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { Timestamp } from '../../shared/clock.js';
import { documentTexts } from '../../texts/zh-CN/documents.js';
import { historyTexts } from '../../texts/zh-CN/history.js';
import { EntryWords } from '../entry-lines.js';
import { useAddresses } from '../episode/episode-frame.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';
import { ofEpisode } from '../queries.js';

const texts = documentTexts.originals;
const KINDS = 'text.issued,digest.submitted,circular.issued,follow-up.submitted';
const A_PAGE = 50;

export function Originals({ episodeId }: { episodeId: string }): ReactNode {
  const query = useInfiniteQuery({
    queryKey: ofEpisode(episodeId, 'originals'),
    queryFn: ({ pageParam: cursor }) =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/history', {
          params: {
            path: { episodeId },
            query: { kind: KINDS, order: 'newest', limit: A_PAGE, ...(cursor && { cursor }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <section aria-labelledby="originals">
      <h2 id="originals">{texts.title}</h2>
      <p className="muted">{texts.hint}</p>
      <PagedList query={query} none={texts.none} more={texts.more}>
        {(entries) => (
          <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
            {entries.map((entry) => (
              <Original key={entry.seq} episodeId={episodeId} entry={entry} />
            ))}
          </ListTable>
        )}
      </PagedList>
    </section>
  );
}

function Original({ episodeId, entry }: { episodeId: string; entry: Schemas['HistoryEntry'] }) {
  const { entry: address } = useAddresses();
  const { seq, episodeTime, data } = entry;
  return (
    <tr>
      <td>
        <Timestamp at={episodeTime} />
      </td>
      <td>
        <EntryWords entry={entry} nameOf={(unitId) => unitId} />{' '}
        <Link
          to={address}
          params={{ episodeId, seq: String(seq) }}
          className="number"
          aria-label={historyTexts.open(seq)}
        >
          {historyTexts.seq(seq)}
        </Link>
      </td>
      <td>
        <OriginalLink episodeId={episodeId} seq={seq} paper={data.paper} />
      </td>
    </tr>
  );
}

/** The file that an entry names, by its hash or with name and size too. */
function OriginalLink({ episodeId, seq, paper }: { episodeId: string; seq: number; paper: unknown }): ReactNode {
  if (paper === undefined) return <span className="muted">{texts.inLedger}</span>;
  const hash = typeof paper === 'string' ? paper : (paper as { hash: string }).hash;
  return (
    <>
      <a href={`/api/v1/episodes/${episodeId}/history/${seq}/paper`} download="" aria-label={texts.downloadOf(seq)}>
        {texts.download}
      </a>
      <div className="code muted">{hash}</div>
    </>
  );
}
