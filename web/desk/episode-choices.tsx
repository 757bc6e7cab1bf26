/** Choices among all episodes, the newest first, in the filters of a page. */
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Schemas } from '../shared/api.js';
import { monthAndDay } from '../shared/beijing.js';
import { SelectField } from '../shared/forms.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { deskTexts } from '../texts/zh-CN/desk.js';
import { nameOfEpisode } from './episode-cells.js';
import { episodeQuery, useEpisodes } from './episode-queries.js';

const texts = deskTexts.episodes;

export interface EpisodeChoicesProps {
  /** What stands for no choice. */
  none: string;
  fields: ReadonlyArray<{
    label: string;
    value: string | undefined;
    onChoice: (episodeId: string | undefined) => void;
  }>;
}

export function EpisodeChoices({ none, fields }: EpisodeChoicesProps): ReactNode {
  const list = useEpisodes();
  const listed = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const chosen = new Set(fields.flatMap(({ value }) => value ?? []));
  // An address may name one that is further down the list.
  const unlisted = [...chosen].filter((id) => list.isSuccess && listed.every(({ episodeId }) => episodeId !== id));
  const found = useQueries({ queries: unlisted.map(episodeQuery) });
  const choices = [
    { value: '', label: none },
    ...listed.map((episode) => ({ value: episode.episodeId, label: titleOfEpisode(episode) })),
    ...unlisted.map((value, place) => {
      const episode = found[place]?.data;
      return { value, label: episode ? titleOfEpisode(episode) : value };
    }),
  ];
  return (
    <>
      {fields.map(({ label, value = '', onChoice }) => (
        <SelectField
          key={label}
          label={label}
          choices={choices}
          value={value}
          onChoice={(episodeId) => onChoice(episodeId || undefined)}
        />
      ))}
      {list.hasNextPage && (
        <button type="button" className="button" onClick={() => void list.fetchNextPage()}>
          {texts.more}
        </button>
      )}
    </>
  );
}

/** Drills repeat the numbers of their notices: the day tells them apart. */
const titleOfEpisode = (episode: Schemas['Episode']): string =>
  texts.begun(`${episode.drill ? commonTexts.drillMark : ''}${nameOfEpisode(episode)}`, monthAndDay(episode.startedAt));
