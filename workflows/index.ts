/** The workflows of the worker's bundle. */
export { testChannel } from './channel-test.js';
export { districtChain } from './district.js';
export { episode } from './episode.js';
export { archiveClosedEpisodes } from './schedules.js';
