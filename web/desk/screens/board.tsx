/** An episode's board: every unit against what it owes. */
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Countdown, type EpisodeClockFace, Timestamp } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { deskTexts } from '../../texts/zh-CN/desk.js';
import { type BoardUnit, waitingUnits } from '../board-cells.js';
import { UnitsBoard, useBoardClock } from '../board-view.js';
import { EpisodeFrame, useEpisodeId } from '../episode/episode-frame.js';
import { useBoard } from '../episode-queries.js';

const texts = deskTexts.board;

export function BoardPage(): ReactNode {
  const episodeId = useEpisodeId();
  const board = useBoard(episodeId);
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title} count={waitingUnits(board.data?.units ?? [])}>
      {({ startedAt, expectedEndAt, liftedAt }, clock) => (
        <>
          <p>
            <Timestamp at={startedAt} />
            {expectedEndAt && liftedAt === undefined && (
              <>
                ，{texts.expectedEnd} <Timestamp at={expectedEndAt} />（
                <Countdown until={expectedEndAt} clock={clock} />）
              </>
            )}
          </p>
          <Queried query={board}>{({ units }) => <BoardOfUnits units={units} clock={clock} />}</Queried>
        </>
      )}
    </EpisodeFrame>
  );
}

function BoardOfUnits({ units, clock }: { units: readonly BoardUnit[]; clock: EpisodeClockFace }) {
  const { show } = useSearch({ strict: false });
  return <UnitsBoard units={units} now={useBoardClock(clock)} show={show} headOf={nameOfUnit} />;
}

const nameOfUnit = ({ name }: BoardUnit): string => name;
