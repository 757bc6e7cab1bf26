/** The duty desk: the episode under way, what is wrong in it, and each unit beside the table. */
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { DrillMark, DrillStripe, LevelChip } from '../../shared/chips.js';
import { clockFaceOf, type EpisodeClockFace } from '../../shared/clock.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { deskTexts } from '../../texts/zh-CN/desk.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { type BoardUnit, waitingUnits } from '../board-cells.js';
import { UnitsBoard, useBoardClock } from '../board-view.js';
import { Feed } from '../duty/feed.js';
import { HandOvers } from '../duty/hand-over.js';
import { DutyStrip } from '../duty/strip.js';
import { Trouble } from '../duty/trouble.js';
import { UnitDrawer } from '../duty/unit-drawer.js';
import { useBoard, useOpenEpisodes } from '../episode-queries.js';
import { StepsLeft } from '../first-steps/steps-left.js';
import '../duty/duty.css';

const route = getRouteApi('/duty');

export function DutyPage(): ReactNode {
  const open = useOpenEpisodes();
  const { episode } = route.useSearch();
  return (
    <Queried query={open}>
      {(episodes) => {
        const shown = episodes.find(({ episodeId }) => episodeId === episode) ?? episodes[0];
        return shown ? (
          <>
            {episodes.length > 1 && <EpisodeTabs episodes={episodes} shown={shown.episodeId} />}
            <DutyOf key={shown.episodeId} episode={shown} readAt={open.dataUpdatedAt} />
          </>
        ) : (
          <NothingUnderWay />
        );
      }}
    </Queried>
  );
}

function NothingUnderWay() {
  usePageTitle(dutyTexts.title);
  return (
    <>
      <h1>{dutyTexts.title}</h1>
      <Empty>
        {dutyTexts.none}
        <br />
        {dutyTexts.noneHint}
      </Empty>
      <StepsLeft />
    </>
  );
}

type Episode = Schemas['Episode'];

function EpisodeTabs({ episodes, shown }: { episodes: readonly Episode[]; shown: string }) {
  return (
    <nav className="tabs not-printed" aria-label={dutyTexts.episodes}>
      {episodes.map(({ episodeId, drill, notice, warningLevel }) => (
        <Link
          key={episodeId}
          from="/duty"
          search={{ episode: episodeId }}
          activeProps={{}}
          aria-current={episodeId === shown ? 'true' : undefined}
        >
          <DrillMark drill={drill} /> {notice.number ?? deskTexts.episodes.unnumbered}{' '}
          <LevelChip level={warningLevel} />
        </Link>
      ))}
    </nav>
  );
}

function DutyOf({ episode, readAt }: { episode: Episode; readAt: number }) {
  const { episodeId, drill } = episode;
  const board = useBoard(episodeId);
  const count = waitingUnits(board.data?.units ?? []);
  usePageTitle(dutyTexts.title, { drill, count });
  const clock = clockFaceOf(episode, readAt);
  return (
    <>
      <DrillStripe drill={drill} />
      <Queried query={board}>
        {(shown) => (
          <>
            <DutyStrip episode={episode} nextDeadlines={shown.nextDeadlines} clock={clock} waiting={count} />
            <DutyBody episode={episode} board={shown} clock={clock} />
          </>
        )}
      </Queried>
    </>
  );
}

interface DutyBodyProps {
  episode: Episode;
  board: Schemas['Board'];
  clock: EpisodeClockFace;
}

function DutyBody({ episode, board, clock }: DutyBodyProps) {
  const { show, unit: openUnit } = route.useSearch();
  const now = useBoardClock(clock);
  const opened = board.units.find(({ unitId }) => unitId === openUnit);
  return (
    <div className="duty">
      <div className="duty-units">
        <UnitsBoard units={board.units} now={now} show={show} headOf={linkOfUnit} openUnit={openUnit} />
      </div>
      {opened ? (
        <UnitDrawer key={opened.unitId} episode={episode} unit={opened} now={now} />
      ) : (
        <aside className="duty-beside">
          <Trouble episode={episode} board={board} now={now} />
          <HandOvers />
          <Feed episodeId={episode.episodeId} units={board.units} now={now} />
        </aside>
      )}
    </div>
  );
}

const linkOfUnit = ({ unitId, name }: BoardUnit): ReactNode => (
  <Link from="/duty" search={(before) => ({ ...before, unit: unitId })} className="row-link" activeProps={{}}>
    {name}
  </Link>
);
