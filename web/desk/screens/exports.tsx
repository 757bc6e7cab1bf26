/** Who took what out, the newest first, with filters that are in the address. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { SelectField } from '../../shared/forms.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { auditTexts } from '../../texts/zh-CN/audit.js';
import type { ExportsSearch } from '../audit/exports-search.js';
import { EpisodeChoices } from '../episode-choices.js';
import { choicesOf } from '../fields.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';
import { useRole } from '../role.js';
import { ACCOUNT_ROLES, oneOf } from '../search-words.js';
import { TimedFilters } from '../timed-filters.js';
import { timesAsked } from '../timed-search.js';

const texts = auditTexts.exports;
const route = getRouteApi('/exports');

export function ExportsPage(): ReactNode {
  usePageTitle(texts.title);
  const search = route.useSearch();
  const query = useInfiniteQuery({
    queryKey: ['exports', search],
    queryFn: ({ pageParam: cursor }) =>
      answered(api.GET('/api/v1/exports', { params: { query: { ...asked(search), ...(cursor && { cursor }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <>
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      <Filters key={JSON.stringify(search)} search={search} />
      <PagedList query={query} none={texts.none} more={texts.more}>
        {(rows) => (
          <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
            {rows.map((row) => (
              <ExportRow key={`${row.at} ${row.by.accountId} ${row.path}`} row={row} />
            ))}
          </ListTable>
        )}
      </PagedList>
    </>
  );
}

/** As the API takes it. */
const asked = ({ role, episode, ...timed }: ExportsSearch) => ({
  ...(role && { role }),
  ...(episode && { episodeId: episode }),
  ...timesAsked(timed),
});

function Filters({ search }: { search: ExportsSearch }) {
  const navigate = useNavigate({ from: '/exports' });
  const words = texts.filters;
  const change = (changes: ExportsSearch) => void navigate({ search: (before) => ({ ...before, ...changes }) });
  const role = useRole();
  const ofEpisode = {
    label: words.episode,
    value: search.episode,
    onChoice: (episode: string | undefined) => change({ episode }),
  };
  return (
    <TimedFilters label={words.label} textHint={words.textHint} search={search} onSearch={change}>
      <SelectField
        label={words.role}
        choices={[{ value: '', label: words.anyRole }, ...choicesOf(administrationTexts.roles)]}
        value={search.role ?? ''}
        onChoice={(role) => change({ role: oneOf(ACCOUNT_ROLES, role) })}
      />
      {role === 'supervisor' ? (
        <EpisodeChoices none={words.anyEpisode} fields={[ofEpisode]} />
      ) : (
        // The administrator has no list of episodes: what the address says can be taken back.
        search.episode !== undefined && (
          <SelectField
            label={words.episode}
            choices={[
              { value: '', label: words.anyEpisode },
              { value: search.episode, label: search.episode },
            ]}
            value={search.episode}
            onChoice={(episode) => change({ episode: episode || undefined })}
          />
        )
      )}
    </TimedFilters>
  );
}

const ExportRow = ({ row: { at, by, name, path, device, address } }: { row: Schemas['ExportRecord'] }) => (
  <tr>
    <td>
      <Timestamp at={at} />
    </td>
    <td>
      {by.name ?? by.accountId} <span className="muted">{administrationTexts.roles[by.role]}</span>{' '}
      {by.program && <Chip>{texts.program}</Chip>}
    </td>
    <td>
      {name}
      <div className="code muted">{path}</div>
    </td>
    <td>
      {device} <span className="number">{address}</span>
    </td>
  </tr>
);
