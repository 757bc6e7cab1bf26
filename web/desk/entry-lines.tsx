/** Entries of the ledger in words: when, who, about whom, what. The number leads to the entry in its chain. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../shared/api.js';
import { momentInWords } from '../shared/beijing.js';
import { firstCharacters } from '../shared/first-characters.js';
import { entryTexts } from '../texts/zh-CN/entries.js';
import { historyTexts } from '../texts/zh-CN/history.js';
import { useAddresses } from './episode/episode-frame.js';

type Entry = Schemas['HistoryEntry'];

export interface EntryLinesProps {
  episodeId: string;
  entries: readonly Entry[];
  /** The units of the episode, for their names. */
  units: ReadonlyArray<{ unitId: string; name: string }>;
  now: number;
  /** With the time at which it really was: in a drill it is another. */
  withRealTime?: boolean;
}

export function EntryLines({ episodeId, entries, units, now, withRealTime = false }: EntryLinesProps): ReactNode {
  const { entry: address } = useAddresses();
  const names = new Map(units.map(({ unitId, name }) => [unitId, name]));
  return (
    <ul className="lines entry-lines">
      {entries.map((entry) => (
        <li key={entry.seq}>
          <Link
            to={address}
            params={{ episodeId, seq: String(entry.seq) }}
            className="number"
            aria-label={historyTexts.open(entry.seq)}
          >
            {historyTexts.seq(entry.seq)}
          </Link>{' '}
          <span className="muted number">
            {momentInWords(entry.episodeTime, now)}
            {withRealTime && historyTexts.really(momentInWords(entry.at))}
          </span>{' '}
          <EntryWords entry={entry} nameOf={(unitId) => names.get(unitId) ?? unitId} isBrief />
        </li>
      ))}
    </ul>
  );
}

export const unitIdIn = ({ unitId, data }: Entry): string | undefined =>
  unitId ?? (typeof data.unitId === 'string' ? data.unitId : undefined);

export interface EntryWordsProps {
  entry: Entry;
  nameOf: (unitId: string) => string;
  /** In a list: of a task no more than its beginning. */
  isBrief?: boolean;
}

const BEGINNING = 20;
const beginningOf = (text: string): string => (text.length > BEGINNING ? `${firstCharacters(text, BEGINNING)}…` : text);

export function EntryWords({ entry, nameOf, isBrief = false }: EntryWordsProps) {
  const { kind, actor, data } = entry;
  const texts = useTaskTexts();
  const textOf = (taskId: string) => {
    const text = texts?.get(taskId) ?? taskId;
    return isBrief ? beginningOf(text) : text;
  };
  const unitId = unitIdIn(entry);
  return (
    <>
      {unitId !== undefined && <strong>{nameOf(unitId)}</strong>}{' '}
      {entryTexts[kind]?.says(withTaskTexts(data, textOf)) ?? kind}{' '}
      {actor.role === 'office' && unitId !== undefined && <span className="muted">{historyTexts.byOffice}</span>}
    </>
  );
}

/** The plan's words of a task, once the plan has been read. A task that was added has none there. */
function useTaskTexts(): ReadonlyMap<string, string> | undefined {
  const { data } = useQuery({
    queryKey: ['task-texts'],
    queryFn: async () => {
      const { items } = await answered(api.GET('/api/v1/plan'));
      return new Map(items.map(({ id, text }) => [id, text]));
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

type EntryContent = Entry['data'];

/** A task has an id in entries: people read its words. */
function withTaskTexts(data: EntryContent, textOf: (taskId: string) => string): EntryContent {
  const inWords = (part: EntryContent): EntryContent =>
    typeof part.taskId === 'string' ? { ...part, taskId: textOf(part.taskId) } : part;
  return Array.isArray(data.deadlines) ? { ...data, deadlines: data.deadlines.map(inWords) } : inWords(data);
}
