import type { Clock, Instant } from './commands.js';

/** The moment of an episode at a real moment; a drill's runs `timeScale` times as fast from its anchor. */
export const episodeTimeAt = ({ realAnchor, episodeAnchor, timeScale }: Clock, real: Instant): Instant =>
  episodeAnchor + (real - realAnchor) * timeScale;

/** The first real millisecond at which the episode has reached `time`. */
export const realTimeOf = ({ realAnchor, episodeAnchor, timeScale }: Clock, time: Instant): Instant =>
  realAnchor + Math.ceil((time - episodeAnchor) / timeScale);
