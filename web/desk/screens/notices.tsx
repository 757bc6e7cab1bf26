/** Start, drill, adjustment, lifting: one form, four commands. */
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { clockFaceOf, nowOnClock } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { readEpisode, useEpisode } from '../episode-queries.js';
import { EpisodeStanding } from '../notices/moved.js';
import { adjustBody, liftBody, type NoticeDraft, startingBody } from '../notices/notice-draft.js';
import { NoticePage, type NoticePageProps } from '../notices/notice-page.js';

const adjustRoute = getRouteApi('/episodes/$episodeId/adjust');
const liftRoute = getRouteApi('/episodes/$episodeId/lift');

export const StartPage = (): ReactNode => <Starting isDrill={false} />;
export const DrillPage = (): ReactNode => <Starting isDrill />;

function Starting({ isDrill }: { isDrill: boolean }) {
  const bodyOf = useCallback((draft: NoticeDraft) => startingBody(draft, isDrill), [isDrill]);
  return (
    <NoticePage
      key={String(isDrill)}
      act={isDrill ? 'drill' : 'start'}
      now={Date.now}
      bodyOf={bodyOf}
      preview={(body, key) => answered(api.POST('/api/v1/episodes/preview', { params: { header: under(key) }, body }))}
      enter={(body, key) => answered(api.POST('/api/v1/episodes', { params: { header: under(key) }, body }))}
      meanwhile={async () => {
        const { items } = await answered(api.GET('/api/v1/episodes', { params: { query: { limit: 10 } } }));
        return items
          .filter(({ phase }) => phase !== 'closed')
          .map((one) => <EpisodeStanding key={one.episodeId} {...one} />);
      }}
    />
  );
}

type ChangeProps<Body> = Pick<NoticePageProps<Body>, 'act' | 'end' | 'bodyOf' | 'preview' | 'enter'> & {
  episodeId: string;
};

/** A notice about an episode under way. */
function Change<Body>({ episodeId, ...form }: ChangeProps<Body>) {
  const episode = useEpisode(episodeId);
  return (
    <Queried query={episode}>
      {(shown) => (
        <NoticePage
          {...form}
          episode={shown}
          now={() => nowOnClock(clockFaceOf(shown, episode.dataUpdatedAt))}
          meanwhile={async () => <EpisodeStanding {...(await readEpisode(episodeId))} />}
        />
      )}
    </Queried>
  );
}

export function AdjustPage(): ReactNode {
  const path = adjustRoute.useParams();
  const { end } = adjustRoute.useSearch();
  return (
    <Change
      {...path}
      act="adjust"
      end={end}
      bodyOf={adjustBody}
      preview={(body, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/adjustments/preview', { params: { path, header: under(key) }, body }),
        )
      }
      enter={(body, key) =>
        answered(api.POST('/api/v1/episodes/{episodeId}/adjustments', { params: { path, header: under(key) }, body }))
      }
    />
  );
}

export function LiftPage(): ReactNode {
  const path = liftRoute.useParams();
  return (
    <Change
      {...path}
      act="lift"
      bodyOf={liftBody}
      preview={(body, key) =>
        answered(api.POST('/api/v1/episodes/{episodeId}/lift/preview', { params: { path, header: under(key) }, body }))
      }
      enter={(body, key) =>
        answered(api.POST('/api/v1/episodes/{episodeId}/lift', { params: { path, header: under(key) }, body }))
      }
    />
  );
}
