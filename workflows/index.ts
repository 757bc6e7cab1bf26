/** The workflows of the worker's bundle. */
export { episode } from './episode.js';
export { archiveClosedEpisodes } from './schedules.js';
