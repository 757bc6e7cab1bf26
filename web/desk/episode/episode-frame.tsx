/** The frame of an episode's pages: which episode, how it stands, and the way to its other pages. */
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { Chip, DrillStripe, LevelChip } from '../../shared/chips.js';
import { clockFaceOf, type EpisodeClockFace } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { deskTexts } from '../../texts/zh-CN/desk.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { publicWordsTexts } from '../../texts/zh-CN/public-words.js';
import { useEpisode } from '../episode-queries.js';
import { PrintStamp } from '../print-stamp.js';
import { useIsOffice } from '../role.js';

const { tabs } = episodeTexts;

export interface EpisodeFrameProps {
  episodeId: string;
  title: string;
  /** What somebody has to look at, beside the title of the page. */
  count?: number;
  children: (episode: Schemas['Episode'], clock: EpisodeClockFace) => ReactNode;
}

export function EpisodeFrame({ episodeId, title, count = 0, children }: EpisodeFrameProps): ReactNode {
  const query = useEpisode(episodeId);
  usePageTitle(title, { drill: query.data?.drill ?? false, count });
  return (
    <Queried query={query}>
      {(episode) => (
        <>
          <DrillStripe drill={episode.drill} />
          <PrintStamp drill={episode.drill} />
          <header className="page-head">
            <h1>
              {episode.drill && commonTexts.drillMark}
              {episode.notice.number ?? deskTexts.episodes.unnumbered} · {title}
            </h1>
            <LevelChip level={episode.warningLevel} />
            <Chip>{commonTexts.phases[episode.phase]}</Chip>
          </header>
          <EpisodeTabs episodeId={episodeId} />
          {children(episode, clockFaceOf(episode, query.dataUpdatedAt))}
        </>
      )}
    </Queried>
  );
}

/** The episode of a page, whichever of its addresses that is. */
export const useEpisodeId = (): string => useParams({ strict: false }).episodeId ?? '';

const OF_OFFICE = {
  board: '/episodes/$episodeId/board',
  accountability: '/episodes/$episodeId/accountability',
  history: '/episodes/$episodeId/history',
  entry: '/episodes/$episodeId/history/$seq',
  integrity: '/episodes/$episodeId/integrity',
} as const;

const OF_SUPERVISOR = {
  board: '/audit/episodes/$episodeId/board',
  accountability: '/audit/episodes/$episodeId/accountability',
  history: '/audit/episodes/$episodeId/timeline',
  entry: '/audit/episodes/$episodeId/timeline/$seq',
  integrity: '/audit/episodes/$episodeId/integrity',
} as const;

/** The same pages are at the office's addresses and at the supervisor's. */
export const useAddresses = () => (useIsOffice() ? OF_OFFICE : OF_SUPERVISOR);

/** Numbers to ring and what was sent to whom are for the office alone. */
const OF_OFFICE_ALONE = [
  { to: '/episodes/$episodeId/calling-list', label: tabs.calling },
  { to: '/episodes/$episodeId/messages', label: tabs.messages },
] as const;

const TABS = [
  { to: '/episodes/$episodeId/notices', label: tabs.notices },
  { to: '/episodes/$episodeId/texts', label: tabs.texts },
  { to: '/episodes/$episodeId/measures', label: tabs.measures },
  { to: '/episodes/$episodeId/public-words', label: publicWordsTexts.title },
  { to: '/episodes/$episodeId/problems', label: tabs.problems },
  { to: '/episodes/$episodeId/circulars', label: tabs.circulars },
  { to: '/episodes/$episodeId/digests', label: tabs.digests },
  { to: '/episodes/$episodeId/follow-up', label: tabs.followUp },
  { to: '/episodes/$episodeId/review', label: tabs.review },
  { to: '/episodes/$episodeId/documents', label: tabs.documents },
] as const;

function EpisodeTabs({ episodeId }: { episodeId: string }) {
  const isOffice = useIsOffice();
  const at = useAddresses();
  const shown = [
    { to: at.board, label: tabs.board },
    ...(isOffice ? OF_OFFICE_ALONE : []),
    ...TABS,
    { to: at.accountability, label: tabs.accountability },
    { to: at.history, label: tabs.history },
    { to: at.integrity, label: tabs.integrity },
  ];
  return (
    <nav className="tabs not-printed" aria-label={episodeTexts.navigation}>
      {isOffice && (
        <Link to="/duty" search={{ episode: episodeId }}>
          {tabs.duty}
        </Link>
      )}
      {shown.map(({ to, label }) => (
        <Link key={to} to={to} params={{ episodeId }}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
