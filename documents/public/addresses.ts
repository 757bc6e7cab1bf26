/** The addresses of public pages, below the address of the installation. */
import { textIdOf } from '../../episode/texts.js';
import type { PublishedText } from './published.js';

export const PUBLIC_PATH = '/public';

export const pathOf = {
  home: PUBLIC_PATH,
  warning: (episodeId: string) => `${PUBLIC_PATH}/warnings/${episodeId}`,
  text: (episodeId: string, text: PublishedText) => `${PUBLIC_PATH}/warnings/${episodeId}#${textIdOf(text)}`,
  cap: (episodeId: string, text: PublishedText) => `${PUBLIC_PATH}/warnings/${episodeId}/${textIdOf(text)}.cap.xml`,
  history: (year: number) => `${PUBLIC_PATH}/history?year=${year}`,
  statement: (episodeId: string, statementId: string) => `${PUBLIC_PATH}/statements/${episodeId}/${statementId}`,
  review: (episodeId: string) => `${PUBLIC_PATH}/reviews/${episodeId}`,
  feed: `${PUBLIC_PATH}/feed.atom`,
  current: `${PUBLIC_PATH}/current.json`,
};
