/** The cells of an episode in a list of episodes: which, how far, since when, until when, how many units. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../shared/api.js';
import { DrillMark, LevelChip } from '../shared/chips.js';
import { Timestamp } from '../shared/clock.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { deskTexts } from '../texts/zh-CN/desk.js';
import { useAddresses } from './episode/episode-frame.js';

export interface EpisodeCellsProps {
  episode: Schemas['Episode'];
  /** Where its name leads. */
  page: 'board' | 'history';
}

export function EpisodeCells({ episode, page }: EpisodeCellsProps): ReactNode {
  const { episodeId, drill, warningLevel, phase, startedAt, liftedAt, unitCount } = episode;
  const addresses = useAddresses();
  return (
    <>
      <th scope="row">
        <DrillMark drill={drill} />{' '}
        <Link to={addresses[page]} params={{ episodeId }}>
          {nameOfEpisode(episode)}
        </Link>{' '}
        <LevelChip level={warningLevel} />
      </th>
      <td>{commonTexts.phases[phase]}</td>
      <td>
        <Timestamp at={startedAt} />
      </td>
      <td>{liftedAt && <Timestamp at={liftedAt} />}</td>
      <td className="number">{unitCount}</td>
    </>
  );
}

/** How much was late in it, and how much is not done at all: a link to what, and whose. */
export function LatenessCells({ episode: { episodeId, lateness } }: Pick<EpisodeCellsProps, 'episode'>): ReactNode {
  const { accountability } = useAddresses();
  return (
    <>
      <td className="number">{lateness?.late}</td>
      <td className={lateness?.missed ? 'number bad-words' : 'number'}>
        {lateness && (
          <Link to={accountability} params={{ episodeId }}>
            {lateness.missed}
          </Link>
        )}
      </td>
    </>
  );
}

export const nameOfEpisode = ({ notice }: Schemas['Episode']): string => notice.number ?? deskTexts.episodes.unnumbered;
