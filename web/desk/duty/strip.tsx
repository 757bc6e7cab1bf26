/** What is in force, since when, until when, and what falls due next. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { millisecondsOf, timeWithSeconds } from '../../shared/beijing.js';
import { Chip, LevelChip } from '../../shared/chips.js';
import { Countdown, type EpisodeClockFace, lengthInWords, nowOnClock, Timestamp, useNow } from '../../shared/clock.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { deskTexts } from '../../texts/zh-CN/desk.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { deadlineSubject, deadlineTitle } from '../deadline-words.js';
import { SoundSwitch } from './sound.js';

export interface DutyStripProps {
  episode: Schemas['Episode'];
  nextDeadlines: Schemas['Board']['nextDeadlines'];
  clock: EpisodeClockFace;
  /** How many units wait for somebody: the sound tells of more. */
  waiting: number;
}

export function DutyStrip({ episode, nextDeadlines, clock, waiting }: DutyStripProps): ReactNode {
  const { episodeId, drill, warningLevel, phase, startedAt, notice, expectedEndAt, liftedAt } = episode;
  return (
    <header className="duty-strip">
      <h1>
        {drill && commonTexts.drillMark}
        {notice.number ?? deskTexts.episodes.unnumbered}
      </h1>
      <LevelChip level={warningLevel} />
      <Chip>{commonTexts.phases[phase]}</Chip>
      <span>
        {dutyTexts.since} <Timestamp at={startedAt} now={nowOnClock(clock)} />
        <Lasting since={startedAt} clock={clock} />
      </span>
      {expectedEndAt && liftedAt === undefined && (
        <span>
          {dutyTexts.expectedEnd} <Timestamp at={expectedEndAt} now={nowOnClock(clock)} />（
          <Countdown until={expectedEndAt} clock={clock} />）
        </span>
      )}
      <nav className="strip-links not-printed" aria-label={dutyTexts.acts.label}>
        {liftedAt === undefined && (
          <>
            <Link to="/episodes/$episodeId/adjust" params={{ episodeId }}>
              {dutyTexts.acts.adjust}
            </Link>
            <Link to="/episodes/$episodeId/lift" params={{ episodeId }}>
              {dutyTexts.acts.lift}
            </Link>
          </>
        )}
        <Link to="/episodes/$episodeId/calling-list" params={{ episodeId }}>
          {dutyTexts.acts.calling}
        </Link>
        <Link to="/episodes/$episodeId/digests" params={{ episodeId }}>
          {dutyTexts.acts.digests}
        </Link>
      </nav>
      <div className="due-next">
        <DueNext next={nextDeadlines} clock={clock} />
        <span className="fill" />
        {drill && <DrillClock clock={clock} />}
        <SoundSwitch count={waiting} />
      </div>
    </header>
  );
}

function Lasting({ since, clock }: { since: string; clock: EpisodeClockFace }) {
  const length = nowOnClock(clock, useNow()) - millisecondsOf(since);
  return <>，{dutyTexts.lasting(lengthInWords(length))}</>;
}

function DrillClock({ clock }: { clock: EpisodeClockFace }) {
  const now = nowOnClock(clock, useNow());
  return <span className="number drill-mark">{dutyTexts.drillClock(timeWithSeconds(now), clock.timeScale)}</span>;
}

function DueNext({ next, clock }: { next: DutyStripProps['nextDeadlines']; clock: EpisodeClockFace }) {
  const now = nowOnClock(clock, useNow(5_000));
  return (
    <>
      <span className="muted">{dutyTexts.next}</span>
      {next.length === 0 && <span className="muted">{dutyTexts.nothingDue}</span>}
      {next.map((one) => (
        <span key={`${one.deadline} ${deadlineSubject(one)} ${one.dueAt}`} className="due">
          <strong>{deadlineTitle(one, now)}</strong> <Timestamp at={one.dueAt} now={now} />{' '}
          <Countdown until={one.dueAt} clock={clock} />
          {one.units > 0 && `，${dutyTexts.stillOpen(one.units)}`}
        </span>
      ))}
    </>
  );
}
