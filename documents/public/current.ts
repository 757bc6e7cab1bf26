/** What is announced or in force, for screens and sites of the district: `/public/current.json` (docs/public-pages.md). */
import { beijingIso } from '../../plan/rules/calendar.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { ResponseLevel, WarningLevel } from '../../plan/types.js';
import { levelName } from '../../plan/wording/words.js';
import { pathOf } from './addresses.js';
import { factsOf, hasWarning, markedTitle, type PublicEpisode, standingOf } from './published.js';

interface CurrentWarning {
  id: string;
  status: 'announced' | 'in-force';
  level: WarningLevel;
  responseLevel: ResponseLevel;
  levelName: string;
  title: string;
  pollutant: string;
  area: string;
  since: string;
  /** Absent while nobody knows it. */
  expectedEndAt?: string;
  advice: string[];
  url: string;
  /** The last alert by CAP 1.2. */
  cap?: string;
}

export interface Current {
  checkedAt: string;
  warnings: CurrentWarning[];
  /** Apart, so that a screen that shows `warnings` never shows a drill as real. */
  drills: CurrentWarning[];
}

/** `capOf` is the path of an episode's last alert, where it is served. */
export function currentOf(
  episodes: readonly PublicEpisode[],
  { checkedAt, publicUrl }: { checkedAt: number; publicUrl: string },
  capOf: (episode: PublicEpisode) => string | undefined,
): Current {
  const shown = (drill: boolean): CurrentWarning[] =>
    episodes.flatMap((episode) => {
      const status = standingOf(episode);
      if (!hasWarning(episode) || episode.drill !== drill || (status !== 'announced' && status !== 'in-force'))
        return [];
      const { level, since, expectedEndAt } = factsOf(episode);
      const { pollutant, area, advice } = episode.wordsAt(responseLevelOf(level));
      const cap = capOf(episode);
      return {
        id: episode.episodeId,
        status,
        level,
        responseLevel: responseLevelOf(level),
        levelName: levelName(level),
        title: markedTitle(episode, episode.texts.at(-1)?.title ?? levelName(level)),
        pollutant,
        area,
        since: beijingIso(since),
        ...(expectedEndAt === undefined ? {} : { expectedEndAt: beijingIso(expectedEndAt) }),
        advice,
        url: `${publicUrl}${pathOf.warning(episode.episodeId)}`,
        ...(cap === undefined ? {} : { cap: `${publicUrl}${cap}` }),
      };
    });
  return { checkedAt: beijingIso(checkedAt), warnings: shown(false), drills: shown(true) };
}
