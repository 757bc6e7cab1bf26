/** The ledger of an episode in words, the newest first, with filters that are in the address. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { answered, api } from '../../shared/api.js';
import { fromWallTime } from '../../shared/beijing.js';
import { nowOnClock } from '../../shared/clock.js';
import { type Choice, SelectField, TextField } from '../../shared/forms.js';
import { entryTexts } from '../../texts/zh-CN/entries.js';
import { historyTexts as texts } from '../../texts/zh-CN/history.js';
import { PEOPLE } from '../duty/feed.js';
import { EntryLines } from '../entry-lines.js';
import { EpisodeFrame, useEpisodeId } from '../episode/episode-frame.js';
import { useBoard } from '../episode-queries.js';
import { choicesOf, MomentField } from '../fields.js';
import { ACTORS, type HistorySearch } from '../history-search.js';
import { PagedList } from '../paged-list.js';
import { ofEpisode } from '../queries.js';
import { oneOf } from '../search-words.js';

export function HistoryPage(): ReactNode {
  const episodeId = useEpisodeId();
  const search = useSearch({ strict: false });
  const units = useBoard(episodeId).data?.units ?? [];
  const filter = filterOf(search);
  const query = useInfiniteQuery({
    queryKey: ofEpisode(episodeId, 'history', JSON.stringify(filter)),
    queryFn: ({ pageParam: cursor }) =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/history', {
          params: { path: { episodeId }, query: { ...filter, order: 'newest', ...(cursor && { cursor }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {({ drill }, clock) => (
        <>
          <Filters
            key={JSON.stringify(search)}
            search={search}
            units={units.map(({ unitId, name }) => ({ value: unitId, label: name }))}
          />
          <PagedList query={query} none={texts.none} more={texts.more}>
            {(entries) => (
              <div className="panel">
                <EntryLines
                  episodeId={episodeId}
                  entries={entries}
                  units={units}
                  now={nowOnClock(clock)}
                  withRealTime={drill}
                />
              </div>
            )}
          </PagedList>
        </>
      )}
    </EpisodeFrame>
  );
}

/** As the API takes it. */
const filterOf = ({ unit, kind, clause, text, from, to, actor }: HistorySearch) => ({
  ...(unit && { unitId: unit }),
  ...(kind && { kind }),
  ...(clause && { clause }),
  ...(text && { text }),
  ...(from && { from: fromWallTime(from) }),
  ...(to && { to: fromWallTime(to) }),
  ...(actor !== 'all' && { actor: actor ?? PEOPLE }),
});

const KINDS: Choice[] = Object.entries(entryTexts).map(([value, { name }]) => ({ value, label: name }));
const { people, ...others } = texts.filters.actors;

/** Choices hold at once; what is typed, when it is looked for. */
function Filters({ search, units }: { search: HistorySearch; units: readonly Choice[] }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState({
    clause: search.clause ?? '',
    text: search.text ?? '',
    from: search.from ?? '',
    to: search.to ?? '',
  });
  const change = (changes: HistorySearch) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const field = (name: keyof typeof typed) => ({
    label: words[name],
    value: typed[name],
    onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [name]: target.value }),
  });
  const words = texts.filters;
  return (
    <form
      className="filters not-printed"
      aria-label={words.label}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        const { clause, text, from, to } = typed;
        change({ clause: clause || undefined, text: text || undefined, from: from || undefined, to: to || undefined });
      }}
    >
      <SelectField
        label={words.unit}
        choices={[{ value: '', label: words.anyUnit }, ...units]}
        value={search.unit ?? ''}
        onChoice={(unit) => change({ unit: unit || undefined })}
      />
      <SelectField
        label={words.kind}
        choices={[{ value: '', label: words.anyKind }, ...KINDS]}
        value={search.kind ?? ''}
        onChoice={(kind) => change({ kind: kind || undefined })}
      />
      <SelectField
        label={words.actor}
        choices={[{ value: '', label: people }, ...choicesOf(others)]}
        value={search.actor ?? ''}
        onChoice={(actor) => change({ actor: oneOf(ACTORS, actor) })}
      />
      <TextField {...field('clause')} />
      <TextField {...field('text')} />
      <MomentField {...field('from')} />
      <MomentField {...field('to')} />
      <button type="submit" className="button">
        {words.search}
      </button>
    </form>
  );
}
