import type { Phase } from '../../episode/state-types.js';
import type { WarningLevel } from '../../plan/types.js';

/** An open episode as a hand-over names it, and its last entry at that moment. */
export interface EpisodeAtHandOver {
  episodeId: string;
  drill: boolean;
  phase: Phase;
  warningLevel: WarningLevel;
  seq: number;
}
