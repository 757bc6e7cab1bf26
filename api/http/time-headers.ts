/** The times that countdowns start from, on every answer: a refusal has them too (docs/design.md, "HTTP"). */
import type { RequestHandler, Response } from 'express';
import onHeaders from 'on-headers';
import { episodeTimeAt } from '../../episode/clock.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Route } from './route.js';

export const TIME = 'Qingkong-Time';
export const EPISODE_TIME = 'Qingkong-Episode-Time';
export const TIME_SCALE = 'Qingkong-Time-Scale';

/** The server's time, with milliseconds, as the answer leaves. */
export const tellTime =
  (clock: () => number): RequestHandler =>
  (_request, response, next) => {
    onHeaders(response, () => {
      response.setHeader(TIME, beijingIso(clock()));
    });
    next();
  };

/** The routes whose answers tell an episode's time. */
export const isOfEpisode = ({ path }: Pick<Route, 'path'>): boolean => path.startsWith('/api/v1/episodes/{episodeId}');

/** The episode's time, never before its last entry, and how fast it runs. */
export function tellEpisodeTime(response: Response, found: unknown, now: number): void {
  const { clock, head } = (found as { state: EpisodeState }).state;
  response.set(EPISODE_TIME, beijingIso(episodeTimeAt(clock, Math.max(now, head.at))));
  response.set(TIME_SCALE, String(clock.timeScale));
}
