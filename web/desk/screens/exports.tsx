/** Who took what out, the newest first, with filters that are in the address. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { fromWallTime } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { SelectField, TextField } from '../../shared/forms.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { auditTexts } from '../../texts/zh-CN/audit.js';
import type { ExportsSearch } from '../audit/exports-search.js';
import { choicesOf, MomentField } from '../fields.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';
import { ACCOUNT_ROLES, oneOf } from '../search-words.js';

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
const asked = ({ role, text, episode, from, to }: ExportsSearch) => ({
  ...(role && { role }),
  ...(text && { text }),
  ...(episode && { episodeId: episode }),
  ...(from && { from: fromWallTime(from) }),
  ...(to && { to: fromWallTime(to) }),
});

/** A choice holds at once; what is typed, when it is looked for. */
function Filters({ search }: { search: ExportsSearch }) {
  const navigate = useNavigate({ from: '/exports' });
  const [typed, setTyped] = useState({ text: search.text ?? '', from: search.from ?? '', to: search.to ?? '' });
  const words = texts.filters;
  const change = (changes: ExportsSearch) => void navigate({ search: (before) => ({ ...before, ...changes }) });
  const field = (name: keyof typeof typed) => ({
    label: words[name],
    value: typed[name],
    onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [name]: target.value }),
  });
  return (
    <form
      className="filters"
      aria-label={words.label}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        const { text, from, to } = typed;
        change({ text: text.trim() || undefined, from: from || undefined, to: to || undefined });
      }}
    >
      <SelectField
        label={words.role}
        choices={[{ value: '', label: words.anyRole }, ...choicesOf(administrationTexts.roles)]}
        value={search.role ?? ''}
        onChoice={(role) => change({ role: oneOf(ACCOUNT_ROLES, role) })}
      />
      <TextField {...field('text')} placeholder={words.textHint} />
      <MomentField {...field('from')} />
      <MomentField {...field('to')} />
      <button type="submit" className="button">
        {words.search}
      </button>
    </form>
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
