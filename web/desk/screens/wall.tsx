/** The episode in force on a large screen, without controls: what the public is told beside how the units stand. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords, timeWithSeconds } from '../../shared/beijing.js';
import { BeijingClock, clockFaceOf, type EpisodeClockFace, nowOnClock, useNow } from '../../shared/clock.js';
import { liveLine, POLL_SECONDS } from '../../shared/live.js';
import { useObserved } from '../../shared/observed.js';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { wallTexts as texts } from '../../texts/zh-CN/wall.js';
import { useBoardClock } from '../board-view.js';
import { useBoard, useOpenEpisodes } from '../episode-queries.js';
import { ofEpisode } from '../queries.js';
import { usePageTurn } from '../wall/page-turn.js';
import { WallUnits } from '../wall/wall-units.js';
import '../wall/wall.css';

type Episode = Schemas['Episode'];

/** Read anew even without news: a screen that nobody touches has to know that it is still true, and stays signed in. */
const CHECK_EVERY = 60_000;

export function WallPage(): ReactNode {
  const open = useOpenEpisodes();
  const { refetch } = open;
  useEffect(() => {
    const timer = setInterval(() => void refetch(), CHECK_EVERY);
    return () => clearInterval(timer);
  }, [refetch]);
  return (
    <main className="wall">
      <Queried query={open}>
        {(episodes) => {
          const inForce = episodes.find(({ phase }) => phase === 'active' || phase === 'announced');
          return inForce ? (
            <WallOf key={inForce.episodeId} episode={inForce} readAt={open.dataUpdatedAt} />
          ) : (
            <NothingInForce readAt={open.dataUpdatedAt} />
          );
        }}
      </Queried>
    </main>
  );
}

function NothingInForce({ readAt }: { readAt: number }) {
  usePageTitle(texts.title);
  return (
    <section className="wall-none">
      <h1>{texts.none}</h1>
      <p>{texts.checked(timeWithSeconds(readAt))}</p>
      <BeijingClock />
    </section>
  );
}

function WallOf({ episode, readAt }: { episode: Episode; readAt: number }) {
  const { episodeId, drill } = episode;
  usePageTitle(texts.title, { drill });
  const clock = clockFaceOf(episode, readAt);
  const board = useBoard(episodeId);
  return (
    <>
      {drill && <p className="drill-stripe">{texts.drill}</p>}
      <WallHead episode={episode} clock={clock} />
      <div className="wall-body">
        <ForThePublic episode={episode} />
        <Queried query={board}>{({ units }) => <UnitsNow units={units} clock={clock} />}</Queried>
      </div>
      <WallFoot readAt={board.dataUpdatedAt} />
    </>
  );
}

function UnitsNow({ units, clock }: { units: Schemas['Board']['units']; clock: EpisodeClockFace }) {
  return <WallUnits units={units} now={useBoardClock(clock)} />;
}

function WallHead({ episode, clock }: { episode: Episode; clock: EpisodeClockFace }) {
  const { warningLevel, responseLevel, phase, startedAt, expectedEndAt, notice } = episode;
  const now = nowOnClock(clock, useNow());
  const started = momentInWords(startedAt, now);
  return (
    <header className={`wall-head level ${warningLevel}`}>
      <h1>
        {texts.warning(commonTexts.levels[warningLevel])} {texts.response(commonTexts.responses[responseLevel])}
      </h1>
      <p>
        {phase === 'announced' ? texts.announced(started) : texts.since(started)}，
        {expectedEndAt ? texts.until(momentInWords(expectedEndAt, now)) : texts.untilTold}
        <span className="wall-notice">{notice.number}</span>
      </p>
    </header>
  );
}

const SENTENCES = 3;

/** Sentences turn over where they are too many for one look (§3.1.4: repeated as long as the warning lasts). */
function ForThePublic({ episode: { episodeId, warningLevel } }: { episode: Episode }) {
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'public-text', warningLevel),
    queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/public-text', { params: { path: { episodeId } } })),
  });
  const { page, pages, shown } = usePageTurn(query.data?.advice ?? [], SENTENCES);
  return (
    <section className="wall-public" aria-labelledby="wall-public">
      <h2 id="wall-public">{texts.public}</h2>
      <Queried query={query}>
        {({ pollutant, area, danger }) => (
          <>
            <p>
              <strong>{texts.area}</strong> {area}　<strong>{texts.pollutant}</strong> {pollutant}
            </p>
            <p className="wall-danger">{danger}</p>
            <h3>{texts.advice(page, pages)}</h3>
            <ul>
              {shown.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
      </Queried>
    </section>
  );
}

function WallFoot({ readAt }: { readAt: number }) {
  const { kind, lastAt } = useObserved(liveLine);
  const at = Math.max(readAt, lastAt ?? 0);
  return (
    <footer className="wall-foot">
      <span>{commonTexts.product}</span>
      <span className={kind === 'polling' ? 'bad-words' : undefined}>
        {kind === 'polling' ? commonTexts.live.polling(POLL_SECONDS) : commonTexts.live[kind]}，
        {commonTexts.live.lastUpdate(timeWithSeconds(at))}
      </span>
      <BeijingClock />
    </footer>
  );
}
