/** One unit over all episodes that it took part in. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { monthAndDay } from '../../shared/beijing.js';
import { DrillMark, LevelChip } from '../../shared/chips.js';
import { usePageTitle } from '../../shared/title.js';
import { auditTexts } from '../../texts/zh-CN/audit.js';
import { BreachList } from '../breaches.js';
import { useAddresses } from '../episode/episode-frame.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';
import { PrintStamp } from '../print-stamp.js';
import { EPISODES } from '../queries.js';
import { EXACT } from '../search-words.js';

const texts = auditTexts.record;
const route = getRouteApi('/audit/units/$unitId');

type Row = Schemas['UnitRecordRow'];

const KINDS = [
  { kind: undefined, label: texts.filters.all },
  { kind: 'real', label: texts.filters.real },
  { kind: 'drill', label: texts.filters.drill },
] as const;

export function UnitRecordPage(): ReactNode {
  const { unitId } = route.useParams();
  const { kind } = route.useSearch();
  const drill = kind && { drill: kind === 'drill' ? ('true' as const) : ('false' as const) };
  const query = useInfiniteQuery({
    queryKey: [...EPISODES, 'of-unit', unitId, kind],
    queryFn: ({ pageParam: cursor }) =>
      answered(
        api.GET('/api/v1/units/{unitId}/record', {
          params: { path: { unitId }, query: { ...drill, ...(cursor && { cursor }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const title = texts.title(query.data?.pages[0]?.items[0]?.name ?? unitId);
  usePageTitle(title);
  return (
    <>
      <h1>{title}</h1>
      <PrintStamp drill={false} />
      <nav className="tabs not-printed" aria-label={title}>
        {KINDS.map((one) => (
          <Link key={one.label} from="/audit/units/$unitId" search={{ kind: one.kind }} activeOptions={EXACT}>
            {one.label}
          </Link>
        ))}
      </nav>
      <PagedList query={query} none={texts.none} more={texts.more}>
        {(rows) => (
          <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
            {rows.map((row) => (
              <EpisodeOfUnit key={row.episodeId} row={row} />
            ))}
          </ListTable>
        )}
      </PagedList>
    </>
  );
}

const countsInWords = ({ onTime, late, missed, open }: Row['acknowledgements']): string =>
  texts.counts(onTime, late, missed, open);

function EpisodeOfUnit({ row }: { row: Row }) {
  const { episodeId, drill, notice, warningLevel, startedAt, tasks, summary, breaches } = row;
  const { board } = useAddresses();
  return (
    <tr>
      <th scope="row">
        <DrillMark drill={drill} />{' '}
        <Link to={board} params={{ episodeId }}>
          {notice.name}
        </Link>{' '}
        <LevelChip level={warningLevel} />
        <div className="small muted">{monthAndDay(startedAt)}</div>
      </th>
      <td>{countsInWords(row.acknowledgements)}</td>
      <td>{countsInWords(row.implementation)}</td>
      <td>{countsInWords(row.dailyReports)}</td>
      <td className="number">{texts.tasks(tasks.done, tasks.total)}</td>
      <td>{summary && (texts.summaries[summary.status] ?? summary.status)}</td>
      <td>
        {breaches.length === 0 && <span className="muted">{texts.noBreaches}</span>}
        <BreachList breaches={breaches} name={row.name} />
      </td>
    </tr>
  );
}
