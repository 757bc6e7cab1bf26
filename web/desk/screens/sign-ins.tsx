/** Sign-ins of all accounts, the newest first, with filters that are in the address. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api } from '../../shared/api.js';
import { SelectField } from '../../shared/forms.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { SignInTable } from '../administration/sign-in-table.js';
import { SIGN_IN_OUTCOMES, type SignInsSearch } from '../administration/sign-ins-search.js';
import { choicesOf } from '../fields.js';
import { PagedList } from '../paged-list.js';
import { oneOf } from '../search-words.js';
import { TimedFilters } from '../timed-filters.js';
import { timesAsked } from '../timed-search.js';

const texts = administrationTexts.signIns;
const route = getRouteApi('/admin/sign-ins');

export function SignInsPage(): ReactNode {
  usePageTitle(texts.title);
  const search = route.useSearch();
  const { outcome, ...timed } = search;
  const query = useInfiniteQuery({
    queryKey: ['sign-ins', search],
    queryFn: ({ pageParam: cursor }) =>
      answered(
        api.GET('/api/v1/sign-ins', {
          params: { query: { ...(outcome && { outcome }), ...timesAsked(timed), ...(cursor && { cursor }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <>
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      <Filters key={JSON.stringify(search)} search={search} />
      <PagedList query={query} none={texts.none} more={texts.more}>
        {(rows) => <SignInTable caption={texts.caption} rows={rows} />}
      </PagedList>
    </>
  );
}

function Filters({ search }: { search: SignInsSearch }) {
  const navigate = useNavigate({ from: '/admin/sign-ins' });
  const words = texts.filters;
  const change = (changes: SignInsSearch) => void navigate({ search: (before) => ({ ...before, ...changes }) });
  return (
    <TimedFilters label={words.label} textHint={words.textHint} search={search} onSearch={change}>
      <SelectField
        label={words.outcome}
        choices={[{ value: '', label: words.anyOutcome }, ...choicesOf(words.outcomes)]}
        value={search.outcome ?? ''}
        onChoice={(outcome) => change({ outcome: oneOf(SIGN_IN_OUTCOMES, outcome) })}
      />
    </TimedFilters>
  );
}
