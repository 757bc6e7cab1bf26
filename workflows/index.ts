/** What the worker's bundle holds. */
export { episode } from './episode.js';
export { archiveClosedEpisodes } from './schedules.js';
