/** All messages of an episode, the newest first: who was told, through what, with what outcome. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { nowOnClock } from '../../shared/clock.js';
import { dutyActTexts } from '../../texts/zh-CN/duty-acts.js';
import { MessageLine, ResendDialog } from '../duty/unit-messages.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { PagedList } from '../paged-list.js';
import { ofEpisode } from '../queries.js';
import { EXACT } from '../search-words.js';

const texts = dutyActTexts.messages;
const route = getRouteApi('/episodes/$episodeId/messages');
const STATES = ['failed', 'waiting', 'reached', 'withdrawn'] as const;

export function MessagesPage(): ReactNode {
  const { episodeId } = route.useParams();
  const { state } = route.useSearch();
  const [again, setAgain] = useState<Schemas['Message']>();
  const [done, setDone] = useState<string>();
  const query = useInfiniteQuery({
    queryKey: ofEpisode(episodeId, 'messages', 'all', state ?? ''),
    queryFn: ({ pageParam: cursor }) =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/messages', {
          params: { path: { episodeId }, query: { ...(state && { state }), ...(cursor && { cursor }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {({ drill }, clock) => (
        <>
          <nav className="tiles" aria-label={texts.title}>
            <StateTile label={texts.all} wanted={undefined} />
            {STATES.map((one) => (
              <StateTile key={one} label={texts.states[one]} wanted={one} />
            ))}
          </nav>
          {done !== undefined && (
            <p className="notice good" role="status">
              {done}
            </p>
          )}
          <PagedList query={query} none={texts.none} more={texts.more}>
            {(messages) => (
              <div className="panel">
                <ul className="lines">
                  {messages.map((message) => (
                    <MessageLine
                      key={message.messageId}
                      message={message}
                      to={message.to.name}
                      now={nowOnClock(clock)}
                      again={() => setAgain(message)}
                    />
                  ))}
                </ul>
              </div>
            )}
          </PagedList>
          {again && (
            <ResendDialog
              episodeId={episodeId}
              drill={drill}
              message={again}
              onClose={() => setAgain(undefined)}
              onDone={(seq) => {
                setAgain(undefined);
                setDone(texts.done(seq));
              }}
            />
          )}
        </>
      )}
    </EpisodeFrame>
  );
}

type MessageState = (typeof STATES)[number];

interface StateTileProps {
  label: string;
  wanted: MessageState | undefined;
}

const StateTile = ({ label, wanted }: StateTileProps) => (
  <Link
    from="/episodes/$episodeId/messages"
    search={{ state: wanted }}
    className="tile"
    activeProps={{}}
    activeOptions={EXACT}
  >
    {label}
  </Link>
);
